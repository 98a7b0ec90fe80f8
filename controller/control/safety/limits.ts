/**
 * The interlocks, one row each: when it is true, for how long, what follows, what to tell a person. The rows stand in
 * the order of their claim to be the first-out cause where several become true in the same tick. `interlock-bank.ts`
 * evaluates them. The firmware holds its own limits; these are the second line.
 */
import { FAULT_BITS, WATCHDOG_STATE } from '../../protocol/register-map.ts';
import type { Fault } from '../../wire/messages.ts';
import { abort, reading, round, stop, type Interlock } from './interlock.ts';
import { OPERATOR_LOST } from './operator-lost.ts';
import { REPLIES, REPLY_ADVICE, RESPONSE } from './response/rows.ts';
import { ADVICE, PLAUSIBILITY, SENSORS } from './second-look.ts';

const link: readonly Interlock[] = [
  {
    ...abort,
    key: 'lost_link',
    when: 'no valid reply within limits.data_age_ms, or the port ended',
    check: (o) => {
      if (o.linkLost !== null) return `The link is lost: ${o.linkLost}`;
      const allowed = o.rig.limits.data_age_ms;
      if (o.replyAgeMs === null || o.replyAgeMs <= allowed) return null;
      return `The link is lost: no valid reply for ${round(o.replyAgeMs)} ms, allowed ${allowed} ms. ${o.response.missed ?? 'Cable, power or a busy device?'}`;
    },
    remedy: 'Check cable and power; when the link is up again, CLEAR. Nothing resumes by itself.',
  },
  {
    ...abort,
    key: 'device_restarted',
    when: 'the device clock went backwards',
    check: (o) =>
      o.restarted ? 'The device clock went backwards: the device restarted, a brown-out?' : null,
    remedy: 'Check the supply of the electronics, then CLEAR; limits and watchdog are written again.',
  },
  {
    ...abort,
    key: 'stale_data',
    when: 'the device answers, but its clock stands still for limits.data_age_ms',
    check: (o) => {
      const allowed = o.rig.limits.data_age_ms;
      const isAnswering = o.replyAgeMs !== null && o.replyAgeMs <= allowed;
      if (!isAnswering || o.clockAgeMs === null || o.clockAgeMs <= allowed) return null;
      return `The readings are stale: the device answers, but its clock stands still for ${round(o.clockAgeMs)} ms, allowed ${allowed} ms: the firmware hangs.`;
    },
    remedy: 'Restart the device, then CLEAR.',
  },
];

const machine: readonly Interlock[] = [
  {
    ...abort,
    key: 'over_stress',
    when: 'cell stress, now or the peak of the last cycle, above limits.stress_MPa',
    check: reading((status, o) => {
      const measured = Math.max(status.stress_MPa, o.summary?.peak_stress_MPa ?? Number.NEGATIVE_INFINITY);
      const allowed = o.rig.limits.stress_MPa;
      if (!(measured > allowed)) return null;
      return `Cell stress is ${round(measured)} MPa, allowed ${allowed} MPa: stroke too long or cells too warm to transform.`;
    }),
    remedy: 'Lower strain_percent, let the cells cool, then CLEAR.',
  },
  {
    ...abort,
    key: 'over_pressure',
    when: 'pressure drop, now or the peak of the last cycle, above limits.pressure_bar',
    check: reading((status, o) => {
      const measured = Math.max(Math.abs(status.pressure_bar), o.summary?.peak_pressure_bar ?? 0);
      const allowed = o.rig.limits.pressure_bar;
      if (!(measured > allowed)) return null;
      return `Pressure drop is ${round(measured)} bar, allowed ${allowed} bar: a shut valve, a blocked gap or too much flow.`;
    }),
    remedy: 'Check valves and filters, lower blow_flow_kg_per_s, then CLEAR.',
  },
  {
    ...abort,
    key: 'over_temperature',
    when: 'a cell above limits.temperature_high_C',
    tuning: { weakest: 'stop', longestDebounceMs: 1000 },
    debounceMs: 40,
    check: reading((status, o) => {
      const measured = Math.max(...status.cell_C);
      const allowed = o.rig.limits.temperature_high_C;
      if (!(measured > allowed)) return null;
      return `Cell ${status.cell_C.indexOf(measured) + 1} is at ${round(measured)} °C, allowed ${allowed} °C: too little flow or a warm hot loop.`;
    }),
    remedy: 'Check pump and hot exchanger, let the cells cool, then CLEAR.',
  },
  {
    ...abort,
    key: 'under_temperature',
    when: 'a cell below limits.temperature_low_C',
    tuning: { weakest: 'stop', longestDebounceMs: 1000 },
    debounceMs: 40,
    check: reading((status, o) => {
      const measured = Math.min(...status.cell_C);
      const allowed = o.rig.limits.temperature_low_C;
      if (!(measured < allowed)) return null;
      return `Cell ${status.cell_C.indexOf(measured) + 1} is at ${round(measured)} °C, allowed from ${allowed} °C: the fluid may freeze; too little flow or no load.`;
    }),
    remedy: 'Check the cold loop, let the cells warm up, then CLEAR.',
  },
  {
    ...abort,
    key: 'watchdog_tripped',
    when: 'the device says that its watchdog tripped',
    check: reading((status) =>
      status.watchdog_state === WATCHDOG_STATE.tripped
        ? 'The watchdog of the device tripped: no heartbeat reached it in time; the host or the line was too slow.'
        : null,
    ),
    remedy: 'Look at the lateness of the control loop and at the line errors, then CLEAR.',
  },
];

