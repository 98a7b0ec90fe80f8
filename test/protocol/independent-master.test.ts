/** Our slave against a master that others wrote, through a real serial port. */
import modbusSerial from 'modbus-serial';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import { startRtuSlave } from '../../controller/protocol/rtu-slave.ts';
import { systemClock } from '../../controller/port/system-clock.ts';
import { openPseudoTerminal, type PseudoTerminal } from '../../controller/virtual-rig/pseudo-terminal.ts';

const holding = new Uint16Array(300);
const coils = Array.from({ length: 300 }, () => false);
const bank: RegisterBank = {
  read(table, address, count) {
    if (address + count > 300) return 2;
    return table === 'holding'
      ? holding.slice(address, address + count)
      : Uint16Array.from({ length: count }, (_, i) => 1000 + address + i);
  },
  write(address, words) {
    if (address + words.length > 300) return 2;
    holding.set(words, address);
    return null;
  },
  bits: {
    read: (_table, address, count) => coils.slice(address, address + count),
    write(address, values) {
      coils.splice(address, values.length, ...values);
      return null;
    },
  },
};

describe.skipIf(process.platform === 'win32')('slave with modbus-serial as master', () => {
  let terminal: PseudoTerminal | null;
  const master = new modbusSerial.default();

  beforeEach(async () => {
    terminal = openPseudoTerminal();
    if (terminal === null) throw new Error('this system gave no pseudo-terminal');
    startRtuSlave(terminal.port, systemClock, bank, { unit: 3, gapMs: 50 });
    await master.connectRTUBuffered(terminal.path, { baudRate: 115_200 });
    master.setID(3);
    master.setTimeout(2000);
  });

  afterEach(async () => {
    await new Promise((resolve) => master.close(() => resolve(undefined)));
    terminal?.port.close();
  });

  test('the functions whose replies it can frame', async () => {
    await master.writeRegisters(10, [1, 2, 65_535]);
    expect((await master.readHoldingRegisters(10, 3)).data).toEqual([1, 2, 65_535]);
    await master.writeRegister(10, 99);
    expect((await master.readHoldingRegisters(10, 2)).data).toEqual([99, 2]);
    expect((await master.readInputRegisters(0, 125)).data).toEqual(
      Array.from({ length: 125 }, (_, i) => 1000 + i),
    );
    await master.writeCoils(5, [true, false, true]);
    await master.writeCoil(6, true);
    expect((await master.readCoils(5, 3)).data.slice(0, 3)).toEqual([true, true, true]);
    expect((await master.readDiscreteInputs(5, 8)).data.slice(0, 4)).toEqual([true, true, true, false]);
  });

  test('a refusal reaches it as the right exception', async () => {
    await expect(master.readHoldingRegisters(299, 2)).rejects.toThrow(/exception 2/);
    await expect(master.writeRegisters(299, [1, 2])).rejects.toThrow(/exception 2/);
  });
});
