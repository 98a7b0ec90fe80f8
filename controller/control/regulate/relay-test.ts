/**
 * Relay autotuning (Astrom & Hagglund, Automatica 20, 1984, 645-651): the output jumps between two values whenever the
 * temperature leaves a hysteresis around the set-point, and the loop swings by itself near its ultimate frequency.
 * Pure: a state, a sample, the next state. The centre of the two values moves until the machine spends about as long
 * on either, so that a load nobody asked about does not bend the result; what counts are periods with one centre.
 */
export interface RelayOptions {
  /** The temperature to swing around. */
  readonly setpoint_C: number;
  /** Half the jump of the output, U. */
  readonly amplitude_U: number;
  /** Half the width of the hysteresis, K; above the noise of the mean. */
  readonly hysteresis_K: number;
  readonly lowest_U: number;
  readonly highest_U: number;
  /** Further from the set-point than this the test ends, K. */
  readonly most_K: number;
  /** A test takes no longer than this, device s. */
  readonly longest_s: number;
  /** −1 where more output lowers the temperature, as with a cooler; else 1. */
  readonly sign: 1 | -1;
}

export interface RelaySample {
  readonly device_s: number;
  readonly measured_C: number;
  /** The output from this sample to the next, U. */
  readonly output_U: number;
}

export interface RelayState {
  readonly kind: 'swinging' | 'done' | 'failed';
  /** The output now, U. */
  readonly output_U: number;
  readonly centre_U: number;
  readonly isHigh: boolean;
  /** Every sample since the centre moved last, in order. */
  readonly samples: readonly RelaySample[];
  /** Indexes of samples at which a period began: the output jumped up. */
  readonly starts: readonly number[];
  /** One sentence: how far it is, or why it ended. */
  readonly sentence: string;
  readonly began_s: number;
}

/** Periods that must be alike, after a first one that is not looked at. */
export const PERIODS_ALIKE = 3;
/** Alike: no period and no swing differs from their mean by more than this share. */
const ALIKE = 0.1;
/** The centre moves where the halves of a period differ by more than this share of it. */
const LOPSIDED = 0.2;
const MOST_SAMPLES = 5_000;

/** A sentence where the test cannot begin. */
export function beginRelay(
  options: RelayOptions,
  output_U: number,
  measured_C: number,
  device_s: number,
): RelayState | string {
  const { amplitude_U, lowest_U, highest_U, most_K, setpoint_C } = options;
  const room = highest_U - lowest_U;
  if (2 * amplitude_U > room)
    return `The relay test needs an output range of twice its amplitude ${amplitude_U}; allowed is ${lowest_U} to ${highest_U}: give a smaller amplitude.`;
  if (!(Math.abs(measured_C - setpoint_C) <= most_K))
    return `The house is at ${measured_C.toFixed(2)} °C, ${setpoint_C.toFixed(1)} °C ± ${most_K} K are allowed at the start of the relay test: let the regulator bring it there first.`;
  const centre_U = clamp(output_U, lowest_U + amplitude_U, highest_U - amplitude_U);
  const isHigh = (measured_C - setpoint_C) * options.sign < 0;
  return {
    kind: 'swinging',
    output_U: centre_U + (isHigh ? amplitude_U : -amplitude_U),
    centre_U,
    isHigh,
    samples: [],
    starts: [],
    sentence: 'The relay test has begun.',
    began_s: device_s,
  };
}

/** A sample without a number changes nothing; too many of them end in `longest_s`. */
export function relayStep(
  state: RelayState,
  options: RelayOptions,
  measured_C: number,
  device_s: number,
): RelayState {
  if (state.kind !== 'swinging') return state;
  const { setpoint_C, hysteresis_K, most_K, longest_s, sign } = options;
  if (device_s - state.began_s > longest_s)
    return fail(
      state,
      `no ${PERIODS_ALIKE} periods alike within ${longest_s} s; ${shown(state)}. Raise the amplitude, or look for what disturbs the house.`,
    );
  if (!Number.isFinite(measured_C)) return state;
  const error = (measured_C - setpoint_C) * sign;
  if (Math.abs(error) > most_K)
    return fail(
      state,
      `the temperature went to ${measured_C.toFixed(2)} °C, more than ${most_K} K from the set-point: the output range does not hold the house here.`,
    );
  if (state.samples.length >= MOST_SAMPLES)
    return fail(state, `${MOST_SAMPLES} samples without ${PERIODS_ALIKE} periods alike; sample less often.`);
  const isHigh = error < -hysteresis_K ? true : error > hysteresis_K ? false : state.isHigh;
  const output_U = state.centre_U + (isHigh ? options.amplitude_U : -options.amplitude_U);
  const samples = [...state.samples, { device_s, measured_C, output_U }];
  const next = { ...state, isHigh, output_U, samples };
  return isHigh && !state.isHigh ? beginPeriod(next, options) : next;
}

function beginPeriod(state: RelayState, options: RelayOptions): RelayState {
  const starts = [...state.starts, state.samples.length - 1];
  const next = { ...state, starts };
  if (starts.length < 2) return next;
  const lopsided = highShare(next) - 0.5;
  const centre_U = clamp(
    state.centre_U + 2 * lopsided * options.amplitude_U,
    options.lowest_U + options.amplitude_U,
    options.highest_U - options.amplitude_U,
  );
  if (2 * Math.abs(lopsided) > LOPSIDED && centre_U !== state.centre_U) {
    return {
      ...next,
      centre_U,
      output_U: centre_U + options.amplitude_U,
      samples: [],
      starts: [],
      sentence: `The output now swings around ${centre_U.toPrecision(3)}, where the house is in balance.`,
    };
  }
  const sentence = `${shown(next)}, ${PERIODS_ALIKE} alike are needed.`;
  return areAlike(next) ? { ...next, kind: 'done', sentence: `${shown(next)}.` } : { ...next, sentence };
}

/** Share of the last period in which the output was high. */
function highShare({ samples, starts }: RelayState): number {
  const [from, to] = starts.slice(-2);
  let high = 0;
  for (let i = from; i < to; i++)
    if (samples[i].output_U === samples[from].output_U) high += samples[i + 1].device_s - samples[i].device_s;
  return high / (samples[to].device_s - samples[from].device_s);
}

/** Length and half swing of every whole period. */
export function periodsOf({ samples, starts }: RelayState): { period_s: number; swing_K: number }[] {
  return starts.slice(1).map((to, k) => {
    const within = samples.slice(starts[k], to + 1).map(({ measured_C }) => measured_C);
    return {
      period_s: samples[to].device_s - samples[starts[k]].device_s,
      swing_K: (Math.max(...within) - Math.min(...within)) / 2,
    };
  });
}

/** The first period after the centre moved is a transient. */
function areAlike(state: RelayState): boolean {
  const last = periodsOf(state).slice(1).slice(-PERIODS_ALIKE);
  if (last.length < PERIODS_ALIKE) return false;
  return (['period_s', 'swing_K'] as const).every((key) => {
    const mean = last.reduce((sum, one) => sum + one[key], 0) / last.length;
    return last.every((one) => Math.abs(one[key] - mean) <= ALIKE * mean);
  });
}

function shown(state: RelayState): string {
  const last = periodsOf(state).at(-1);
  if (last === undefined) return 'no whole period yet';
  return `period ${state.starts.length - 1} took ${last.period_s.toFixed(0)} s and swung ±${last.swing_K.toFixed(2)} K`;
}

const fail = (state: RelayState, why: string): RelayState => ({
  ...state,
  kind: 'failed',
  sentence: `The relay test ended without a result: ${why}`,
});

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
