/** A device that speaks Modbus, by its profile. */
import type { ModbusUnit } from '../protocol/modbus-bus.ts';
import type { Reply, Request } from '../protocol/pdu.ts';
import { failure, type Result, type TransactOptions } from '../protocol/transaction.ts';
import type { Family, RawReading } from './family.ts';
import { deviceIdentification, identitySentence } from './modbus-identity.ts';
import {
  isBit,
  type PlacedPoint,
  planReads,
  planWrites,
  type ReadBlock,
  type WriteBlock,
} from './modbus-plan.ts';
import type { ProfileOf } from './profile.ts';
import type { Raw } from './readings.ts';
import { decodeRegisters, encodeRegisters, rangeOf } from './register-codec.ts';

export class ModbusFamily implements Family {
  private readonly name: string;
  private readonly profile: ProfileOf<'modbus'>;
  private readonly unit: ModbusUnit;
  /** Plans by the names they are for: the same few sets are read every tick. */
  private readonly plans = new Map<string, readonly ReadBlock[]>();

  constructor(name: string, profile: ProfileOf<'modbus'>, unit: ModbusUnit) {
    this.name = name;
    this.profile = profile;
    this.unit = unit;
  }

  async read(
    names: readonly string[],
    options: TransactOptions,
  ): Promise<Result<ReadonlyMap<string, RawReading>>> {
    const readings = new Map<string, RawReading>();
    const results = await Promise.all(
      this.plan(names).map((block) => this.readBlock(block, options, readings)),
    );
    const failed = results.find((result) => !result.ok);
    if (failed !== undefined && !failed.ok) return failed;
    return merged(results, readings);
  }

  async write(values: ReadonlyMap<string, number>, options: TransactOptions): Promise<Result<null>> {
    const results: Result<Reply>[] = [];
    for (const block of planWrites(this.profile, [...values.keys()])) {
      const result = await this.unit.transact(this.writeRequest(block, values), options);
      if (!result.ok) return result;
      results.push(result);
    }
    return merged(results, null);
  }

  writeProblem(values: ReadonlyMap<string, number>): string | null {
    for (const [name, raw] of values) {
      const { table, type, bits, unit } = this.profile.points[name];
      if (bits !== undefined || table === 'input' || table === 'discrete')
        return `${this.name}.${name}: it is part of a register that is only read.`;
      const [low, high] = isBit(table) ? [0, 1] : rangeOf(type);
      if (raw < low || raw > high || (isBit(table) && !Number.isInteger(raw)))
        return `${this.name}.${name}: the value is ${raw} in the device's counts, a ${isBit(table) ? 'coil' : type} register holds ${low} to ${high}${unit === undefined ? '' : `; check scale and unit (${unit})`}.`;
    }
    return null;
  }

  async identify(): Promise<Result<string>> {
    const { identity, points, title } = this.profile;
    const told = identity.deviceIdentification ? await deviceIdentification(this.unit) : null;
    if (told !== null && !told.ok) return told;
    const names = Object.keys(identity.points);
    const read = await this.read(names, {});
    if (!read.ok) return read;
    const raws = new Map([...read.value].map(([name, { raw }]) => [name, raw]));
    const sentence = identitySentence({ title, points, expected: identity.points }, raws);
    if (!sentence.isIt) return failure('refused', `${this.name}: ${sentence.text}`);
    return {
      ...read,
      value: told === null ? sentence.text : `${sentence.text}; it calls itself ${told.value}`,
    };
  }

  send(): Promise<Result<null>> {
    return Promise.resolve(failure('refused', `${this.name}: a Modbus device takes no lines of text.`));
  }

  private plan(names: readonly string[]): readonly ReadBlock[] {
    const key = names.join(' ');
    let plan = this.plans.get(key);
    if (plan === undefined) {
      plan = planReads(this.profile, names);
      this.plans.set(key, plan);
    }
    return plan;
  }

  private async readBlock(
    { request, points }: ReadBlock,
    options: TransactOptions,
    readings: Map<string, RawReading>,
  ): Promise<Result<Reply>> {
    const result = await this.unit.transact(request, options);
    if (!result.ok) return result;
    for (const point of points) {
      const raw = this.rawOf(point, point.address - request.address, result.value);
      readings.set(point.name, { raw, atMs: result.atMs });
    }
    return result;
  }

  private rawOf({ name, size }: PlacedPoint, at: number, reply: Reply): Raw {
    const { type, order, bits, invalid } = this.profile.points[name];
    let raw: number;
    if ('bits' in reply) raw = reply.bits[at] ? 1 : 0;
    else if ('words' in reply)
      raw = decodeRegisters(reply.words.subarray(at, at + size), type, order ?? this.profile.modbus.order);
    else raw = Number.NaN;
    if (bits !== undefined) raw = (raw >> bits[0]) & (2 ** (bits[1] - bits[0] + 1) - 1);
    return invalid.find((one) => one.raw === raw)?.quality ?? raw;
  }

  private writeRequest({ points, single }: WriteBlock, values: ReadonlyMap<string, number>): Request {
    const [{ table, address }] = points;
    const raw = (point: PlacedPoint): number => values.get(point.name) ?? 0;
    if (isBit(table))
      return single
        ? { fc: 5, address, on: raw(points[0]) === 1 }
        : { fc: 15, address, bits: points.map((point) => raw(point) === 1) };
    const words = points.flatMap((point) => [...this.wordsOf(point.name, raw(point))]);
    return single ? { fc: 6, address, value: words[0] } : { fc: 16, address, words };
  }

  private wordsOf(name: string, raw: number): Uint16Array {
    const { type, order } = this.profile.points[name];
    const whole = type === 'f32' || type === 'f64' ? raw : Math.round(raw);
    return encodeRegisters(whole, type, order ?? this.profile.modbus.order);
  }
}

/** One success out of several: as long as the slowest, as old as the oldest. */
function merged<T>(results: readonly Result<unknown>[], value: T): Result<T> {
  const good = results.filter((result) => result.ok);
  return {
    ok: true,
    value,
    roundTripMs: Math.max(0, ...good.map(({ roundTripMs }) => roundTripMs)),
    atMs: good.length === 0 ? Number.NaN : Math.min(...good.map(({ atMs }) => atMs)),
  };
}
