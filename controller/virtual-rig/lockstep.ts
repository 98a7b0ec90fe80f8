/**
 * The virtual rig on told time, as a thread: the same plant, firmware and registers as in `main.ts`, without a clock of
 * its own. Started with a LockstepOrder; answers every Go with Gone.
 */
import { parentPort, workerData } from 'node:worker_threads';
import { type Weather, buildStrokeSchedule, createHousePlant, houseRecipe } from '../../sim/index.ts';
import { normalSource } from '../../sim/study/sampling/random.ts';
import type { BytePort, Clock } from '../protocol/byte-port.ts';
import type { Go, Gone, LockstepOrder, LockstepTruth, SceneStep } from '../protocol/lockstep-channel.ts';
import { FaultyRig } from './faults/faulty-rig.ts';
import { Pace } from './pace.ts';
import { pacedPort } from './paced-port.ts';
import { readPreset } from './read-preset.ts';

const ZERO_C_K = 273.15;
/** The firmware looks at its program this often, ms, as the real process does. */
const LOOP_MS = 4;

/** Time that passes when it is told to; what is due runs in order. */
class ToldClock implements Clock {
  private now = 0;
  private due: { readonly atMs: number; readonly action: () => void }[] = [];

  nowMs(): number {
    return this.now;
  }

  after(delayMs: number, action: () => void): () => void {
    const entry = { atMs: this.now + Math.max(0, delayMs), action };
    const at = this.due.findIndex(({ atMs }) => atMs > entry.atMs);
    this.due.splice(at < 0 ? this.due.length : at, 0, entry);
    return () => {
      this.due = this.due.filter((other) => other !== entry);
    };
  }

  advance(ms: number): void {
    const untilMs = this.now + ms;
    while (this.due.length > 0 && this.due[0].atMs <= untilMs) {
      const [next] = this.due.splice(0, 1);
      this.now = next.atMs;
      next.action();
    }
    this.now = untilMs;
  }
}

function run(order: LockstepOrder): void {
  const preset = readPreset(order.presetFile, order.changes);
  if (typeof preset === 'string') throw new Error(preset);
  const room = { ...preset.device.room };
  const device = { ...preset.device, room };
  const clock = new ToldClock();
  const pace = new Pace(order.acceleration, clock.nowMs());
  const scenery = new Scenery(order);
  const plant = createHousePlant({ ...preset, device }, scenery.weather);
  const fromS = plant.house.timeS;
  const rig = new FaultyRig({
    plant,
    buildSchedule: (recipe) => buildStrokeSchedule(device, recipe),
    recipe: houseRecipe(device),
    clock,
    pace,
    seed: order.seed,
  });
  if (order.noise_K > 0) addNoise(rig, order);
  let received: (bytes: Uint8Array) => void = () => {};
  let sent: Uint8Array[] = [];
  const far: BytePort = {
    name: 'told time',
    write: (bytes) => sent.push(bytes),
    discardInput: () => {},
    onData: (listener) => (received = listener),
    onClose: () => {},
    close: () => {},
  };
  rig.serve(pacedPort(far, clock, order.baudRate));

  function work(): void {
    rig.firmware.superviseHost();
    pace.accrue(clock.nowMs());
    while (pace.owedS > 0) {
      pace.pay(rig.firmware.step());
      scenery.goTo(plant.house.timeS - fromS, room, rig);
    }
    clock.after(LOOP_MS, work);
  }

  function truth(): LockstepTruth {
    const { workJ, loadingWorkJ, pumpJ } = plant.energies;
    const { work_recovery, drive_efficiency } = device.drive;
    const driveJ = (loadingWorkJ - work_recovery * (loadingWorkJ - workJ)) / drive_efficiency;
    return {
      time_s: plant.house.timeS - fromS,
      room_C: plant.house.roomK - ZERO_C_K,
      cycles: rig.firmware.cyclesCompleted,
      machine_kJ: (driveJ + pumpJ) / 1e3,
      fans_kJ: plant.house.fanJ / 1e3,
    };
  }

  work();
  parentPort?.on('message', ({ forMs, bytes }: Go) => {
    for (const chunk of bytes) received(chunk);
    clock.advance(forMs);
    const gone: Gone = { bytes: sent, truth: truth() };
    sent = [];
    // A port of a thread, not a window: there is no origin to name.
    // oxlint-disable-next-line unicorn/require-post-message-target-origin
    parentPort?.postMessage(gone);
  });
}

/** What the scene does to house and rig as time goes on. */
class Scenery {
  readonly weather: Weather;
  private outdoor_C: number;
  private next = 0;
  private seconds = 0;
  private readonly scene: readonly SceneStep[];

  constructor({ scene, outdoor_C }: LockstepOrder) {
    this.scene = scene;
    this.outdoor_C = outdoor_C;
    this.weather = {
      outdoorK: () => this.outdoor_C + ZERO_C_K,
      irradianceWPerM2: () => 0,
      // A dew point of 10 °C: the coil stays dry.
      humidityRatio: () => 0.0076,
    };
  }

  goTo(seconds: number, room: { heat_gain: number }, rig: FaultyRig): void {
    this.warm(seconds);
    this.seconds = seconds;
    while (this.next < this.scene.length && seconds >= this.scene[this.next].at_s) {
      const { heat_gain_W, fault, amount } = this.scene[this.next++];
      if (heat_gain_W !== undefined) room.heat_gain = heat_gain_W;
      const problem = fault === undefined ? null : rig.inject(fault, amount);
      if (problem !== null) throw new Error(problem);
    }
  }

  /** Outdoors goes straight to where the next step wants it. */
  private warm(seconds: number): void {
    const target = this.scene.slice(this.next).find((step) => step.outdoor_C !== undefined);
    if (target?.outdoor_C === undefined || seconds >= target.at_s) return;
    const share = (seconds - this.seconds) / (target.at_s - this.seconds);
    this.outdoor_C += share * (target.outdoor_C - this.outdoor_C);
  }
}

function addNoise(rig: FaultyRig, { seed, noise_K }: LockstepOrder): void {
  const normal = normalSource(seed);
  rig.plant.inject('noise', {
    sensed(sensed) {
      sensed.roomK += noise_K * normal();
      sensed.coldInletK += noise_K * normal();
    },
  });
}

run(workerData as LockstepOrder);
