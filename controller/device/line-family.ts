/** A device that speaks in lines of text, by its profile. */
import type { LineReply, LineUnit } from '../protocol/line-link.ts';
import type { LineExchange } from '../protocol/line-options.ts';
import { failure, type Result, type TransactOptions } from '../protocol/transaction.ts';
import type { Family, RawReading } from './family.ts';
import { LinePattern } from './line-pattern.ts';
import type { ExchangeSettings, ProfileOf } from './profile.ts';
import type { Raw } from './readings.ts';

/** An exchange, its patterns read and its address filled in. */
interface Ready {
  readonly out: LinePattern | null;
  readonly in: LinePattern | null;
  readonly confirm: { readonly out: LinePattern; readonly in: LinePattern } | null;
}

/** The address of a device as its lines carry it. */
export function writeAddress(
  style: ProfileOf<'line'>['line']['address'],
  address: string | number | undefined,
): string {
  if (address === undefined || style === 'none') return '';
  return style === 'hex2' ? Number(address).toString(16).toUpperCase().padStart(2, '0') : String(address);
}

/** Patterns of a checked profile are right; anything else is a program error. */
export function pattern(text: string): LinePattern {
  const parsed = LinePattern.parse(text);
  if (typeof parsed === 'string') throw new RangeError(parsed);
  return parsed;
}

export class LineFamily implements Family {
  private readonly name: string;
  private readonly profile: ProfileOf<'line'>;
  private readonly unit: LineUnit;
  private readonly address: string;
  private readonly exchanges: readonly Ready[];
  private readonly refusals: LineExchange['refusals'];

  constructor(name: string, profile: ProfileOf<'line'>, unit: LineUnit, address: string) {
    this.name = name;
    this.profile = profile;
    this.unit = unit;
    this.address = address;
    this.exchanges = profile.line.exchanges.map(ready);
    this.refusals = profile.line.refusals.map(({ in: text, meaning }) => ({
      accept: pattern(text).replyOf(address),
      meaning,
    }));
  }

  async read(
    names: readonly string[],
    options: TransactOptions,
  ): Promise<Result<ReadonlyMap<string, RawReading>>> {
    const readings = new Map<string, RawReading>();
    let roundTripMs = 0;
    for (const exchange of planExchanges(this.exchanges, names)) {
      const result = await this.ask(
        exchange.out?.write(this.address, new Map()) ?? null,
        exchange.in,
        options,
      );
      if (!result.ok) return result;
      roundTripMs += result.roundTripMs;
      const problem = this.collect(exchange.in, result, readings);
      if (problem !== null) return failure('crc', problem);
    }
    const atMs = Math.min(...[...readings.values()].map((one) => one.atMs));
    return { ok: true, value: readings, roundTripMs, atMs };
  }

  async write(values: ReadonlyMap<string, number>, options: TransactOptions): Promise<Result<null>> {
    let last: Result<null> = { ok: true, value: null, roundTripMs: 0, atMs: Number.NaN };
    for (const exchange of this.writers(values)) {
      const sent = await this.ask(exchange.out?.write(this.address, values) ?? '', exchange.in, options);
      if (!sent.ok) return sent;
      const { confirm } = exchange;
      const told =
        confirm === null
          ? sent
          : await this.ask(confirm.out.write(this.address, values), confirm.in, options);
      if (!told.ok) return told;
      const problem = confirm === null ? null : this.unconfirmed(confirm.in, told, values);
      if (problem !== null) return failure('exception', problem);
      last = { ...told, value: null };
    }
    return last;
  }

  writeProblem(values: ReadonlyMap<string, number>): string | null {
    const names = [...values.keys()];
    const covered = new Set(this.writers(values).flatMap(({ out }) => fieldsOf(out)));
    const missing = names.find((name) => !covered.has(name));
    if (missing === undefined) return null;
    const needs =
      this.exchanges.map(({ out }) => fieldsOf(out)).find((fields) => fields.includes(missing)) ?? [];
    return `${this.name}.${missing}: it is only written together with ${needs.filter((one) => one !== missing).join(', ') || 'nothing; no exchange of the profile writes it'}.`;
  }

