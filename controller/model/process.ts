/**
 * The model process: `node controller/model/process.ts '<ModelOptions, JSON>'`, forked by the web process at a low
 * priority. It never holds anything up: it takes at most a quarter of a core, looks at the newest cycle and leaves out
 * what it cannot follow. It ends when its channel closes.
 */
import { readFileSync } from 'node:fs';
import { Worker } from 'node:worker_threads';
import { z } from 'zod';
import { moduleBeside } from '../../sim/command/module-beside.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { UserError } from '../../sim/index.ts';
import { pidPlan } from '../control/regulate/settings.ts';
import { type RigFile, parseRigFile } from '../control/rig-file.ts';
import { decodeFrame } from '../wire/frame.ts';
import { type AlarmChange, Companion, type Comparison, type MeasuredCycle } from './companion.ts';
import { modelFrame, pictureFrame, readCycle, readTick } from './frames.ts';
import { type ModelToWeb, NOTHING_TO_DO, type WebToModel } from './ipc.ts';
import type { TableOrder } from './table-worker.ts';
import { Twin } from './twin.ts';
import { alarmSentence, lateSentence } from './words.ts';

/** Of one core. */
const MOST_SHARE = 0.25;
/** A picture of a cycle is sent so often at most, each time with the profile of the next cell. */
const PICTURE_EVERY_MS = 1000;
/** Cycles after which those left out are told, if they were more than a tenth. */
const COUNTED = 500;
const Options = z.object({ rigFile: z.string() });

type Model = NonNullable<RigFile['model']>;

function refuse(sentence: string): never {
  process.stderr.write(`${sentence}\n`);
  process.exit(NOTHING_TO_DO);
}

function send(message: ModelToWeb): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => {});
}

function start(): void {
  const { rigFile } = Options.parse(JSON.parse(process.argv[2] ?? '{}'));
  const rig = parseRigFile(readFileSync(rigFile, 'utf8'));
  if (typeof rig === 'string') refuse(`The model beside the rig: ${rig}`);
  if (rig.model === undefined) process.exit(NOTHING_TO_DO);
  const { device } = loadPreset(rig.preset, new Map());
  orderTable(rig);
  // As the rig's own, the walls are lumped for the recipe of the rig file.
  const twin = (start_C: number): Twin => new Twin(device, rig.recipe, start_C);
  follow(rig.model, new Companion(rig.model, rig.recipe, (_, start_C) => twin(start_C)));
}

/** What the regulator is expected to need, where the rig file wants it; without it the regulator does as well as it can. */
function orderTable(rig: RigFile): void {
  const { pid, mpc } = rig.regulator;
  if (pid === undefined || (!pid.feed_forward && mpc === undefined)) return;
  const plan = pidPlan(pid);
  const order: TableOrder = {
    preset: rig.preset,
    recipe: rig.recipe,
    plan,
    ...(mpc === undefined ? {} : { mpc }),
  };
  const worker = new Worker(moduleBeside(import.meta.url, './table-worker'), { workerData: order });
  worker.on('message', (table) => send({ kind: 'table', table }));
  worker.once('error', ({ message }) =>
    send({ kind: 'event', severity: 'warning', sentence: `There is no feed-forward: ${message}` }),
  );
}

function follow(model: Model, companion: Companion): void {
  let pending: MeasuredCycle | null = null;
  let isBusy = false;
  let [counted, skipped] = [0, 0];
  let [cpuMs, wallMs] = [0, performance.now()];
  let sharePercent = 0;

  let [picturedMs, nextCell] = [Number.NEGATIVE_INFINITY, 0];

  const tellAlarm = (change: AlarmChange): void =>
    send({
      kind: 'event',
      severity: change.alarm === 0 ? 'info' : 'warning',
      sentence: alarmSentence(change, model),
    });

  function sendPicture(found: Comparison, nowMs: number): void {
    const bytes = pictureFrame(found);
    if (bytes === null) return;
    picturedMs = nowMs;
    nextCell++;
    send({ kind: 'frame', group: 'picture', bytes });
  }

  /** Processor time since the last look, of the time that passed. */
  function lookAtShare(): void {
    const { user, system } = process.cpuUsage();
    const now = performance.now();
    if (now - wallMs < 1000) return;
    sharePercent = (100 * ((user + system) / 1000 - cpuMs)) / (now - wallMs);
    [cpuMs, wallMs] = [(user + system) / 1000, now];
  }

  function count(left: number): void {
    counted += 1 + left;
    skipped += left;
    if (counted < COUNTED) return;
    if (skipped > counted / 10)
      send({ kind: 'event', severity: 'warning', sentence: lateSentence(skipped, counted) });
    counted = skipped = 0;
  }

  function work(): void {
    const cycle = pending;
    pending = null;
    if (cycle === null) {
      isBusy = false;
      return;
    }
    const from = performance.now();
    const isPictured = from - picturedMs >= PICTURE_EVERY_MS;
    const found = companion.cycle(cycle, tellAlarm, isPictured ? nextCell : undefined);
    lookAtShare();
    if (found !== null) {
      count(found.skipped);
      send({ kind: 'frame', group: 'model', bytes: modelFrame(found, sharePercent) });
      sendPicture(found, from);
    }
    setTimeout(work, (performance.now() - from) * (1 / MOST_SHARE - 1));
  }

  function take(bytes: Uint8Array): void {
    const frame = decodeFrame(bytes);
    if (typeof frame === 'string') return;
    if (frame.group === 'tick') companion.tick(readTick(frame));
    if (frame.group !== 'cycle') return;
    pending = readCycle(frame);
    if (isBusy) return;
    isBusy = true;
    setImmediate(work);
  }

  process.on('message', (message: WebToModel) => {
    if (message.kind === 'recipe') companion.recipe(message.recipe);
    else take(message.bytes);
  });
}

process.on('disconnect', () => process.exit(0));
try {
  start();
} catch (error) {
  if (!(error instanceof UserError)) throw error;
  refuse(`The model beside the rig cannot run: ${error.message}`);
}
