/** The master against a bad line: whatever it believes must be true and fresh. */
import { expect, test } from 'vitest';
import type { Request } from '../../controller/protocol/pdu.ts';
import type { RegisterBank } from '../../controller/protocol/register-bank.ts';
import { RtuMaster } from '../../controller/protocol/rtu-master.ts';
import { startRtuSlave } from '../../controller/protocol/rtu-slave.ts';
import type { SyncProbe } from '../../controller/protocol/sync-probe.ts';
import type { TransactResult } from '../../controller/protocol/transaction.ts';
import { type Faults, FaultyLine } from './faulty-line.ts';
import { Random } from './random.ts';
import { VirtualClock } from './virtual-clock.ts';

const GUARD_MS = 5;
const TIMEOUT_MS = 30;

/**
 * Registers that betray every confusion: each holds a hash of its own address, except that every block begins with a
 * serial number that each read raises. Reads are at least two registers long.
 */
class TellingBank implements RegisterBank {
  readonly readAtMs: number[] = [];
  readonly holding = new Map<number, number>();
  private readonly clock: VirtualClock;

  constructor(clock: VirtualClock) {
    this.clock = clock;
  }

  static expected(address: number): number {
    return Math.imul(address + 1, 0x9e37) & 0xffff;
  }

  read(_table: 'input' | 'holding', address: number, count: number): Uint16Array | 2 {
    if (address >= 60_000) return 2;
    this.readAtMs.push(this.clock.nowMs());
    const serial = this.readAtMs.length - 1;
    const words = Uint16Array.from({ length: count }, (_, i) => TellingBank.expected(address + i));
    words[0] = serial >> 16;
    words[1] = serial & 0xffff;
    return words;
  }

  write(address: number, words: Uint16Array): null {
    words.forEach((word, i) => this.holding.set(address + i, word));
    return null;
  }
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
  if (kind < 0.98) return { fc: 4, address: 60_000, count };
  return { fc: 6, address, value: random.whole(0, 65_535) };
}

/** What is wrong with a believed reply, or null. */
function lie(request: Request, result: TransactResult, bank: TellingBank): string | null {
  if (!result.ok) {
    const isRefusal = request.fc === 4 && request.address === 60_000;
    return result.kind === 'exception' && !isRefusal
      ? `an exception nobody raised: ${result.sentence}`
      : null;
  }
  const { value } = result;
  if (value.fc !== request.fc) return `function ${value.fc} for ${request.fc}`;
  if (!('words' in value)) return writeLie(request, bank);
  const address = request.fc === 23 ? request.readAddress : 'address' in request ? request.address : -1;
  const serial = value.words[0] * 65_536 + value.words[1];
  const sentAtMs = result.atMs - result.roundTripMs;
  if (!(bank.readAtMs[serial] >= sentAtMs))
    return `stale: read ${serial} at ${bank.readAtMs[serial]}, asked at ${sentAtMs}`;
  for (let i = 2; i < value.words.length; i++)
    if (value.words[i] !== TellingBank.expected(address + i)) return `wrong register at ${address + i}`;
  return null;
}

function writeLie(request: Request, bank: TellingBank): string | null {
  if (request.fc === 6)
    return bank.holding.get(request.address) === request.value ? null : 'write not carried out';
  if (request.fc === 16)
    return bank.holding.get(request.address) === request.words[0] ? null : 'write not carried out';
  return null;
}

interface Outcome {
  readonly lies: string[];
  readonly ok: number;
  readonly failures: Record<string, number>;
  readonly line: FaultyLine;
}

async function run(seed: number, transactions: number, faults: Faults, probe: SyncProbe): Promise<Outcome> {
  const clock = new VirtualClock();
  const random = new Random(seed);
  // The line's own jitter of up to 0.6 ms comes on top.
  const line = new FaultyLine(clock, random, { latestMs: 3 * TIMEOUT_MS, duplicateMs: GUARD_MS - 0.7 });
  const bank = new TellingBank(clock);
  startRtuSlave(line.slave, clock, bank, { unit: 1, gapMs: 5 });
  line.faults = faults;
  const master = new RtuMaster(line.master, clock, {
    timeoutMs: TIMEOUT_MS,
    lateReplyGuardMs: 20,
    interFrameMs: 1,
    duplicateGuardMs: GUARD_MS,
    waitMs: 5000,
    probe,
    probeSeed: seed & 0xffff,
  });
  const lies: string[] = [];
  const failures: Record<string, number> = {};
  let ok = 0;
  for (let done = 0; done < transactions; ) {
    const batch = Array.from({ length: random.whole(1, 4) }, () => randomRequest(random));
    const results = await clock.wait(
      Promise.all(
        batch.map(async (request) => {
          const result = await master.transact(request);
          const found = lie(request, result, bank);
          if (found !== null) lies.push(found);
          return result;
        }),
      ),
    );
    done += batch.length;
    for (const result of results) {
      if (result.ok) ok++;
      else failures[result.kind] = (failures[result.kind] ?? 0) + 1;
    }
    if (random.chance(0.3)) await clock.advance(random.between(0, 20));
  }
  return { lies, ok, failures, line };
}

const FAULTS: Faults = {
  loss: 0.01,
  late: 0.03,
  cut: 0.01,
  flips: 0.02,
  burst: 0.01,
  duplicate: 0.03,
  foreign: 0.02,
  noise: 0.02,
};
const ECHO: SyncProbe = { kind: 'echo' };

test('believes nothing wrong in 20,000 transactions on a bad line', async () => {
  const { lies, ok, failures, line } = await run(1, 20_000, FAULTS, ECHO);
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(15_000);
  expect(failures.timeout).toBeGreaterThan(100);
  expect(failures.crc).toBeGreaterThan(100);
  for (const [fault, count] of Object.entries(line.counts)) expect(count, fault).toBeGreaterThan(100);
});

test('believes nothing wrong where every reply is late', async () => {
  const { lies, ok } = await run(2, 3000, { ...FAULTS, late: 0.6 }, ECHO);
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(300);
});

test('a device without FC08 proves it is in step by reads of changing length', async () => {
  const probe: SyncProbe = { kind: 'read', fc: 3, address: 100, most: 9 };
  const { lies, ok } = await run(3, 5000, FAULTS, probe);
  expect(lies).toEqual([]);
  expect(ok).toBeGreaterThan(3000);
});

test('a perfect line loses nothing', async () => {
  const none = Object.fromEntries(Object.keys(FAULTS).map((key) => [key, 0])) as unknown as Faults;
  const { lies, failures } = await run(4, 2000, none, ECHO);
  expect(lies).toEqual([]);
  expect(Object.keys(failures)).toEqual(['exception']);
});
