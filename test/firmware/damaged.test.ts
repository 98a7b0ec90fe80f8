/**
 * Nothing wrong is ever believed: the virtual rig's end of the contract behind a line that damages what it carries, and
 * beside it a clean line to the same machine that says what is true.
 */
import { describe, expect, test } from 'vitest';
import { FramedLink } from '../../controller/protocol/framed-link.ts';
import type { Rows } from '../../controller/protocol/framed-stream.ts';
import { encodeMessage, FrameSplitter, type Message } from '../../controller/protocol/framed-wire.ts';
import { Random } from '../protocol/random.ts';
import { VirtualClock } from '../protocol/virtual-clock.ts';
import { good } from './bench.ts';
import { type Damage, DamagedLine, NO_DAMAGE } from './damaged-line.ts';
import { framedMachine } from './framed-machine.ts';

/** More by hand: FRAMED_FRAMES=5000000. */
const FRAMES = Number(process.env['FRAMED_FRAMES'] ?? 100_000);
const BAD: Damage = {
  loss: 0.03,
  cut: 0.02,
  flips: 0.03,
  burst: 0.02,
  twice: 0.03,
  swapped: 0.03,
  noise: 0.03,
};

async function connected(seed: number) {
  const clock = new VirtualClock();
  const random = new Random(seed);
  const machine = framedMachine(clock);
  const [bad, clean] = [new DamagedLine(clock, random), new DamagedLine(clock, random)];
  machine.serve(bad.device);
  machine.serve(clean.device);
  // A kilobyte of dictionary crosses in many pieces, and one that is hit spoils all: two of three attempts fail.
  const options = { timeoutMs: 20, attempts: 40 };
  const link = new FramedLink(bad.host, clock, { ...options, nonce: 1 });
  const truth = new FramedLink(clean.host, clock, { ...options, nonce: 2 });
  good(await clock.wait(truth.connect()));
  bad.damage = BAD;
  good(await clock.wait(link.connect()));
  return { clock, random, firmware: machine.firmware, bad, link, truth };
}

