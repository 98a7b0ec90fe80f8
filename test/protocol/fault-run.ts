/** Seeded transactions with several slaves over a faulty line, on a virtual clock: how many believed replies were wrong. */
import { ModbusBus, type ModbusUnit } from '../../controller/protocol/modbus-bus.ts';
import { startModbusSlaves } from '../../controller/protocol/modbus-slaves.ts';
import type { Request } from '../../controller/protocol/pdu.ts';
import type { SyncProbe } from '../../controller/protocol/sync-probe.ts';
import { type Faults, FaultyLine } from './faulty-line.ts';
import { Random } from './random.ts';
import { lie, NO_SUCH_REGISTER, TellingBank } from './telling-bank.ts';
import { VirtualClock } from './virtual-clock.ts';

export const ECHO: SyncProbe = { kind: 'echo' };
export const READS: SyncProbe = { kind: 'read', fc: 3, address: 100, most: 9 };

/** Rates at which a line would long have been repaired. */
export const BAD_LINE: Faults = {
  loss: 0.01,
  late: 0.03,
  cut: 0.01,
  flips: 0.02,
  burst: 0.01,
  duplicate: 0.03,
  foreign: 0.02,
  noise: 0.02,
};

const GUARD_MS = 5;
const TIMEOUT_MS = 30;
/** Sentences kept; there should be none. */
const MOST_LIES = 100;

export interface RunOptions {
  readonly seed: number;
  readonly transactions: number;
  readonly faults: Faults;
  /** One slave each, at addresses from 1 on. */
  readonly probes: readonly SyncProbe[];
  readonly framing?: 'rtu' | 'ascii';
  /** Told now and then how many transactions are done. */
  readonly progress?: (done: number) => void;
}

export interface Outcome {
  readonly done: number;
  readonly lies: readonly string[];
  readonly ok: number;
  readonly okOf: readonly number[];
  readonly failures: Readonly<Record<string, number>>;
  readonly faults: Readonly<Record<keyof Faults, number>>;
  readonly simulatedS: number;
}

interface Slave {
  readonly unit: ModbusUnit;
  readonly bank: TellingBank;
  ok: number;
}

export async function runOverFaults(options: RunOptions): Promise<Outcome> {
  const { seed, faults, probes, framing = 'rtu' } = options;
  const clock = new VirtualClock();
  const random = new Random(seed);
  // The line's own jitter of up to 0.6 ms comes on top.
  const timing = { latestMs: 3 * TIMEOUT_MS, duplicateMs: GUARD_MS - 0.7 };
  const line = new FaultyLine(clock, random, timing, probes.length);
  line.faults = faults;
  const bus = new ModbusBus(line.master, clock, { framing, interFrameMs: 1 });
  const slaves = probes.map((probe, i): Slave => {
    const address = i + 1;
    const bank = new TellingBank(address, clock);
    startModbusSlaves(line.slaves[i], clock, new Map([[address, bank]]), { framing, gapMs: 5 });
    const unit = bus.unit(address, {
      timeoutMs: TIMEOUT_MS,
      lateReplyGuardMs: 20,
      duplicateGuardMs: GUARD_MS,
      waitMs: 5000,
      probe,
      probeSeed: (seed + 7919 * i) & 0xffff,
    });
    return { unit, bank, ok: 0 };
  });
  const tally = { done: 0, lies: [] as string[], failures: {} as Record<string, number> };
  while (tally.done < options.transactions) {
    await runBatch(slaves, random, clock, tally);
    if (tally.done % 10_000 < 6) options.progress?.(tally.done);
  }
  const okOf = slaves.map(({ ok }) => ok);
  const ok = okOf.reduce((sum, each) => sum + each, 0);
  return { ...tally, ok, okOf, faults: line.counts, simulatedS: clock.nowMs() / 1000 };
}

interface Tally {
  done: number;
  readonly lies: string[];
  readonly failures: Record<string, number>;
}

/** Up to six requests at once, to whichever slaves; then, perhaps, a rest. */
async function runBatch(
  slaves: readonly Slave[],
  random: Random,
  clock: VirtualClock,
  tally: Tally,
): Promise<void> {
  const batch = Array.from({ length: random.whole(1, 6) }, async () => {
    const slave = slaves[random.whole(0, slaves.length - 1)];
    const request = randomRequest(random);
    const result = await slave.unit.transact(request);
    const found = lie(request, result, slave.bank);
    if (found !== null && tally.lies.length < MOST_LIES) tally.lies.push(found);
    if (result.ok) slave.ok++;
    else tally.failures[result.kind] = (tally.failures[result.kind] ?? 0) + 1;
    return result;
  });
  const results = await clock.wait(Promise.all(batch));
  tally.done += batch.length;
  // a caller asks again at its next tick, not at once
  const isAnyAbsent = results.some((result) => !result.ok && result.kind === 'absent');
  if (isAnyAbsent || random.chance(0.3)) await clock.advance(random.between(0, 20));
}

function randomRequest(random: Random): Request {
  const address = random.whole(0, 400) * 100;
  const count = random.chance(0.7) ? 20 : random.whole(3, 100);
  const kind = random.unit();
  if (kind < 0.45) return { fc: 4, address, count };
  if (kind < 0.6) return { fc: 3, address, count };
  if (kind < 0.8)
    return {
      fc: 23,
      readAddress: address,
      readCount: count,
      writeAddress: 1,
      words: [random.whole(0, 65_535)],
    };
  if (kind < 0.95) return { fc: 16, address, words: [random.whole(0, 65_535), 7] };
  if (kind < 0.98) return { fc: 4, address: NO_SUCH_REGISTER, count };
  return { fc: 6, address, value: random.whole(0, 65_535) };
}
