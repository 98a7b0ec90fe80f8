/**
 * The second pair of eyes: rows of the interlock table that ask whether the machine answers as such a machine must,
 * and rows that only warn.
 */
import { DRIVE_STATE, WATCHDOG_STATE } from '../../protocol/register-map.ts';
import { abort, hold, reading, round, stop, warn, type Interlock, type Observation } from './interlock.ts';
import { impossibleReading } from '../line/readings.ts';
import { expectedEnable } from '../state/state-machine.ts';

/** Device time of one cycle as it passes on the host's clock, ms. */
const periodMs = (o: Observation): number =>
  1000 / (o.rig.recipe.frequency_Hz * Math.max(1, o.status?.acceleration ?? 1));

/** First of all rows that look at readings: what no sensor gives must not be taken for what it would mean. */
export const SENSORS: readonly Interlock[] = [
  {
    ...stop,
    key: 'impossible_reading',
    when: 'a reading that no working sensor gives',
    tuning: { longestDebounceMs: 500 },
    // A single one may be noise that passed the checksum; a device that tripped on it confirms it.
    debounceMs: (o) => (o.status?.fault_word ? 0 : 60),
    check: reading((status) => {
      const sentence = impossibleReading(status);
      return sentence === null ? null : `${sentence}: an open, shorted or crossed sensor.`;
    }),
    remedy: 'Check the wiring of that sensor, then RESET.',
  },
];

export const PLAUSIBILITY: readonly Interlock[] = [
  {
    ...stop,
    key: 'stroke_without_force',
    when: 'stroke of at least plausibility.loaded_stroke_mm at less than unloaded_force_kN',
    bypassable: true,
    tuning: { longestDebounceMs: 200 },
    debounceMs: 60,
    check: reading((status, o) => {
      const { loaded_stroke_mm, unloaded_force_kN } = o.rig.plausibility;
      if (!(status.stroke_mm >= loaded_stroke_mm && status.force_kN < unloaded_force_kN)) return null;
      return `Stroke ${round(status.stroke_mm)} mm at a force of ${round(status.force_kN)} kN, at least ${unloaded_force_kN} kN expected: a broken or buckled tube, or a dead force sensor.`;
    }),
    remedy: 'Inspect tubes and force sensor before the next CLEAR or RESET.',
  },
  {
    ...abort,
    key: 'force_without_stroke',
    when: 'force of at least plausibility.jam_force_kN at a stroke below jam_stroke_mm',
    tuning: { longestDebounceMs: 200 },
    debounceMs: 60,
    check: reading((status, o) => {
      const { jam_force_kN, jam_stroke_mm } = o.rig.plausibility;
      if (!(status.force_kN >= jam_force_kN && status.stroke_mm < jam_stroke_mm)) return null;
      return `Force ${round(status.force_kN)} kN at a stroke of ${round(status.stroke_mm)} mm, at least ${jam_stroke_mm} mm expected: a jam, or a dead stroke sensor.`;
    }),
    remedy: 'Free the load train, check the stroke sensor, then CLEAR.',
  },
  {
    ...abort,
    key: 'enable_mismatch',
    when: 'enable is on where the state says off, or off where it says on; not in manual mode or shadow',
    tuning: { longestDebounceMs: 500 },
    debounceMs: 100,
    check: reading((status, o) => {
      if (o.mode === 'manual' || o.mode === 'shadow') return null;
      const expected = expectedEnable(o.state);
      const off = status.drive_state === DRIVE_STATE.disabled || status.drive_state === DRIVE_STATE.tripped;
      if (expected === null || expected !== off) return null;
      return `Enable should be ${expected ? 'on' : 'off'} in ${o.state}, the device says ${off ? 'off' : 'on'}: it was switched by someone else or a relay sticks.`;
    }),
    remedy:
      'Find out what switched the drive; if it stays on, press the hard-wired emergency stop. Then CLEAR.',
  },
  {
    ...stop,
    key: 'no_flow',
    when: 'less than 0.3 of the flow of the recipe, over two cycles at least; in EXECUTE',
    bypassable: true,
    tuning: { weakest: 'hold', longestDebounceMs: 60_000 },
    debounceMs: (o) => Math.max(500, 2 * periodMs(o)),
    check: reading((status, o) => {
      const commanded = o.rig.recipe.blow_flow_kg_per_s;
      // Without a flow meter the temperatures must tell.
      if (status.absent.includes('flow_kg_per_s')) return null;
      if (o.state !== 'EXECUTE' || Math.abs(status.flow_kg_per_s) >= 0.3 * commanded || commanded === 0)
        return null;
      return `Flow stays at ${round(status.flow_kg_per_s)} kg/s over two cycles, ${commanded} kg/s commanded: pump off, valves stuck or a dead flow sensor.`;
    }),
    remedy: 'Check pump and valves, then RESET.',
  },
  {
    ...hold,
    key: 'no_temperature_swing',
    when: 'no cell swings by 1 K in a cycle, from the fifth cycle on',
    // The hold ends the cycles that showed it, and whoever comes must still see why.
    latched: true,
    bypassable: true,
    tuning: { weakest: 'warn', longestDebounceMs: 60_000 },
    check: (o) => {
      if (o.summary === null || o.cyclesRun < 5) return null;
      const { cell_max_C, cell_min_C } = o.summary;
      const largest = Math.max(...cell_max_C.map((high, i) => high - (cell_min_C[i] ?? high)));
      if (largest >= 1) return null;
      return `No cell swings by more than ${round(largest)} K in a cycle, at least 1 K expected: the material does not transform or the sensors are frozen.`;
    },
    remedy: 'Check stroke, strain_percent and the temperature sensors, then UNHOLD.',
  },
];

