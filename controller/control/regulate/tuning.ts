/** Settings of a PID controller from a model of the plant, by published rules. */
import type { PidSettings } from './pid.ts';
import type { ProcessModel, Ultimate } from './process-model.ts';

export const RULES = ['simc', 'tyreus-luyben'] as const;
export type Rule = (typeof RULES)[number];

/** The part of PidSettings that a rule gives. */
export type Tuned = Pick<PidSettings, 'gain_U_per_K' | 'integral_s' | 'derivative_s'>;

/**
 * SIMC for PI (Skogestad, J. Process Control 13, 2003, 291-309): K = τ/k/(τc + θ), Ti = min(τ, 4(τc + θ)). `tight`
 * is τc/θ: 1 is Skogestad's recommendation for a good trade-off, more is calmer.
 */
export function simc({ slope_K_per_s_U, lag_s, dead_s }: ProcessModel, tight = 1): Tuned {
  const closed_s = (1 + tight) * dead_s;
  return {
    gain_U_per_K: 1 / (slope_K_per_s_U * closed_s),
    integral_s: Math.min(lag_s, 4 * closed_s),
    derivative_s: 0,
  };
}

/** Tyreus and Luyben, Ind. Eng. Chem. Res. 31, 1992, 2625-2628, PI: K = Ku/3.2, Ti = 2.2 Pu; `sign` of the plant. */
export const tyreusLuyben = ({ gain_U_per_K, period_s }: Ultimate, sign: number): Tuned => ({
  gain_U_per_K: (Math.sign(sign) * gain_U_per_K) / 3.2,
  integral_s: 2.2 * period_s,
  derivative_s: 0,
});
