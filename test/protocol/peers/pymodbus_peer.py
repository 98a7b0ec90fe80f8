"""pymodbus as a peer: several slaves behind one TCP port, or a master that goes through its functions.

Exit status 77 where pymodbus 3.0 to 3.4 is not installed: the tests that need it are skipped.
"""

import argparse
import asyncio
import json
import sys
import types

try:
    # pymodbus asks for it even where no serial server is started
    import serial_asyncio  # noqa: F401
except ImportError:
    stub = types.ModuleType("serial_asyncio")
    stub.create_serial_connection = None
    sys.modules["serial_asyncio"] = stub

try:
    from pymodbus.client import ModbusSerialClient, ModbusTcpClient
    from pymodbus.datastore import (
        ModbusSequentialDataBlock,
        ModbusServerContext,
        ModbusSlaveContext,
    )
    from pymodbus.device import ModbusDeviceIdentification
    from pymodbus.mei_message import ReadDeviceInformationRequest
    from pymodbus.server.async_io import ModbusTcpServer
    from pymodbus.transaction import (
        ModbusAsciiFramer,
        ModbusRtuFramer,
        ModbusSocketFramer,
    )
except ImportError as error:
    print(f"pymodbus: {error}", file=sys.stderr)
    sys.exit(77)

FRAMERS = {"rtu": ModbusRtuFramer, "ascii": ModbusAsciiFramer, "tcp": ModbusSocketFramer}
SIZE = 200


def bank(unit):
    """Input register i of slave u reads 1000 u + i; holding registers and coils begin at zero."""
    return ModbusSlaveContext(
        di=ModbusSequentialDataBlock(0, [i % 2 == 1 for i in range(SIZE)]),
        co=ModbusSequentialDataBlock(0, [False] * SIZE),
        hr=ModbusSequentialDataBlock(0, [0] * SIZE),
        ir=ModbusSequentialDataBlock(0, [1000 * unit + i for i in range(SIZE)]),
        zero_mode=True,
    )


async def serve(framing, units):
    context = ModbusServerContext(slaves={unit: bank(unit) for unit in units}, single=False)
    plate = ModbusDeviceIdentification(
        info_name={"VendorName": "pymodbus", "ProductCode": "PM", "MajorMinorRevision": "3"}
    )
    server = ModbusTcpServer(
        context,
        framer=FRAMERS[framing],
        identity=plate,
        address=("127.0.0.1", 0),
        ignore_missing_slaves=True,
    )
    task = asyncio.ensure_future(server.serve_forever())
    while server.server is None:
        await asyncio.sleep(0.01)
    print(json.dumps({"port": server.server.sockets[0].getsockname()[1]}), flush=True)
    # the parent ends us by closing our standard input
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)
    task.cancel()


def connect(where, framing):
    if where.startswith("tcp:"):
        return ModbusTcpClient("127.0.0.1", port=int(where[4:]), framer=FRAMERS[framing], timeout=2)
    return ModbusSerialClient(where, framer=FRAMERS[framing], baudrate=115200, timeout=2, strict=False)


def drive(where, framing, units):
    """What a master of theirs gets from slaves of ours, as JSON."""
    client = connect(where, framing)
    if not client.connect():
        sys.exit("no connection")
    found = {}
    for unit in units:
        client.write_registers(10, [unit, 22, 65535], slave=unit)
        client.write_register(11, 7, slave=unit)
        client.write_coils(5, [True, False, True], slave=unit)
        client.mask_write_register(12, 0xF0F0, 0x0101, unit=unit)
        plate = client.execute(ReadDeviceInformationRequest(1, 0, unit=unit))
        found[unit] = {
            "holding": client.read_holding_registers(10, 3, slave=unit).registers,
            "input": client.read_input_registers(20, 125, slave=unit).registers,
            "coils": client.read_coils(5, 3, slave=unit).bits[:3],
            "both": client.readwrite_registers(
                read_address=10, read_count=2, write_address=30, write_registers=[5], unit=unit
            ).registers,
            "refused": client.read_holding_registers(1999, 2, slave=unit).exception_code,
            "plate": {
                str(key): value.decode("latin-1") for key, value in plate.information.items()
            },
        }
    client.close()
    print(json.dumps(found), flush=True)


parser = argparse.ArgumentParser(description=__doc__)
parser.add_argument("role", choices=["slaves", "master", "probe"])
parser.add_argument("--framing", choices=sorted(FRAMERS), default="rtu")
parser.add_argument("--units", default="1")
parser.add_argument("--where", help="path of a serial device, or tcp:PORT")
arguments = parser.parse_args()
numbers = [int(unit) for unit in arguments.units.split(",")]
if arguments.role == "slaves":
    asyncio.run(serve(arguments.framing, numbers))
elif arguments.role == "master":
    drive(arguments.where, arguments.framing, numbers)
