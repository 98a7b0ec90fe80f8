/**
 * Rows of the interlock table that ask, over cycles, whether the machine still answers as it did. The limits leave
 * room for what a healthy kilowatt machine does by itself in an hour on its house (measured against its cycles 11 to
 * 20: peak force -2.2 to +1.0 %, stroke 0.1 %, loop area +18 %; from cycle to cycle 0.5 % after the third).
 *
 * Run at 1 Hz instead of 3.5 its cells stay 6 K cooler at their warmest, at 0.15 Hz 10 K, and its peak force falls by 6
 * and by 10 %, which is no fatigue. With `force_percent_per_K` the force is compared as it would be at the warmth of the
 * beginning; then 1 % is left of it (measured).
 */
import { abort, type Interlock, type Observation, round, stop, warn } from '../interlock.ts';
import type { CycleMeans } from './cycle-watch.ts';

const FORCE_DRIFT = 0.08;
const STROKE_DRIFT = 0.05;
const LOOP_DRIFT = 0.5;
const FORCE_STEP = 0.08;
/** Share of the peak stress that may be lost while strain rises. */
const FALL = 0.04;
/** A wrong reply may be an accident of noise once in 65,536 frames; three in a second are none. */
const WRONG_REPLIES = 3;
/** Of 50 ticks a second; one lost reply costs some six. */
const WAITED_TICKS = 15;
const ONE_WAY_CYCLES = 2;
/** Outlets of a machine whose hot loop is not far colder than its cold one. */
const CROSSED_K = 1;
const LEAST_LIFT_K = -5;

export const REPLIES: readonly Interlock[] = [
  {
    ...abort,
    key: 'wrong_reply',
    when: `${WRONG_REPLIES} replies in a second that belong to another exchange`,
    check: ({ response: { wrongReplies } }) =>
      wrongReplies < WRONG_REPLIES
        ? null
        : `${wrongReplies} replies in the last second belonged to another exchange, allowed ${WRONG_REPLIES - 1}; none was believed: a gateway that answers from memory, two devices with one address, or a faulty device.`,
    remedy: 'Look at what stands between controller and device, then CLEAR.',
  },
];

