/**
 * The plant as a regulator sees it: a first-order lag behind a dead time, k e^(−θs)/(τs + 1). What integrates has an
 * infinite τ and is then told by its slope k/τ alone. U is the unit of the output.
 */
export interface ProcessModel {
  /** k/τ: how fast the temperature moves for one U, K/(s U); negative where more output cools. */
  readonly slope_K_per_s_U: number;
  /** τ, s; may be infinite. */
  readonly lag_s: number;
  /** θ, s, at least 0. */
  readonly dead_s: number;
}

export interface Complex {
  readonly re: number;
  readonly im: number;
}

export const multiply = (a: Complex, b: Complex): Complex => ({
  re: a.re * b.re - a.im * b.im,
  im: a.re * b.im + a.im * b.re,
});

export const divide = (a: Complex, b: Complex): Complex => {
  const square = b.re * b.re + b.im * b.im;
  return { re: (a.re * b.re + a.im * b.im) / square, im: (a.im * b.re - a.re * b.im) / square };
};

export const modulus = ({ re, im }: Complex): number => Math.hypot(re, im);

export const turn = (angle: number): Complex => ({ re: Math.cos(angle), im: Math.sin(angle) });

/** G(iω), K/U, at ω in rad/s above 0. */
export function frequencyResponse({ slope_K_per_s_U, lag_s, dead_s }: ProcessModel, omega: number): Complex {
  const lag = divide({ re: slope_K_per_s_U, im: 0 }, { re: 1 / lag_s, im: omega });
  return multiply(lag, turn(-omega * dead_s));
}

export interface Ultimate {
  /** |K| of a proportional controller at which the loop just swings, U/K, and the period it swings with, s. */
  readonly gain_U_per_K: number;
  readonly period_s: number;
}

/** Where the phase passes −180°: ω solves ωθ + atan(ωτ) = π. Not defined without a dead time. */
export function ultimate(model: ProcessModel): Ultimate | null {
  const { lag_s, dead_s } = model;
  if (!(dead_s > 0)) return null;
  let low = Math.PI / 2 / dead_s / 1e3;
  let high = Math.PI / dead_s;
  for (let i = 0; i < 100; i++) {
    const omega = (low + high) / 2;
    if (omega * dead_s + (lag_s === Infinity ? Math.PI / 2 : Math.atan(omega * lag_s)) < Math.PI) low = omega;
    else high = omega;
  }
  return { gain_U_per_K: 1 / modulus(frequencyResponse(model, low)), period_s: (2 * Math.PI) / low };
}