describe('over a line that damages one piece in seven', () => {
  test('no damaged frame is taken for a message', () => {
    const random = new Random(2);
    let taken = 0;
    let sent: Message = { type: 0, session: 0, sequence: 0, body: new Uint8Array(0) };
    const splitter = new FrameSplitter((message) => {
      taken++;
      if (message.sequence !== sent.sequence || message.type !== sent.type)
        throw new Error('a frame of nobody');
      if (Buffer.compare(message.body, sent.body) !== 0) throw new Error('a wrong body');
    });
    for (let i = 0; i < FRAMES; i++) {
      const body = Uint8Array.from(
        { length: random.whole(0, 120) },
        () => random.whole(0, 255) & random.whole(0, 255),
      );
      sent = { type: random.whole(1, 255), session: 7, sequence: i & 0xffff, body };
      const frame = encodeMessage(sent);
      const hits = random.whole(1, 6);
      for (let hit = 0; hit < hits; hit++) {
        const bit = random.whole(0, 8 * frame.length - 1);
        frame[bit >> 3] ^= 1 << (bit & 7);
      }
      splitter.take(random.chance(0.2) ? frame.subarray(0, random.whole(1, frame.length)) : frame);
      splitter.take(Uint8Array.of(0));
    }
    // Flips that hit the delimiters alone, or undo each other, leave a whole frame: 16 of some 500 bits.
    expect(taken).toBeLessThan(0.1 * FRAMES);
    expect(splitter.damaged).toBeGreaterThan(0.9 * FRAMES);
  });

  test.each([1, 2, 3])(
    'every row is right, and those that are missing are counted (seed %i)',
    async (seed) => {
      const { clock, link, truth, bad } = await connected(seed);
      const names = ['force_kN', 'stroke_mm', 'cell_1_C', 'phase'];
      const known = new Map<number, number[]>();
      const valuesAt = (rows: Rows, row: number): number[] =>
        rows.columns.map((column) => column[row] ?? Number.NaN);
      await clock.wait(
        truth.subscribe(names, 1000, (rows) =>
          rows.deviceUs.forEach((us, i) => known.set(us, valuesAt(rows, i))),
        ),
      );
      const seen: { readonly us: number; readonly values: number[] }[] = [];
      const gaps: number[] = [];
      good(
        await clock.wait(
          link.subscribe(names, 1000, (rows) => {
            gaps.push(rows.missing);
            rows.deviceUs.forEach((us, i) => seen.push({ us, values: valuesAt(rows, i) }));
          }),
        ),
      );
      await clock.wait(truth.command('enable'));
      await clock.wait(truth.command('run'));
      for (let i = 0; i < 400; i++) {
        await clock.wait(link.beat(i));
        await clock.advance(20);
      }
      bad.damage = NO_DAMAGE;
      const { stream } = link.statistics();
      const missing = gaps.reduce((sum, gap) => sum + gap, 0);
      await clock.wait(link.unsubscribe());
      // The clean line still brings what the other has brought already.
      await clock.advance(200);
      const wrong = seen.filter(({ us, values }) => values.some((value, i) => value !== known.get(us)?.[i]));
      expect(wrong).toEqual([]);
      const times = seen.map(({ us }) => us);
      expect(times.every((us, i) => i === 0 || us > (times[i - 1] ?? 0))).toBe(true);
      expect(stream?.lostFrames).toBeGreaterThan(50);
      expect(stream?.missingRows).toBe(missing);
      // From the first row heard to the last, every millisecond was either heard or counted as missing.
      const spanRows = ((times.at(-1) ?? 0) - (times[0] ?? 0)) / 1000 + 1;
      expect(seen.length + missing - (gaps[0] ?? 0)).toBe(spanRows);
      expect(seen.length).toBeGreaterThan(4000);
    },
  );

  test.each([4, 5])('what is read is what is there, and a recipe is taken once (seed %i)', async (seed) => {
    const { clock, random, firmware, link, truth } = await connected(seed);
    expect(link.dictionaryText).toBe(truth.dictionaryText);
    const recipe = good(await clock.wait(truth.readRecipe()));
    let answered = 0;
    for (let i = 0; i < 150; i++) {
      const value = Math.fround(random.between(100, 1000));
      const written = await clock.wait(link.writeParameter('stress_limit_MPa', value));
      const there = good(await clock.wait(truth.readParameters()));
      if (written.ok) expect([written.value, there['stress_limit_MPa']]).toEqual([value, value]);
      const read = await clock.wait(link.readParameters());
      if (read.ok) expect(read.value).toEqual(there);
      const before = firmware.recipesTaken;
      const uploaded = await clock.wait(
        link.uploadRecipe({ ...recipe, frequency_Hz: Math.fround(1 + i / 100) }),
      );
      expect(firmware.recipesTaken - before).toBeLessThanOrEqual(1);
      if (!uploaded.ok) continue;
      expect(firmware.recipesTaken - before).toBe(1);
      const inForce = await clock.wait(link.readRecipe());
      if (inForce.ok) expect(inForce.value['frequency_Hz']).toBe(Math.fround(1 + i / 100));
      answered++;
    }
    expect(answered).toBeGreaterThan(100);
    expect(link.statistics().repeated).toBeGreaterThan(50);
  });

  test('a stop that overtakes a start is the last that happens', async () => {
    const { clock, firmware, link, truth, bad } = await connected(6);
    for (let i = 0; i < 60; i++) {
      await clock.wait(truth.command('abort'));
      await clock.advance(150);
      await clock.wait(truth.command('clear_faults'));
      await clock.wait(truth.command('enable'));
      const started = link.command('run');
      const stopped = link.command('stop', {}, { urgent: true });
      const [start, stop] = await clock.wait(Promise.all([started, stopped]));
      await clock.advance(600);
      // Whatever the line did, once the stop is acknowledged the machine does not run.
      if (stop.ok) expect(firmware.driveState, `${i}: ${start.ok}`).not.toBe(2);
    }
    expect(bad.counts.swapped).toBeGreaterThan(5);
  });
});