export const RESPONSE: readonly Interlock[] = [
  {
    ...stop,
    key: 'force_drop',
    when: `stress falls by ${100 * FALL} % of its peak while strain rises, or the peak force by ${100 * FORCE_STEP} % from one cycle to the next`,
    bypassable: true,
    check: ({ response: { step, shape } }) => {
      if (shape !== null && shape.fall_MPa > FALL * shape.peak_MPa)
        return `Stress fell by ${round(shape.fall_MPa)} MPa while strain rose, at ${round(shape.fall_strain_percent)} %, allowed ${round(FALL * shape.peak_MPa)} MPa: a tube broke or buckled.`;
      if (step === null || step.after_kN >= (1 - FORCE_STEP) * step.before_kN) return null;
      return `The peak force fell from ${round(step.before_kN)} to ${round(step.after_kN)} kN from one cycle to the next, allowed are ${100 * FORCE_STEP} %: a tube broke or buckled.`;
    },
    remedy: 'Inspect the tubes before the next RESET.',
  },
  drift(
    'stroke_drift',
    'stroke_mm',
    'stroke',
    'mm',
    STROKE_DRIFT,
    'a slipping brake or coupling, or the stroke sensor',
  ),
  {
    ...stop,
    key: 'force_drift',
    when: `peak force more than ${100 * FORCE_DRIFT} % off its mean at the beginning of the run, for cells as warm as they are now`,
    bypassable: true,
    check: ({ rig, response: { reference, recent } }) => {
      if (reference === null || recent === null) return null;
      const warmer = recent.hottest_C - reference.hottest_C;
      const rise = Number.isNaN(warmer) ? 0 : (rig.plausibility.force_percent_per_K / 100) * warmer;
      const expected = reference.force_kN * (1 + rise);
      if (!(Math.abs(recent.force_kN / expected - 1) > FORCE_DRIFT)) return null;
      const cause = 'tubes that fatigue, or a drifting load cell';
      if (rise === 0) return driftSentence('peak force', recent.force_kN, expected, 'kN', FORCE_DRIFT, cause);
      return `The peak force is ${round(recent.force_kN)} kN, with cells as warm as ${round(recent.hottest_C)} °C it should be ${round(expected)} kN by the beginning of this run, allowed are ±${100 * FORCE_DRIFT} %: ${cause}.`;
    },
    remedy: 'Find out what changed before the next RESET.',
  },
  drift(
    'loop_area_drift',
    'loop_J',
    'work of a cycle',
    'J',
    LOOP_DRIFT,
    'friction, tubes that fatigue, or a drifting load cell',
  ),
  {
    ...stop,
    key: 'blow_missing',
    when: `fluid leaves through one port only, ${ONE_WAY_CYCLES} cycles long`,
    bypassable: true,
    check: ({ response: { oneWayCycles } }) =>
      oneWayCycles < ONE_WAY_CYCLES
        ? null
        : `Fluid left through one port only in ${oneWayCycles} cycles: a valve that sticks, or a flow meter that is stuck.`,
    remedy: 'Check change-over valves and flow meter, then RESET.',
  },
  {
    ...stop,
    key: 'outlets_crossed',
    when: `the cold outlet is ${CROSSED_K} K warmer than the hot one, from the fifth cycle on`,
    bypassable: true,
    check: (o) => {
      if (o.summary === null || o.cyclesRun < 5) return null;
      const { cold_outlet_mean_C: cold, hot_outlet_mean_C: hot, temperature_lift_K } = o.summary;
      if (!(cold > hot + CROSSED_K) || temperature_lift_K < LEAST_LIFT_K) return null;
      return `The cold outlet is at ${round(cold)} °C, the hot one at ${round(hot)} °C: the sensors are swapped, or the blows come at the wrong time.`;
    },
    remedy: 'Compare the outlet thermometers at rest and the timing of the valves, then RESET.',
  },
  {
    ...stop,
    key: 'frozen_sensor',
    when: 'a reading that does not move by one count while the machine cycles',
    bypassable: true,
    check: ({ response: { frozen } }) =>
      frozen === null
        ? null
        : `${frozen.name} has read exactly ${round(frozen.value)} for ${frozen.cycles} cycles: a stuck sensor or a dead converter.`,
    remedy: 'Check that sensor and its converter, then RESET.',
  },
  {
    ...stop,
    key: 'cycle_budget',
    when: 'the device has counted more cycles than cycle_budget',
    check: (o) => {
      const { cycle_budget } = o.rig;
      if (cycle_budget === undefined || o.status === null || o.status.cycle_number <= cycle_budget)
        return null;
      return `The device has counted ${o.status.cycle_number} cycles, the budget of the specimen is ${cycle_budget}.`;
    },
    remedy: 'Inspect or change the tubes; then set cycle_budget in the rig file anew.',
  },
];

export const REPLY_ADVICE: readonly Interlock[] = [
  {
    ...warn,
    key: 'late_replies',
    when: `more than ${WAITED_TICKS} of 50 ticks a second had to wait for the reply before`,
    bypassable: true,
    tuning: { longestDebounceMs: 10_000 },
    check: ({ response: { waitedTicks } }) =>
      waitedTicks <= WAITED_TICKS
        ? null
        : `${waitedTicks} of 50 ticks in the last second had to wait for the reply before, allowed ${WAITED_TICKS}: losses on the line, a slow device or a slow line.`,
    remedy: 'Check cable, termination and baudRate.',
  },
];

function drift(
  key: string,
  quantity: keyof CycleMeans,
  title: string,
  unit: string,
  allowed: number,
  cause: string,
): Interlock {
  return {
    ...stop,
    key,
    when: `${title} more than ${100 * allowed} % off its mean at the beginning of the run`,
    bypassable: true,
    check: ({ response: { reference, recent } }: Observation) => {
      if (reference === null || recent === null) return null;
      const change = recent[quantity] / reference[quantity] - 1;
      if (!(Math.abs(change) > allowed)) return null;
      return driftSentence(title, recent[quantity], reference[quantity], unit, allowed, cause);
    },
    remedy: 'Find out what changed before the next RESET.',
  };
}

function driftSentence(
  title: string,
  recent: number,
  reference: number,
  unit: string,
  allowed: number,
  cause: string,
): string {
  return `The ${title} is ${round(recent)} ${unit}, ${round(reference)} ${unit} at the beginning of this run, allowed are ±${100 * allowed} %: ${cause}.`;
}
