/**
 * What the instrumented rig (66 channels × 1 kHz) costs as people run it: `elastocool start` with its processes, a Chromium
 * on the channels view and two plain clients. `node test/bench/instrumented.ts --minutes 10` alone; it prints what control
 * kept of its ticks, what the stream lost, the processor time of each process, and how old a tick is when it is painted.
 */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import type { Page } from 'playwright-core';
import { WebSocket } from 'ws';
import { decodeFrame, type Frame } from '../../controller/wire/frame.ts';
import { ServerMessage } from '../../controller/wire/messages.ts';
import { CHANNELS } from '../../controller/wire/channels.ts';
import { openChromium } from '../browser/chromium.ts';
import { familyOf, SpawnedHouse } from '../house/spawned-house.ts';
import { type Painted, rememberPaints } from './paints.ts';

const RIG = 'fixtures/rigs/virtual-kilowatt-instrumented.yaml';
const PLAIN_CLIENTS = 2;
const TICKS_PER_S = 50;
/** The rig's clock falls behind the wall's where the plant does: little in so short a time. */
const CLOCKS_AGREE_S = 10;
const WARM_UP_S = 15;
const AGES_S = 30;
/** Clock ticks a second of /proc/PID/stat on Linux. */
const JIFFIES_PER_S = 100;
const ROUND_TRIP = CHANNELS.tick.findIndex(({ name }) => name === 'round_trip_ms');

declare const painted: Painted;

interface Heard {
  tickRows: number;
  roundTripsMs: number[];
  streamRows: number;
  streamGaps: number;
  firstS: number;
  lastS: number;
  faults: Set<string>;
  warnings: string[];
}

const nothing = (): Heard => ({
  tickRows: 0,
  roundTripsMs: [],
  streamRows: 0,
  streamGaps: 0,
  firstS: Number.NaN,
  lastS: Number.NaN,
  faults: new Set(),
  warnings: [],
});

let heard = nothing();

function takeFrame(frame: Frame): void {
  if (frame.group === 'tick') {
    heard.tickRows += frame.rows;
    heard.roundTripsMs.push(...frame.columns[ROUND_TRIP]);
    if (Number.isNaN(heard.firstS)) heard.firstS = frame.startS;
    heard.lastS = frame.startS;
  }
  if (frame.group !== 'stream') return;
  const gaps = frame.columns[0].filter(Number.isNaN).length;
  heard.streamRows += frame.rows - gaps;
  heard.streamGaps += gaps;
}

function takeMessage(message: ServerMessage): void {
  if (message.type === 'state') for (const { key } of message.faults) heard.faults.add(key);
  if (message.type === 'event' && message.severity !== 'info') heard.warnings.push(message.sentence);
}

/** Live from now on: a page that has everything already. */
function listen(port: number, isHearing: boolean): WebSocket {
  const socket = new WebSocket(`ws://127.0.0.1:${port}/live`, {
    headers: { origin: `http://127.0.0.1:${port}` },
  });
  socket.on('open', () => socket.send(JSON.stringify({ type: 'history', after: {} })));
  if (!isHearing) return socket;
  socket.on('message', (data: Buffer, isBinary) => {
    const frame = isBinary ? decodeFrame(data) : '';
    if (typeof frame !== 'string') takeFrame(frame);
    else if (!isBinary) takeMessage(ServerMessage.parse(JSON.parse(data.toString())));
  });
  return socket;
}

function processorS(pid: number): number {
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1].split(' ');
  return (Number(fields[11]) + Number(fields[12])) / JIFFIES_PER_S;
}

const roleOf = (command: string): string =>
  /virtual-rig\/main|control\/process|model\/process|elastocool\.mjs|--type=[a-z-]+/.exec(command)?.[0] ??
  'other';

/** Processor time so far, s, by what the process is for; a process that ended counts no more. */
function processorByRole(pids: readonly number[]): Map<string, number> {
  const found = new Map<string, number>();
  for (const { pid, command } of pids.flatMap(familyOf)) {
    const role = roleOf(command);
    found.set(role, (found.get(role) ?? 0) + processorS(pid));
  }
  return found;
}

