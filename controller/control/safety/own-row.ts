/**
 * A row that a rig file adds. It is looked at while there is a reading, and where it names figures of a cycle, once a
 * whole cycle of the run was read. A reading that is then missing (NaN: an open or impossible sensor) leaves the
 * condition unknown, and unknown counts as met where the row stops or aborts: a machine is not run on a guess.
 */
import { type Condition, parseCondition } from '../../../sim/index.ts';
import { CHANNELS } from '../../wire/channels.ts';
import { believed, type CycleSummary, type Status } from '../line/readings.ts';
import type { OwnInterlock } from '../rig/interlock-settings.ts';
import { round, type Interlock, type Observation } from './interlock.ts';

/** Columns of telemetry that no device reading or summary holds. */
const NOT_READ = ['setpoint_C', 'link_age_ms', 'round_trip_ms', 'skipped', 'cop_material', 'cop_system'];

const unitsOf = (group: 'tick' | 'cycle'): Map<string, string> =>
  new Map(
    CHANNELS[group].filter(({ name }) => !NOT_READ.includes(name)).map(({ name, unit }) => [name, unit]),
  );

const OF_TICK = unitsOf('tick');
const OF_CYCLE = unitsOf('cycle');
/** What a condition may name, with its unit. */
export const CONDITION_CHANNELS: ReadonlyMap<string, string> = new Map([...OF_TICK, ...OF_CYCLE]);

export function ownRow(settings: OwnInterlock): Interlock | string {
  const condition = parseCondition(settings.when, { kind: 'channel', units: CONDITION_CHANNELS });
  if (typeof condition === 'string') return `when: ${condition}`;
  return {
    key: settings.key,
    when: settings.when,
    action: settings.action,
    debounceMs: settings.debounce_ms,
    offDelayMs: settings.off_delay_ms,
    latched: settings.latched,
    bypassable: settings.bypassable,
    ...(settings.states === undefined ? {} : { states: settings.states }),
    check: checkOf(settings, condition),
    remedy: settings.remedy,
  };
}

function checkOf({ action, cause, when }: OwnInterlock, { judge, names }: Condition): Interlock['check'] {
  const needsCycle = names.some((name) => OF_CYCLE.has(name));
  const stopsOnUnknown = action === 'stop' || action === 'abort';
  return (o) => {
    if (o.status === null || (needsCycle && o.summary === null)) return null;
    const values = Object.fromEntries(names.map((name) => [name, valueOf(o, name)]));
    const verdict = judge(values);
    const measured = names.map((name) => `${name} ${round(values[name] ?? Number.NaN)}`).join(', ');
    if (verdict === null && stopsOnUnknown)
      return `It cannot be known whether ${when} (${measured}): a reading is missing. If it is so: ${cause}`;
    return verdict === true ? `${cause} (${measured}; not allowed: ${when}).` : null;
  };
}

/** NaN where the reading is not there or no working sensor gives it. */
function valueOf({ status, summary }: Observation, name: string): number {
  const readings = OF_CYCLE.has(name) ? summary : status;
  return readings === null ? Number.NaN : believed(name, pick(readings, name));
}

/** `cell_3_max_C` is the third of `cell_max_C`. */
function pick(readings: Status | CycleSummary, name: string): number {
  const all = readings as unknown as Readonly<Record<string, number | readonly number[]>>;
  const [, cell] = /^cell_(\d+)_/.exec(name) ?? [];
  const value = all[cell === undefined ? name : name.replace(`cell_${cell}_`, 'cell_')];
  return typeof value === 'number' ? value : (value?.[Number(cell) - 1] ?? Number.NaN);
}
