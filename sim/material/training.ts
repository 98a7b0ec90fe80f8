/**
 * Training: what the first cycles do to a superelastic alloy before it settles. All three changes follow one
 * saturating exponential of the cycle number N, s = 1 − e^(−N/n):
 *
 *   residual strain   ε_r = s ε_r∞                          martensite and slip that do not go back
 *   loading plateau   σ(N) = σ(0) − s Δσ                    at ξ = ½ and reference temperature
 *   hysteresis        Y(N) = Y(0) (1 − s h)
 *
 * The plateau is moved by the equilibrium temperature: T_eq is what makes the half-transformed alloy yield at the
 * lowered stress with the lowered Y; slope, entropy and transformation strain stay. That both transformation stresses
 * fall with cycles, ever more slowly, is published (tini-strain-variations); the exponential is the usual fit to it.
 */
import { UserError } from '../config/quantity.ts';
import { type SuperelasticParameters, branchStress } from './superelastic.ts';

export interface Training {
  /** ε_r∞, 1. */
  readonly residualStrain: number;
  /** Δσ, Pa. */
  readonly plateauDrop: number;
  /** h, share of Y that is lost, 1. */
  readonly hysteresisShare: number;
  /** n, cycles. */
  readonly cycles: number;
}

export interface Trained {
  readonly parameters: SuperelasticParameters;
  /** ε_r, 1: the unloaded alloy is so much shorter (pressed) or longer (pulled). */
  readonly residualStrain: number;
}

/**
 * The alloy after `cycles` ≥ 0 full transformations.
 * Throws UserError where the plateau would fall below zero stress.
 */
export function trained(p: SuperelasticParameters, training: Training, cycles: number): Trained {
  if (!(cycles >= 0)) throw new UserError(`training: ${cycles} cycles cannot be; give 0 or more.`);
  if (cycles === 0) return { parameters: p, residualStrain: 0 };
  const settled = -Math.expm1(-cycles / training.cycles);
  const t = p.referenceTemperature;
  const dissipation = p.dissipation * (1 - settled * training.hysteresisShare);
  const before = branchStress(p, p.dissipation, t, 0.5);
  const stress = before - settled * training.plateauDrop;
  if (stress <= 0)
    throw new UserError(
      `training: a plateau of ${Math.round(before / 1e6)} MPa cannot drop by ${Math.round(training.plateauDrop / 1e6)} MPa; give less.`,
    );
  // X = Y at ξ = ½, where f′ is zero
  const work = (0.5 * p.complianceChange * stress + p.transformationStrain) * stress;
  return {
    parameters: {
      ...p,
      dissipation,
      equilibriumTemperature: t - (work - dissipation) / p.entropyChange,
    },
    residualStrain: settled * training.residualStrain,
  };
}
