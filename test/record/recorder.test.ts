/** What is recorded is what was said; a run ends where the next begins; what stops a machine leaves a black box. */
import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { zstdDecompressSync } from 'node:zlib';
import { fromBinary } from '@bufbuild/protobuf';
import { FileDescriptorSetSchema } from '@bufbuild/protobuf/wkt';
import { McapStreamReader, type TypedMcapRecord } from '@mcap/core';
import { describe, expect, it } from 'vitest';
import { addNote, describeRun, listRuns } from '../../controller/record/catalogue.ts';
import { findRun, openRun, type OpenRun } from '../../controller/record/open-run.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { decodeFrame } from '../../controller/wire/frame.ts';
import type { Fault } from '../../controller/wire/messages.ts';
import type { Recorded } from '../../controller/wire/record/record-reader.ts';
import { newFolder } from './folders.ts';
import { MadeUpRun, frameOf, stateOf, tickFrame } from './made-up-run.ts';

async function mustOpen(folder: string, id: string, name?: string): Promise<OpenRun> {
  const run = await openRun(folder, id, name);
  if (typeof run === 'string') throw new Error(run);
  return run;
}

async function everything(run: OpenRun, topics?: readonly string[]): Promise<Recorded[]> {
  const all: Recorded[] = [];
  for await (const recorded of run.read(topics)) all.push(recorded);
  await run.close();
  return all;
}

const fault: Fault = {
  key: 'over_stress',
  sentence: 'Too much.',
  remedy: 'Less.',
  action: 'abort',
  firstOut: true,
  bypassed: false,
  atS: 1,
  isPresent: true,
  acknowledged: null,
};

describe('a record', () => {
  it('gives back every frame and every message, bit by bit and in order', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.state('EXECUTE');
    made.ticks(0, 120);
    made.recorder.frame('picture', 9, frameOf('picture', 9, 64));
    made.recorder.message({ type: 'ack', id: 3, ok: true, sentence: 'done' });
    await made.recorder.end('the test is over');
    const [{ id, facts, figures, ended }] = await listRuns(folder);
    expect(facts).toMatchObject({ part: 1, rig: 'made up', note: 'a test', pid: process.pid });
    expect(ended).toBe('the test is over');
    expect(figures?.states_s.EXECUTE).toBeCloseTo(2.42, 6);
    const run = await mustOpen(folder, id);
    expect(run.tables.tick).toEqual(CHANNELS.tick);
    expect(await run.attachment('rig.yaml')).toBe('name: made up\n');
    const all = await everything(run);
    const frames = all.flatMap((recorded) => (recorded.kind === 'frame' ? [recorded.frame] : []));
    const ticks = frames.filter(({ group }) => group === 'tick');
    expect(ticks).toEqual(Array.from({ length: 121 }, (_, n) => decodeFrame(tickFrame(n))));
    expect(frames.filter(({ group }) => group === 'waveform')[3]).toEqual(
      decodeFrame(frameOf('waveform', 3, 128)),
    );
    expect(frames.filter(({ group }) => group === 'picture')).toEqual([
      decodeFrame(frameOf('picture', 9, 64)),
    ]);
    expect(
      all.filter(({ kind }) => kind === 'message').map((r) => r.kind === 'message' && r.message),
    ).toEqual([stateOf('EXECUTE'), { type: 'ack', id: 3, ok: true, sentence: 'done' }]);
    expect(all.map(({ atMs }) => atMs)).toEqual(all.map(({ atMs }) => atMs).toSorted((a, b) => a - b));
  });

  it('is read by the library of the format, checksums and all, and names its columns', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.ticks(0, 60);
    await made.recorder.end('over');
    const [{ id }] = await listRuns(folder);
    const reader = new McapStreamReader({
      validateCrcs: true,
      decompressHandlers: { zstd: (bytes) => zstdDecompressSync(bytes) },
    });
    reader.append(readFileSync(join(folder, id, 'record.mcap')));
    const records: TypedMcapRecord[] = [];
    for (let record = reader.nextRecord(); record !== undefined; record = reader.nextRecord())
      records.push(record);
    expect(reader.done()).toBe(true);
    const schema = records.find((record) => record.type === 'Schema' && record.name === 'elastocool.Tick');
    if (schema?.type !== 'Schema') throw new Error('there is no schema of ticks');
    const [message] = fromBinary(FileDescriptorSetSchema, schema.data).file[0].messageType;
    expect(message.field.map(({ name }) => name)).toEqual([
      'device_time_s',
      'cycle',
      ...CHANNELS.tick.map(({ name }) => name),
    ]);
    const channel = records.find((record) => record.type === 'Channel' && record.topic === '/tick');
    expect(channel?.type === 'Channel' && channel.metadata.get('unit.force_kN')).toBe('kN');
    expect(records.filter(({ type }) => type === 'Message').length).toBeGreaterThan(60);
  });

  it('spreads rows that came together over the time before, and never back', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    for (let n = 0; n < 4; n++) {
      made.nowMs += 20;
      // 16 rows, 1/512 s apart: more than 20 ms; the rows of the frame before leave no room for the first ones.
      made.recorder.frame('tick', n, frameOf('tick', n, 16));
    }
    await made.recorder.end('over');
    const [{ id }] = await listRuns(folder);
    const times = (await everything(await mustOpen(folder, id))).map(({ atMs }) => atMs);
    expect(times).toHaveLength(64);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect(new Set(times.slice(0, 16)).size).toBe(16);
  });

  it('begins anew with a START after a run, without a gap', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.state('STARTING');
    made.ticks(0, 10);
    made.state('EXECUTE');
    made.ticks(11, 30);
    made.state('IDLE');
    made.ticks(31, 40);
    made.nowMs += 1000;
    made.state('STARTING');
    made.ticks(41, 50);
    await made.recorder.end('over');
    const runs = await listRuns(folder);
    expect(runs.map(({ facts }) => facts?.part)).toEqual([1, 2]);
    expect(runs.map(({ figures }) => figures?.starts)).toEqual([1, 1]);
    expect(runs[0].facts?.session).toBe(runs[1].facts?.session);
    const sequences: number[] = [];
    for (const { id } of runs)
      for (const recorded of await everything(await mustOpen(folder, id), ['/tick']))
        if (recorded.kind === 'frame') sequences.push(recorded.frame.sequence);
    expect(sequences).toEqual(Array.from({ length: 51 }, (_, n) => n));
  });
});