export const ADVICE: readonly Interlock[] = [
  {
    ...warn,
    key: 'unprotected',
    when: 'the watchdog of the device is not proven to be armed; not in shadow',
    debounceMs: 500,
    check: reading((status, o) =>
      o.mode === 'shadow' || (o.watchdogVerified && status.watchdog_state !== WATCHDOG_STATE.disarmed)
        ? null
        : 'UNPROTECTED: the watchdog of the device is not proven to be armed; it would not stop if this program died.',
    ),
    remedy: 'Read the device manual on its host watchdog; RESET tries to arm it again.',
  },
  {
    ...warn,
    key: 'proof_test_overdue',
    when: 'a proof test of this device is overdue; never on a virtual rig',
    check: (o) => o.proofsOverdue,
    remedy:
      'Go through the proof tests on the page or with `npx elastocool proof-test`, with the engineer at the machine; SAFETY.md says why.',
  },
  {
    ...warn,
    key: 'energy_balance',
    when: 'heat rejected, cooling and work of a cycle do not add up',
    bypassable: true,
    tuning: { longestDebounceMs: 60_000 },
    debounceMs: 10_000,
    check: (o) => {
      if (o.summary === null) return null;
      const { cooling_power_W, heating_power_W, mechanical_power_W, pump_power_W } = o.summary;
      const left = heating_power_W - cooling_power_W - mechanical_power_W;
      const allowed = 50 + 0.15 * Math.abs(heating_power_W) + pump_power_W;
      if (Math.abs(left) <= allowed) return null;
      return `Heat rejected minus cooling minus work is ${round(left)} W, allowed ${round(allowed)} W: a drifting sensor or a leaking valve.`;
    },
    remedy: 'Compare the four fluid temperatures at rest and check the valves.',
  },
  {
    ...warn,
    key: 'loop_overrun',
    when: 'at least 5 of 50 ticks of the control loop skipped or late',
    bypassable: true,
    tuning: { longestDebounceMs: 10_000 },
    check: (o) =>
      o.overruns < 5
        ? null
        : `${o.overruns} ticks of the control loop came later than a period in the last second, allowed 4: this computer is too slow.`,
    remedy: 'Free the computer or use a faster one.',
  },
];
