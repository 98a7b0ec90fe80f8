/** What was recorded, over HTTP: who may read it, what can be named, and in which pieces. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { get } from 'node:http';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addNote } from '../../controller/record/catalogue.ts';
import { RunShelf } from '../../controller/record/run-shelf.ts';
import { rangeOf } from '../../controller/server/byte-range.ts';
import { RunList } from '../../controller/wire/record/run-list.ts';
import { newFolder } from '../record/folders.ts';
import { MadeUpRun } from '../record/made-up-run.ts';
import { type House, startHouse } from './house.ts';

const SAME_ORIGIN = { 'sec-fetch-site': 'same-origin' };

async function houseWithRuns(options: { tokenRequired?: boolean; runs?: number } = {}) {
  const folder = newFolder();
  for (let n = 0; n < (options.runs ?? 1); n++) {
    const run = new MadeUpRun(folder);
    run.nowMs += n * 60_000;
    run.state('EXECUTE');
    run.ticks(0, 60);
    // oxlint-disable-next-line no-await-in-loop -- their ids come from the clock
    await run.recorder.end('it is over');
  }
  const shelf = new RunShelf(folder);
  const reportFolder = join(folder, 'report');
  const house = await startHouse({
    tokenRequired: options.tokenRequired ?? false,
    runs: { shelf, reportFolder },
  });
  return { folder, shelf, reportFolder, house };
}

const listed = async (house: House): Promise<RunList> =>
  RunList.parse(JSON.parse((await house.ask('/runs', SAME_ORIGIN)).body));

/** Bytes and status of a file, raw. */
const bytesOf = (house: House, path: string, headers: Record<string, string> = {}) =>
  new Promise<{ status: number; bytes: Buffer; range: string | undefined }>((resolve, reject) => {
    get(`${house.origin}${path}`, { headers: { ...SAME_ORIGIN, ...headers } }, (response) => {
      const pieces: Buffer[] = [];
      response.on('data', (piece: Buffer) => pieces.push(piece));
      response.on('end', () =>
        resolve({
          status: response.statusCode ?? 0,
          bytes: Buffer.concat(pieces),
          range: response.headers['content-range'],
        }),
      );
    }).on('error', reject);
  });

describe('the list of runs', () => {
  it('says of each what the catalogue knows, the newest first', async () => {
    const { house, folder, shelf } = await houseWithRuns({ runs: 2 });
    const first = await listed(house);
    expect(first.runs).toHaveLength(2);
    expect(first.runs[0].id > first.runs[1].id).toBe(true);
    expect(first.runs[0]).toMatchObject({ facts: { rig: 'made up' }, ended: 'it is over', recovered: false });
    // What was read once is known; what changes is read anew.
    await addNote(folder, first.runs[0].id, { at: '2026-01-02T00:00:00Z', text: 'new seals' });
    expect((await shelf.list()).runs[0].notes).toEqual([{ at: '2026-01-02T00:00:00Z', text: 'new seals' }]);
    expect((await shelf.list()).runs[1]).toBe((await shelf.list()).runs[1]);
  });

  it('says what is wrong with a record that cannot be read', async () => {
    const { house, folder } = await houseWithRuns({ runs: 0 });
    const id = '20260101-000000-abcdef';
    mkdirSync(join(folder, id));
    writeFileSync(join(folder, id, 'record.mcap'), 'no record');
    expect((await listed(house)).runs).toMatchObject([
      { id, problem: expect.stringContaining('cannot be read') },
    ]);
  });
});