describe('a disk that refuses', () => {
  it('is tried again, ever more seldom, and the record goes on where it can', async () => {
    const folder = join(newFolder(), 'runs');
    // A file where the folder should be.
    writeFileSync(folder, '');
    const made = new MadeUpRun(folder);
    const attempts: number[] = [];
    for (let minute = 0; minute < 16; minute++) {
      for (let second = 0; second < 60; second++) {
        made.nowMs += 1000;
        made.recorder.flush();
        await new Promise((resolve) => void setTimeout(resolve, 1));
      }
      attempts.push(made.announced.length);
    }
    // After 0.5, 1.5, 3.5, 7.5, 15.5 minutes: each waits twice as long. The file is asked in real time, so one may be late.
    expect(attempts.at(-1)).toBeGreaterThanOrEqual(5);
    expect(attempts.at(-1)).toBeLessThanOrEqual(6);
    rmSync(folder);
    for (let minute = 0; minute < 31; minute++) {
      made.nowMs += 60_000;
      made.recorder.flush();
    }
    made.ticks(0, 10);
    await made.recorder.end('over');
    expect(await listRuns(folder)).toHaveLength(1);
  });
});

describe('a black box', () => {
  it('has ten seconds before and after what stopped the machine, at full rate', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.ticks(0, 999);
    const input = { kind: 'opened', atMs: 0 } as const;
    made.recorder.journal([{ input, outputs: [{ kind: 'fault', fault }] }]);
    made.recorder.journal([{ input, outputs: [{ kind: 'fault', fault: { ...fault, firstOut: false } }] }]);
    made.ticks(1000, 1999);
    await made.recorder.end('over');
    const [{ id, black_boxes }] = await listRuns(folder);
    expect(black_boxes).toEqual(['blackbox-1.mcap']);
    const all = await everything(await mustOpen(folder, id, black_boxes[0]), ['/tick']);
    const sequences = all.flatMap((r) => (r.kind === 'frame' ? [r.frame.sequence] : []));
    // 500 ticks of 20 ms are ten seconds; the tick at the moment itself is among those before.
    expect(sequences).toEqual(Array.from({ length: 1001 }, (_, i) => 499 + i));
  });

  it('is not made of a warning', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    made.ticks(0, 10);
    const input = { kind: 'opened', atMs: 0 } as const;
    made.recorder.journal([{ input, outputs: [{ kind: 'fault', fault: { ...fault, action: 'warn' } }] }]);
    await made.recorder.end('over');
    expect((await listRuns(folder))[0].black_boxes).toEqual([]);
  });
});

describe('the catalogue', () => {
  it('survives a damaged entry and keeps notes', async () => {
    const folder = newFolder();
    for (let i = 0; i < 3; i++) {
      const made = new MadeUpRun(folder);
      made.nowMs += i * 60_000;
      made.ticks(0, 30);
      await made.recorder.end('over');
    }
    const [first, second, third] = await listRuns(folder);
    truncateSync(join(folder, first.id, 'record.mcap'), 20);
    const bytes = readFileSync(join(folder, second.id, 'record.mcap'));
    writeFileSync(join(folder, second.id, 'record.mcap'), bytes.fill(0xaa, bytes.byteLength - 300));
    mkdirSync(join(folder, '20260101-000000-aaaaaa'));
    expect(await addNote(folder, third.id, { at: '2026-01-01T00:00:00Z', text: 'seals' })).toBeNull();
    const after = await listRuns(folder);
    expect(after.map(({ problem }) => problem === undefined).filter(Boolean)).toHaveLength(1);
    expect(after.find(({ id }) => id === first.id)?.problem).toMatch(/cannot be read/);
    expect((await describeRun(folder, third.id)).notes).toEqual([
      { at: '2026-01-01T00:00:00Z', text: 'seals' },
    ]);
  });

  it('takes an id only from what is there', async () => {
    const folder = newFolder();
    const made = new MadeUpRun(folder);
    await made.recorder.end('over');
    for (const path of ['../..', '/etc', '.', '..%2f', 'audit.jsonl', '\0'])
      expect(await findRun(folder, path)).toMatch(/There is no run/);
    expect(await findRun(folder, 'last')).toEqual({ id: expect.stringMatching(/^\d{8}-\d{6}-/) });
    expect(await findRun(join(folder, 'none'), 'last')).toMatch(/There are no runs/);
  });
});