const faultBit = (
  bit: keyof typeof FAULT_BITS,
  key: string,
  sentence: string,
  remedy: string,
  action: Fault['action'] = 'abort',
): Interlock => ({
  ...abort,
  action,
  key: `device_${key}`,
  when: `the device latched its fault bit ${FAULT_BITS[bit]} (${bit})`,
  check: reading((status) => ((status.fault_word >> FAULT_BITS[bit]) & 1 ? sentence : null)),
  remedy,
});

/** The firmware sees every sample; the host one tick in many. So these come before what the host sees by itself. */
const device: readonly Interlock[] = [
  faultBit(
    'emergencyStop',
    'emergency_stop',
    'The hard-wired emergency stop is open.',
    'Remove the danger, release the emergency stop, then CLEAR.',
  ),
  {
    ...abort,
    key: 'device_fault',
    when: 'a device of an assembly reports a fault of its own',
    check: reading(({ device_faults }) =>
      device_faults.length === 0 ? null : `A device reports a fault: ${device_faults.join('; ')}.`,
    ),
    remedy: 'Read the manual of that device on this fault, remove the cause, then CLEAR.',
  },
  faultBit(
    'overStress',
    'over_stress',
    'The device tripped on over-stress, possibly between two readings: stroke too long or cells too warm.',
    'Lower strain_percent, let the cells cool, then CLEAR.',
  ),
  faultBit(
    'overPressure',
    'over_pressure',
    'The device tripped on over-pressure, possibly between two readings: a shut valve or a blocked gap.',
    'Check valves and filters, then CLEAR.',
  ),
  faultBit(
    'overTemperature',
    'over_temperature',
    'The device tripped on over-temperature of a cell: too little flow or a warm hot loop.',
    'Check pump and hot exchanger, let the cells cool, then CLEAR.',
  ),
  faultBit(
    'underTemperature',
    'under_temperature',
    'The device tripped on under-temperature of a cell: the fluid may freeze.',
    'Check the cold loop, let the cells warm up, then CLEAR.',
  ),
  faultBit(
    'watchdog',
    'watchdog',
    'The device latched a watchdog fault: no heartbeat reached it in time.',
    'Look at the lateness of the control loop and at the line errors, then CLEAR.',
  ),
  faultBit(
    'badRecipe',
    'bad_recipe',
    'The device refused the recipe: a value is outside what its firmware allows.',
    'Compare the recipe of the rig file with the manual of the device, then CLEAR or RESET.',
    'stop',
  ),
];

/** The host itself. */
const host: readonly Interlock[] = [
  {
    ...stop,
    key: 'loop_stalled',
    when: 'a tick of the control loop came limits.data_age_ms late',
    check: (o) => {
      const allowed = o.rig.limits.data_age_ms;
      if (o.lateMs <= allowed) return null;
      return `The control loop stood still for ${round(o.lateMs)} ms, allowed ${allowed} ms: this computer is overloaded or went to sleep.`;
    },
    remedy: 'Free the computer or use a faster one, then RESET.',
  },
  {
    ...stop,
    key: 'preparation_failed',
    when: 'limits, watchdog or recipe do not read back as written',
    latched: false,
    check: (o) => o.preparationProblem,
    remedy: 'Compare the rig file with what the device allows, then RESET.',
  },
  {
    ...abort,
    key: 'no_proof',
    when: 'the device did not prove in time what a command should lead to',
    check: (o) => o.overdue,
    remedy:
      'Look at force and drive state; if the machine still moves, press the hard-wired emergency stop. Then CLEAR.',
  },
];

export const INTERLOCKS: readonly Interlock[] = [
  ...REPLIES,
  ...link,
  ...SENSORS,
  ...device,
  ...machine,
  ...PLAUSIBILITY,
  ...RESPONSE,
  ...host,
  OPERATOR_LOST,
  ...ADVICE,
  ...REPLY_ADVICE,
];