/**
 * Ages of the newest tick in frames of `page`, from its sampling on the rig until it is painted, ms, over `seconds`. The rig
 * does not tell the time of day: the tick that came fastest is taken to have been as long under way as the fastest whole
 * round trip on the line, which is more than it was.
 */
async function agesPainted(page: Page, seconds: number): Promise<number[]> {
  const ages: number[] = [];
  for (let s = 0; s < seconds; s += CLOCKS_AGREE_S) {
    await page.evaluate(() => {
      painted.youngestMs = Number.POSITIVE_INFINITY;
      painted.agesMs.length = 0;
    });
    heard.roundTripsMs.length = 0;
    await sleep(1000 * CLOCKS_AGREE_S);
    const { agesMs, youngestMs } = await page.evaluate(() => painted);
    const leastTripMs = Math.min(...heard.roundTripsMs);
    ages.push(...agesMs.map((ageMs) => ageMs - youngestMs + leastTripMs));
  }
  return ages;
}

const at = (values: readonly number[], share: number): number =>
  values.toSorted((a, b) => a - b)[Math.floor(share * (values.length - 1))] ?? Number.NaN;

const { values } = parseArgs({
  options: { minutes: { type: 'string', default: '1' }, browser: { type: 'boolean', default: true } },
  allowNegative: true,
});
const seconds = 60 * Number(values.minutes);
const say = (label: string, value: string): void =>
  void process.stdout.write(`${label.padEnd(44)}${value}\n`);

const folder = mkdtempSync(join(tmpdir(), 'elastocool-instrumented-'));
const house = new SpawnedHouse(process.execPath, [
  'controller/command/elastocool.mjs',
  'start',
  '--port=18960',
  `--rig=${RIG}`,
  `--runs=${folder}`,
  `--audit=${join(folder, 'audit.jsonl')}`,
]);
const [, port] = await house.said(/running: http:\/\/[^:]+:(\d+)/);
const sockets = Array.from({ length: PLAIN_CLIENTS }, (_, i) => listen(Number(port), i === 0));
const browser = values.browser ? await openChromium() : undefined;
const page = await browser?.newPage({ viewport: { width: 1440, height: 1000 } });
await page?.addInitScript(rememberPaints, 0);
await page?.goto(`http://127.0.0.1:${port}/#/channels?lang=en`);
await sleep(1000 * WARM_UP_S);

heard = nothing();
const before = processorByRole([process.pid]);
const startMs = performance.now();
await sleep(1000 * seconds);
const wallS = (performance.now() - startMs) / 1000;
const after = processorByRole([process.pid]);
const { tickRows, roundTripsMs, streamRows, streamGaps, firstS, lastS, faults, warnings } = heard;
say(
  'load average before the end',
  loadavg()
    .map((load) => load.toFixed(2))
    .join(' '),
);
say('simulated over wall time', ((lastS - firstS) / wallS).toFixed(4));
say('ticks without a reading', `${(100 * (1 - tickRows / (TICKS_PER_S * wallS))).toFixed(2)} %`);
say(
  'round trip of a heartbeat',
  `p50 ${at(roundTripsMs, 0.5).toFixed(1)}, p99 ${at(roundTripsMs, 0.99).toFixed(1)}, most ${at(roundTripsMs, 1).toFixed(1)} ms`,
);
say('rows of the stream', `${(streamRows / wallS).toFixed(1)} a second, ${streamGaps} gaps`);
for (const [role, used] of after)
  say(`processor: ${role}`, `${((100 * (used - (before.get(role) ?? 0))) / wallS).toFixed(1)} % of a core`);
say('faults', [...faults].join(', ') || 'none');
for (const warning of warnings.slice(0, 5)) say('warned', warning);
if (page !== undefined) {
  const agesMs = await agesPainted(page, AGES_S);
  const [p50, p95] = [at(agesMs, 0.5), at(agesMs, 0.95)];
  say(
    'from a tick on the rig to its frame painted',
    `p50 ${p50.toFixed(0)}, p95 ${p95.toFixed(0)} ms of ${agesMs.length}`,
  );
}

await browser?.close();
for (const socket of sockets) socket.terminate();
house.pressCtrlC();
await house.ended();
say('control', /Control loop: .*/.exec(house.output)?.[0] ?? house.output);
rmSync(folder, { recursive: true, force: true });
