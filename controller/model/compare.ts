/**
 * Thermostat, PID and PID with feed-forward on the same house: a pull-down, a step of the load, a hot day. The house is
 * not the one that the feed-forward was computed for: a fifth more goes through its walls, and somebody is at home.
 */
import type { OutputMap, Preset, Weather } from '../../sim/index.ts';
import type { FeedForwardTable } from '../control/regulate/feed-forward.ts';
import { pidPlan } from '../control/regulate/settings.ts';
import type { RigFile } from '../control/rig-file.ts';
import { type Rehearsal, rehearse } from './rehearsal.ts';
import { slowStage } from './stage.ts';

export const HANDS = ['thermostat', 'pid', 'pid_feed_forward'] as const;
export type Hand = (typeof HANDS)[number];

/** How long the house is held before what counts begins, and how long that is, s. */
const SCENE = {
  pull_down: { before_s: 0, counted_s: 3600 },
  load_step: { before_s: 7200, counted_s: 1800 },
  weather_step: { before_s: 7200, counted_s: 1800 },
  hot_day: { before_s: 7200, counted_s: 86_400 },
} as const;
export type SceneName = keyof typeof SCENE;
export const SCENES = Object.keys(SCENE) as readonly SceneName[];

export interface Outcome {
  readonly scene: SceneName;
  readonly hand: Hand;
  /** Mean of |house − set-point| over the time that counts, K; with its length, s, the IAE. */
  readonly mean_error_K: number;
  readonly counted_s: number;
  /** Furthest below and above the set-point in that time, K. */
  readonly below_K: number;
  readonly above_K: number;
  readonly starts: number;
  readonly electric_kJ: number;
}

const TRANSMITTANCE_SHARE = 1.2;
const AT_HOME_W = 40;
const STEP_W = 100;
const STEP_K = 5;

export interface Company {
  readonly preset: Preset;
  readonly rig: RigFile;
  readonly map: OutputMap;
  readonly table: FeedForwardTable;
  /** Of the hot day. */
  readonly weather: Weather;
}

export function compare(company: Company, scene: SceneName, hand: Hand): Outcome {
  const { preset, map, weather } = company;
  const { pid } = company.rig.regulator;
  if (pid === undefined) throw new RangeError('nothing to compare without regulator.pid');
  const plan = pidPlan(pid);
  const house = leaky(preset);
  const steady = constantWeather(preset);
  const outdoor = { addK: 0 };
  const weathers: Record<SceneName, Weather> = {
    pull_down: steady,
    load_step: steady,
    weather_step: { ...steady, outdoorK: (timeS) => steady.outdoorK(timeS) + outdoor.addK },
    hot_day: weather,
  };
  const stage = slowStage(house, map, plan.manipulated, weathers[scene]);
  const rig = inHand(company.rig, hand);
  const run = rehearse(
    stage,
    rig,
    hand === 'pid_feed_forward' ? company.table : limitsOnly(company.table, hand),
  );
  const { before_s, counted_s } = SCENE[scene];
  run.play(before_s);
  if (scene === 'load_step') stage.setHeatGain(AT_HOME_W + STEP_W);
  if (scene === 'weather_step') outdoor.addK = STEP_K;
  const from = { starts: run.starts(), kJ: stage.electricKJ() };
  const error = watchError(run, counted_s, scene === 'pull_down');
  return {
    scene,
    hand,
    ...error,
    starts: run.starts() - (before_s > 0 ? from.starts : 0),
    electric_kJ: stage.electricKJ() - from.kJ,
  };
}

/** `isPullDown`: what is above counts from the set-point on. */
function watchError(run: Rehearsal, seconds: number, isPullDown: boolean) {
  let [sum, below_K, above_K] = [0, 0, 0];
  let last = Number.NaN;
  let reached = !isPullDown;
  run.play(seconds, ({ time_s, room_C }) => {
    const error = room_C - run.regulator.setpointC();
    if (!Number.isNaN(last)) sum += Math.abs(error) * (time_s - last);
    last = time_s;
    reached ||= error <= 0;
    below_K = Math.max(below_K, -error);
    if (reached) above_K = Math.max(above_K, error);
  });
  return { mean_error_K: sum / seconds, counted_s: seconds, below_K, above_K };
}

function leaky(preset: Preset): Preset {
  const { room } = preset.device;
  const wall_transmittance = TRANSMITTANCE_SHARE * room.wall_transmittance;
  const changed = { ...room, wall_transmittance, heat_gain: room.heat_gain + AT_HOME_W };
  return { ...preset, device: { ...preset.device, room: changed } };
}

const constantWeather = ({ device }: Preset): Weather => ({
  outdoorK: () => device.room.outdoor_temperature,
  irradianceWPerM2: () => 0,
  humidityRatio: () => 0.0076,
});

/** Without feed-forward the table still says beyond which output the machine cools less again. */
const limitsOnly = (table: FeedForwardTable, hand: Hand): FeedForwardTable | null =>
  hand === 'thermostat' ? null : table;

function inHand(rig: RigFile, hand: Hand): RigFile {
  const { regulator } = rig;
  if (regulator.pid === undefined) return rig;
  const pid = { ...regulator.pid, feed_forward: hand === 'pid_feed_forward' };
  return { ...rig, regulator: { ...regulator, kind: hand === 'thermostat' ? 'thermostat' : 'pid', pid } };
}