  async identify(): Promise<Result<string>> {
    const { out, in: reply } = this.profile.identity;
    const result = await this.ask(pattern(out).write(this.address, new Map()), pattern(reply), {});
    return result.ok ? { ...result, value: `${this.profile.title} (${result.value?.[0] ?? ''})` } : result;
  }

  async send(line: string): Promise<Result<null>> {
    const result = await this.ask(pattern(line).write(this.address, new Map()), null, {});
    return result.ok ? { ...result, value: null } : result;
  }

  private ask(out: string | null, reply: LinePattern | null, options: TransactOptions): Promise<LineReply> {
    const accept = reply?.replyOf(this.address) ?? null;
    return this.unit.exchange({ out, accept, refusals: this.refusals }, options);
  }

  /** Those of which every field is given, in the order in which the values are. */
  private writers(values: ReadonlyMap<string, number>): Ready[] {
    const order = [...values.keys()];
    return this.exchanges
      .filter(({ out }) => fieldsOf(out).length > 0 && fieldsOf(out).every((name) => values.has(name)))
      .toSorted((a, b) => order.indexOf(fieldsOf(a.out)[0]) - order.indexOf(fieldsOf(b.out)[0]));
  }

  private collect(
    reply: LinePattern | null,
    result: LineReply,
    readings: Map<string, RawReading>,
  ): string | null {
    if (!result.ok || result.value === null || reply === null) return null;
    for (const { point, text, number } of reply.read(result.value)) {
      const raw = rawOf(this.profile.points[point], text, number);
      if (raw === null)
        return `${this.name}.${point}: "${text}" came, which is neither a number nor a known mark; check the profile.`;
      readings.set(point, { raw, atMs: result.atMs });
    }
    return null;
  }

  private unconfirmed(
    reply: LinePattern,
    result: LineReply,
    values: ReadonlyMap<string, number>,
  ): string | null {
    if (!result.ok || result.value === null) return null;
    const wrong = reply
      .read(result.value)
      .find(({ point, number }) => values.has(point) && !isClose(number, values.get(point) ?? 0));
    return wrong === undefined
      ? null
      : `${this.name}.${wrong.point}: ${values.get(wrong.point)} was written, ${wrong.text} is what it holds.`;
  }
}

function ready({ out, in: reply, confirm }: ExchangeSettings): Ready {
  return {
    out: out === undefined ? null : pattern(out),
    in: reply === undefined ? null : pattern(reply),
    confirm: confirm === undefined ? null : { out: pattern(confirm.out), in: pattern(confirm.in) },
  };
}

const fieldsOf = (line: LinePattern | null): string[] => line?.fields.map(({ point }) => point) ?? [];

/** Exchanges that only ask, as few as cover `names`: those that give most come first. */
export function planExchanges<
  E extends { readonly out: LinePattern | null; readonly in: LinePattern | null },
>(exchanges: readonly E[], names: readonly string[]): E[] {
  const wanted = new Set(names);
  const chosen: E[] = [];
  const gives = (one: E): number => fieldsOf(one.in).filter((name) => wanted.has(name)).length;
  while (wanted.size > 0) {
    const best = exchanges
      .filter(({ out }) => fieldsOf(out).length === 0)
      .toSorted((a, b) => gives(b) - gives(a))[0];
    if (best === undefined || gives(best) === 0) break;
    chosen.push(best);
    for (const name of fieldsOf(best.in)) wanted.delete(name);
  }
  return chosen;
}

function rawOf({ invalid }: ProfileOf<'line'>['points'][string], text: string, number: number): Raw | null {
  const mark = invalid.find(
    (one) => one.text === text.trim() || (one.raw !== undefined && one.raw === number),
  );
  return mark?.quality ?? (Number.isNaN(number) ? null : number);
}

/** A device rounds to what it displays. */
const isClose = (given: number, written: number): boolean =>
  Math.abs(given - written) <= 1e-3 * Math.max(1, Math.abs(written));
