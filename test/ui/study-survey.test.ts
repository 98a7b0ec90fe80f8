/** Records of the real recorder, read as the page reads them: in blocks of bytes, with its own zstd, into a survey. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openRecord, type RecordReader } from '../../controller/wire/record/record-reader.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import { readBlocks, traceBlocks, wallMsAt } from '../../ui/study/blocks.ts';
import { readableOf, sourceOfFile, sourceOfUrl } from '../../ui/study/byte-store.ts';
import { DECOMPRESS } from '../../ui/study/decompress.ts';
import { type Overseer, type Survey, survey, surveyPart } from '../../ui/study/survey.ts';
import { newFolder } from '../record/folders.ts';
import { MadeUpRun, tickFrame, valueOf } from '../record/made-up-run.ts';
import { streamedRun } from '../record/streamed-run.ts';

const PATIENT: Overseer = { tell: () => {}, goOn: () => Promise.resolve(true) };
const TICKS = 6000;

/** Bytes of a record of `ticks` ticks, in EXECUTE from the middle on. */
async function recorded(ticks: number, during?: (run: MadeUpRun) => void): Promise<Uint8Array<ArrayBuffer>> {
  const folder = newFolder();
  const run = new MadeUpRun(folder);
  run.state('IDLE');
  run.ticks(0, ticks / 2 - 1);
  run.state('EXECUTE');
  run.ticks(ticks / 2, ticks - 1);
  during?.(run);
  const id = run.recorder.run ?? '';
  await run.recorder.end('over');
  return new Uint8Array(readFileSync(join(folder, id, 'record.mcap')));
}

async function opened(bytes: Uint8Array<ArrayBuffer>): Promise<RecordReader> {
  const reader = await openRecord(readableOf(sourceOfFile(new Blob([bytes]))), DECOMPRESS);
  if (typeof reader === 'string') throw new Error(reader);
  return reader;
}

async function surveyed(bytes: Uint8Array<ArrayBuffer>): Promise<Survey> {
  const found = await survey(await opened(bytes), PATIENT);
  if (found === undefined) throw new Error('nobody called it off');
  return found;
}

describe('a survey', () => {
  it('keeps lowest and highest of every stretch, and where states and cycles are', async () => {
    const { blocks, landmarks } = await surveyed(await recorded(TICKS));
    const { tick } = blocks;
    if (tick === undefined) throw new Error('there are ticks');
    expect(tick.rowsEach).toBe(2);
    expect(tick.length).toBe(TICKS / 2);
    for (const at of [0, 100, 2999]) {
      const values = [2 * at, 2 * at + 1]
        .map((n) => valueOf(n, 0, 3))
        .filter((value) => !Number.isNaN(value));
      expect(tick.low[3][at]).toBe(Math.min(...values));
      expect(tick.high[3][at]).toBe(Math.max(...values));
    }
    expect(landmarks.fromS).toBe(0);
    expect(landmarks.toS).toBeCloseTo((TICKS - 1) * 0.02, 6);
    expect(landmarks.states.map(({ state }) => state)).toEqual(['IDLE', 'EXECUTE']);
    expect(landmarks.states[1].atS).toBeCloseTo((TICKS / 2 - 1) * 0.02, 6);
  });

  it('is read again in a span, row by row', async () => {
    const reader = await opened(await recorded(TICKS));
    const whole = await survey(reader, PATIENT);
    if (whole?.blocks.tick === undefined) throw new Error('there are ticks');
    const [fromMs, toMs] = [40, 50].map((timeS) => wallMsAt(whole.blocks.tick ?? never(), timeS));
    const part = await surveyPart(reader, whole.restarts, ['tick'], { fromMs, toMs }, PATIENT);
    const tick = part?.tick ?? never();
    expect(tick.rowsEach).toBe(1);
    expect(tick.firstS[0]).toBeGreaterThan(39.9);
    expect(tick.lastS).toBeLessThan(50.1);
    expect(tick.length).toBeGreaterThan(490);
    const n = Math.round(tick.firstS[7] / 0.02);
    expect(readBlocks(tick, 5, tick.firstS[7], 5)).toEqual({ low: valueOf(n, 0, 5), high: valueOf(n, 0, 5) });
  });

  it('goes on where the device began to count anew, and bridges nothing', async () => {
    const bytes = await recorded(500, (run) => {
      run.nowMs += 30_000;
      for (let n = 0; n < 500; n++) {
        run.nowMs += 20;
        run.recorder.frame('tick', 500 + n, tickFrame(n));
      }
      run.recorder.flush();
    });
    const { blocks, landmarks, restarts } = await surveyed(bytes);
    expect(restarts).toHaveLength(1);
    expect(landmarks.toS).toBeCloseTo(499 * 0.02 + 30.02 + 499 * 0.02, 3);
    const out = new Polyline();
    traceBlocks(blocks.tick ?? never(), 1, { fromS: 0, toS: 60, bucketS: 0.02 }, out);
    const lifts = [...out.x.subarray(0, out.length)].filter((_, i) => Number.isNaN(out.y[i]));
    // One in 17 values is absent; one absence more is the device's.
    expect(lifts.some((timeS) => timeS > 39 && timeS < 41)).toBe(true);
    expect(readBlocks(blocks.tick ?? never(), 1, 30, 5)).toBeUndefined();
  });

  it('has what a board streams, row by row, and where rows never came', async () => {
    const { blocks } = await surveyed(await streamedRun(newFolder()));
    const stream = blocks.stream ?? never();
    expect([stream.length, stream.rowsEach, stream.low.length]).toEqual([1800, 1, 2]);
    expect(readBlocks(stream, 0, 0.5, 5)).toEqual({ low: 500, high: 500 });
    expect(readBlocks(stream, 1, 1.7, 5)).toEqual({ low: -1700, high: -1700 });
    expect(stream.gapBefore.reduce((sum, one) => sum + one, 0)).toBe(1);
    expect(stream.gapBefore[1000]).toBe(1);
  });

  it('stops where nobody waits any more', async () => {
    let asked = 0;
    const reader = await opened(await recorded(TICKS));
    const found = await survey(reader, { tell: () => {}, goOn: () => Promise.resolve(++asked < 2) });
    expect(found).toBeUndefined();
    expect(asked).toBe(2);
  });
});