describe('a record', () => {
  it('comes whole and in ranges, the same bytes', async () => {
    const { house, folder } = await houseWithRuns();
    const [{ id }] = (await listed(house)).runs;
    const path = `/runs/${id}/record.mcap`;
    const file = readFileSync(join(folder, id, 'record.mcap'));
    const whole = await bytesOf(house, path);
    expect([whole.status, whole.bytes.equals(file)]).toEqual([200, true]);
    for (const [range, from, to] of [
      ['bytes=10-99', 10, 100],
      [`bytes=${file.length - 5}-`, file.length - 5, file.length],
      ['bytes=-7', file.length - 7, file.length],
    ] as const) {
      // oxlint-disable-next-line no-await-in-loop
      const part = await bytesOf(house, path, { range });
      expect(part.status, range).toBe(206);
      expect(part.range, range).toBe(`bytes ${from}-${to - 1}/${file.length}`);
      expect(part.bytes.equals(file.subarray(from, to)), range).toBe(true);
    }
    expect((await bytesOf(house, path, { range: `bytes=${file.length}-` })).status).toBe(416);
  });

  it.each([
    '/runs/../package.json',
    '/runs/..%2f..%2fetc%2fpasswd/record.mcap',
    '/runs/%2e%2e/record.mcap',
    '/runs/20260101-000000-abcdef/record.mcap',
    '/runs/audit.jsonl/record.mcap',
    '/runs//record.mcap',
  ])('is nothing else that a path could name: %s', async (path) => {
    const { house } = await houseWithRuns();
    const { status, body } = await house.ask(path, SAME_ORIGIN);
    expect([status, body]).toEqual([404, expect.stringContaining('There is no run')]);
  });
});

describe('who may read', () => {
  it('with keys: every role, by cookie or key, and nobody else', async () => {
    const { house } = await houseWithRuns({ tokenRequired: true });
    for (const path of ['/runs', '/runs/x/record.mcap', '/report'])
      expect((await house.ask(path, SAME_ORIGIN)).status, path).toBe(401);
    expect((await house.ask('/runs', { authorization: 'Bearer wrong' })).status).toBe(403);
    const cookie = await house.login('viewer');
    expect((await house.ask('/runs', { cookie })).status).toBe(200);
    expect((await house.ask('/runs', { authorization: `Bearer ${house.server.tokens.viewer}` })).status).toBe(
      200,
    );
  });

  it('without keys: the page itself, and no other program or site', async () => {
    const { house } = await houseWithRuns();
    expect((await house.ask('/runs', SAME_ORIGIN)).status).toBe(200);
    expect((await house.ask('/runs')).status).toBe(401);
    expect((await house.ask('/runs', { 'sec-fetch-site': 'cross-site' })).status).toBe(401);
    expect((await house.ask('/runs', { origin: 'http://evil.example' })).status).toBe(403);
    expect((await house.ask('/runs', { host: 'rebound.example', ...SAME_ORIGIN })).status).toBe(421);
  });

  it('nothing can be written there', async () => {
    const { house } = await houseWithRuns();
    expect((await house.ask('/runs', SAME_ORIGIN, 'x')).status).toBe(405);
  });
});

describe('the stored report', () => {
  it('is given as it is, and a sentence where there is none', async () => {
    const { house, reportFolder } = await houseWithRuns();
    expect(await house.ask('/report', SAME_ORIGIN)).toMatchObject({
      status: 404,
      body: expect.stringContaining('validate --report'),
    });
    mkdirSync(reportFolder);
    writeFileSync(join(reportFolder, 'report.json'), '{"head":{}}');
    expect(await house.ask('/report', SAME_ORIGIN)).toMatchObject({ status: 200, body: '{"head":{}}' });
  });

  it('a server without runs says so', async () => {
    const house = await startHouse();
    expect(await house.ask('/runs', SAME_ORIGIN)).toMatchObject({ status: 404 });
  });
});

describe('a range', () => {
  it('lies within the file, whatever was asked for', () => {
    fc.assert(
      fc.property(fc.nat(50), fc.option(fc.nat(60)), fc.option(fc.nat(60)), (size, from, to) => {
        const range = rangeOf(`bytes=${from ?? ''}-${to ?? ''}`, size);
        if (typeof range === 'string') return;
        expect(range.first).toBeGreaterThanOrEqual(0);
        expect(range.last).toBeGreaterThanOrEqual(range.first);
        expect(range.last).toBeLessThan(size);
        if (from !== null) expect(range.first).toBe(from);
      }),
    );
  });

  it.each([
    [undefined, 'whole'],
    ['bytes=0-1,4-5', 'whole'],
    ['lines=1-2', 'whole'],
    ['bytes=5-2', 'whole'],
    ['bytes=-', 'whole'],
    ['bytes=10-', 'beyond'],
    ['bytes=-0', 'beyond'],
  ])('%s of ten bytes is %s', (header, expected) => {
    expect(rangeOf(header, 10)).toBe(expected);
  });
});
