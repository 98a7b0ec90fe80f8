/**
 * What a relay test says of the plant. The loop swings periodically, and of a linear plant the ratio of the first
 * harmonics of temperature and output is G(iω) exactly, whatever the shape of the swing and however the relay is
 * biased; the describing function, which takes the swing for a sine, is told beside it. The model goes exactly through
 * the first harmonic; its lag is the one that comes closest to the
 * third, where one does.
 */
import {
  type Complex,
  type ProcessModel,
  divide,
  frequencyResponse,
  modulus,
  multiply,
  turn,
} from './process-model.ts';
import { PERIODS_ALIKE, type RelayOptions, type RelayState, periodsOf } from './relay-test.ts';

export interface Identified {
  readonly model: ProcessModel;
  /** Of the swing: its period, and half its height. */
  readonly period_s: number;
  readonly swing_K: number;
  /** By the describing function of a relay with hysteresis: K_u ≈ 4d/(π √(a² − ε²)), U/K. */
  readonly describing_gain_U_per_K: number;
  /** |ln| of measured over modelled response at three times the frequency: how well one lag and a dead time fit. */
  readonly misfit: number;
}

/** From the last periods of a test that is done; a sentence where they do not look like such a plant. */
export function identify(state: RelayState, options: RelayOptions): Identified | string {
  const last = periodsOf(state).slice(-PERIODS_ALIKE);
  const mean = (key: 'period_s' | 'swing_K') => last.reduce((sum, one) => sum + one[key], 0) / last.length;
  const [period_s, swing_K] = [mean('period_s'), mean('swing_K')];
  const omega = (2 * Math.PI) / period_s;
  const first = response(state, omega);
  const third = response(state, 3 * omega);
  const fit = fitThrough(first, third, omega, options.sign);
  if (fit === null)
    return 'The relay test ended without a result: the temperature leads the output, so something else moves it.';
  const { amplitude_U, hysteresis_K } = options;
  return {
    ...fit,
    period_s,
    swing_K,
    describing_gain_U_per_K:
      (4 * amplitude_U) / (Math.PI * Math.sqrt(Math.max(swing_K ** 2 - hysteresis_K ** 2, 1e-12))),
  };
}

/** G(iω) over the last periods. */
function response({ samples, starts }: RelayState, omega: number): Complex {
  const [from, to] = [starts[starts.length - 1 - PERIODS_ALIKE], starts[starts.length - 1]];
  const span = samples.slice(from, to + 1);
  // From jump to jump: the temperature is at the same edge of the hysteresis on both ends.
  const edge = span[0].measured_C;
  let y: Complex = { re: 0, im: 0 };
  let u: Complex = { re: 0, im: 0 };
  for (let i = 1; i < span.length; i++) {
    const [p, q] = [span[i - 1], span[i]];
    y = add(y, lineIntegral(p.device_s, p.measured_C - edge, q.device_s, q.measured_C - edge, omega));
    u = add(u, lineIntegral(p.device_s, p.output_U, q.device_s, p.output_U, omega));
  }
  return divide(y, u);
}

/** ∫ e^(−iωt) of the straight line between two points, exactly. */
function lineIntegral(t0: number, v0: number, t1: number, v1: number, omega: number): Complex {
  const half = (t1 - t0) / 2;
  const x = omega * half;
  const even = x === 0 ? 1 : Math.sin(x) / x;
  const odd = x < 1e-3 ? x / 3 : (Math.sin(x) / x - Math.cos(x)) / x;
  const shape = { re: (v0 + v1) * half * even, im: -(v1 - v0) * half * odd };
  return multiply(turn(-omega * (t0 + half)), shape);
}

interface Fit {
  readonly model: ProcessModel;
  readonly misfit: number;
}

/** Lags tried, in periods of the swing; beyond, a lag cannot be told from an integrator. */
const LAGS = Array.from({ length: 121 }, (_, i) => 10 ** (-2 + i / 30));

/** Gain within a third and phase within 20° at three times the frequency: below that a lag counts as seen. */
const MOST_MISFIT = 0.35;

/**
 * Where no lag fits the third harmonic either (two lags, a swing lost in noise) the plant is taken as integrating: that
 * overstates its gain and its lag at lower frequencies, so a loop tuned for it is the calmer one.
 */
function fitThrough(first: Complex, third: Complex, omega: number, sign: number): Fit | null {
  const period_s = (2 * Math.PI) / omega;
  const fits = [Infinity, ...LAGS.map((share) => share * period_s)].flatMap((lag_s): Fit[] => {
    const model = throughFirst(first, lag_s, omega, sign);
    if (model === null) return [];
    return [{ model, misfit: logDistance(third, frequencyResponse(model, 3 * omega)) }];
  });
  const best = fits.toSorted((a, b) => a.misfit - b.misfit).at(0);
  if (best === undefined || best.misfit <= MOST_MISFIT) return best ?? null;
  return fits.find(({ model }) => model.lag_s === Infinity) ?? best;
}

/** The model of this lag that has exactly this response; null where its dead time would be negative. */
function throughFirst(first: Complex, lag_s: number, omega: number, sign: number): ProcessModel | null {
  const phase = Math.atan2(sign * first.im, sign * first.re);
  const lagging = -(phase > 0.1 ? phase - 2 * Math.PI : phase);
  const dead_s = (lagging - Math.atan2(omega, 1 / lag_s)) / omega;
  const slope_K_per_s_U = sign * modulus(first) * Math.hypot(1 / lag_s, omega);
  return dead_s >= 0 ? { slope_K_per_s_U, lag_s, dead_s } : null;
}

/** |ln(a/b)|, gain and phase alike. */
function logDistance(a: Complex, b: Complex): number {
  const ratio = divide(a, b);
  return Math.hypot(Math.log(modulus(ratio)), Math.atan2(ratio.im, ratio.re));
}

const add = (a: Complex, b: Complex): Complex => ({ re: a.re + b.re, im: a.im + b.im });
