/** The Modbus RTU master in the words of a register map. */
import type { Request } from './pdu.ts';
import {
  type BlockValues,
  decodeBlock,
  encodeBlock,
  INPUT_MIRROR,
  type RegisterBlock,
} from './register-map.ts';
import { RtuLink } from './rtu-link.ts';
import { failure, type Result, type TransactOptions, type TransactResult } from './transaction.ts';

export class RtuMaster extends RtuLink {
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