describe('a file that is no whole record', () => {
  it('is refused with what is wrong', async () => {
    const bytes = await recorded(200);
    const open = (part: Uint8Array<ArrayBuffer>) =>
      openRecord(readableOf(sourceOfFile(new Blob([part]))), DECOMPRESS);
    expect(await open(bytes.slice(0, -1000))).toMatch(/not a whole MCAP file/);
    expect(await open(new TextEncoder().encode('time,force\n0,1\n'))).toMatch(/not a whole MCAP file/);
    expect(await open(new Uint8Array(0))).toMatch(/not a whole MCAP file/);
  });
});

describe('bytes from a server', () => {
  const serving = (bytes: Uint8Array<ArrayBuffer>, asked: string[]): typeof fetch =>
    ((_: string, { headers }: { headers: { Range: string } }) => {
      asked.push(headers.Range);
      const [, from, to] = /^bytes=(\d+)-(\d+)$/.exec(headers.Range) ?? [];
      const part = bytes.slice(Number(from), Number(to) + 1);
      const range = `bytes ${from}-${to}/${bytes.byteLength}`;
      return Promise.resolve(new Response(part, { status: 206, headers: { 'Content-Range': range } }));
    }) as unknown as typeof fetch;

  it('come in ranges, each once', async () => {
    const bytes = Uint8Array.from({ length: 2_500_000 }, (_, i) => i % 251);
    const asked: string[] = [];
    const readable = readableOf(sourceOfUrl('/a', serving(bytes, asked)));
    expect(await readable.size()).toBe(2_500_000n);
    expect(await readable.read(1_048_570n, 20n)).toEqual(bytes.slice(1_048_570, 1_048_590));
    // Two million numbers are compared at once, not one by one.
    expect(Buffer.compare(await readable.read(100n, 2_000_000n), bytes.slice(100, 2_000_100))).toBe(0);
    expect(asked).toEqual(['bytes=0-0', 'bytes=0-1048575', 'bytes=1048576-2097151']);
    await expect(readable.read(2_499_999n, 2n)).rejects.toThrow('1 bytes too early');
  });

  it('are refused where the server has no ranges, or not the file', async () => {
    const answering =
      (status: number, text: string): typeof fetch =>
      () =>
        Promise.resolve(new Response(text, { status }));
    await expect(readableOf(sourceOfUrl('/a', answering(200, 'all'))).size()).rejects.toThrow(
      'part of a file',
    );
    await expect(readableOf(sourceOfUrl('/a', answering(404, 'no run'))).size()).rejects.toThrow(
      '404: no run',
    );
  });
});

const never = (): never => {
  throw new Error('it is not there');
};
