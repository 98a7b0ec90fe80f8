/** One Modbus slave in the words of a register map. */
import type { Request } from './pdu.ts';
import {
  type BlockValues,
  decodeBlock,
  encodeBlock,
  INPUT_MIRROR,
  type RegisterBlock,
} from './register-map.ts';
import type { LinkStatistics, ModbusBusOptions, UnitOptions } from './bus-options.ts';
import type { BytePort, Clock } from './byte-port.ts';
import { ModbusBus, type ModbusUnit } from './modbus-bus.ts';
import { failure, type Result, type TransactOptions, type TransactResult } from './transaction.ts';

export interface RtuMasterOptions extends Omit<ModbusBusOptions, 'framing'>, UnitOptions {
  /** Slave address, 1 to 247. */
  readonly unit: number;
}

/** The only slave of an RTU line. */
export class RtuMaster implements ModbusUnit {
  readonly address: number;
  private readonly bus: ModbusBus;
  private readonly slave: ModbusUnit;

  /** Takes over the port's two listeners. */
  constructor(port: BytePort, clock: Clock, options: Partial<RtuMasterOptions> = {}) {
    this.address = options.unit ?? 1;
    this.bus = new ModbusBus(port, clock, options);
    this.slave = this.bus.unit(this.address, options);
  }

  transact(request: Request, options: TransactOptions = {}): Promise<TransactResult> {
    return this.slave.transact(request, options);
  }

  drop(key: string): number {
    return this.slave.drop(key);
  }

  statistics(): LinkStatistics {
    return this.slave.statistics();
  }

  /** Closes the port; everything pending ends 'closed'. */
  close(): void {
    this.bus.close();
  }

  /** Reads a block in one piece, from `start` where it stands elsewhere (a waveform page). */
  readBlock(
    block: RegisterBlock,
    options: TransactOptions & { readonly start?: number } = {},
  ): Promise<Result<BlockValues>> {
    const fc = block.table === 'input' ? 4 : 3;
    return this.read(block, { fc, address: options.start ?? block.start, count: block.length }, options);
  }

  /** Writes `words` at `writeAddress`, then reads the block, in one transaction (FC23). */
  readWrite(
    block: RegisterBlock,
    writeAddress: number,
    words: ArrayLike<number>,
    options: TransactOptions = {},
  ): Promise<Result<BlockValues>> {
    const readAddress = block.table === 'input' ? block.start + INPUT_MIRROR : block.start;
    return this.read(block, { fc: 23, readAddress, readCount: block.length, writeAddress, words }, options);
  }

  /** Writes consecutive holding registers (FC16); ok once the device acknowledged them. */
  writeRegisters(
    address: number,
    words: ArrayLike<number>,
    options: TransactOptions = {},
  ): Promise<TransactResult> {
    return this.transact({ fc: 16, address, words }, options);
  }

  /** Writes every register of a holding block together. Throws RangeError where `values` lacks one: a program error. */
  writeBlock(
    block: RegisterBlock,
    values: BlockValues,
    options: TransactOptions = {},
  ): Promise<TransactResult> {
    return this.writeRegisters(block.start, encodeBlock(block, values), options);
  }

  private async read(
    block: RegisterBlock,
    request: Request,
    options: TransactOptions,
  ): Promise<Result<BlockValues>> {
    const result = await this.transact(request, options);
    if (!result.ok) return result;
    if (!('words' in result.value))
      return failure('refused', `${block.title}: this request reads no registers.`);
    return { ...result, value: decodeBlock(block, result.value.words) };
  }
}
