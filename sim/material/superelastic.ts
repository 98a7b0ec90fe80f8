/**
 * Superelastic NiTi from one Gibbs energy (per unit volume, compression and shortening positive):
 *
 *   G(σ,T,ξ) = −½ S(ξ) σ² + α σ (T−T0) − ε_t σ ξ + ρΔs (T−T_eq) ξ + f(ξ) − ρc [T ln(T/T0) − (T−T0)]
 *   S(ξ)     = 1/E_A + ξ (1/E_M − 1/E_A)
 *
 * with stress σ, temperature T and martensite fraction ξ in [0,1]. Everything else follows:
 *
 *   strain           ε = −∂G/∂σ = S σ − α (T−T0) + ε_t ξ
 *   driving force    X = −∂G/∂ξ = ½ (1/E_M−1/E_A) σ² + ε_t σ − ρΔs (T−T_eq) − f′(ξ)
 *   entropy          s = −∂G/∂T = ρc ln(T/T0) − α σ − ρΔs ξ
 *   internal energy  u = ρc (T−T0) + ½ S σ² − α T σ − ρΔs T_eq ξ + f(ξ)
 *   slope            dσ/dT at constant X, ξ = ρΔs / (ε_t + σ (1/E_M−1/E_A)): a result, never a parameter
 *
 * Kinetics: ξ grows while X = +Y, shrinks while X = −Y, rests in between; a full loop dissipates 2Y. Hardening:
 * f′(ξ) = a z + b z³ with z = 2ξ−1 (a: slope of the plateau, b: rounding of its ends).
 *
 * An alloy that is pulled obeys the same with tension and lengthening positive and α negative.
 *
 * This file states the law; smooth-law.ts steps it in a loop written for speed, and the tests hold that loop against
 * the functions here. A step keeps the first law to round-off whatever ξ does: T' comes from the balance
 * u' = u + ½ (σ+σ') (ε'−ε) + heat, which is linear in T'.
 */
export interface SuperelasticParameters {
  /** Volumetric heat capacity at constant stress and ξ, J/(m³ K). */
  readonly heatCapacity: number;
  /** 1/E of austenite, 1/Pa. */
  readonly austeniteCompliance: number;
  /** 1/E_M − 1/E_A, 1/Pa. Without it about ten percent of the first law is missing. */
  readonly complianceChange: number;
  /** Linear thermal expansion, 1/K. */
  readonly thermalExpansion: number;
  /** ε_t, 1. */
  readonly transformationStrain: number;
  /** ρΔs of the full transformation, J/(m³ K). */
  readonly entropyChange: number;
  /** T_eq: X = 0 at σ = 0 and ξ = ½, K. */
  readonly equilibriumTemperature: number;
  /** T0 of the strain and energy scales, K. */
  readonly referenceTemperature: number;
  /** Y, J/m³: half of what a full loop dissipates. */
  readonly dissipation: number;
  /** a of f′, J/m³. */
  readonly linearHardening: number;
  /** b of f′, J/m³. */
  readonly endHardening: number;
  /** Poisson ratio of the elastic strain, 1; negative where the alloy is pulled. */
  readonly poissonRatio: number;
  /** Strain across the axis / along it while the phase changes, 1: ½ (volume is kept); −½ where the alloy is pulled. */
  readonly lateralShare: number;
}

/** f′(ξ) in J/m³. */
export function hardeningForce(p: SuperelasticParameters, xi: number): number {
  const z = 2 * xi - 1;
  return z * (p.linearHardening + p.endHardening * z * z);
}

/** f(ξ) in J/m³, zero at ξ = ½. */
export function hardeningEnergy(p: SuperelasticParameters, xi: number): number {
  const zz = (2 * xi - 1) ** 2;
  return 0.25 * zz * (p.linearHardening + 0.5 * p.endHardening * zz);
}

/** Strain ε, 1, shortening positive. */
export function strain(p: SuperelasticParameters, stress: number, temperature: number, xi: number): number {
  return (
    (p.austeniteCompliance + xi * p.complianceChange) * stress -
    p.thermalExpansion * (temperature - p.referenceTemperature) +
    p.transformationStrain * xi
  );
}

/** Driving force X of the transformation, J/m³. */
export function drivingForce(
  p: SuperelasticParameters,
  stress: number,
  temperature: number,
  xi: number,
): number {
  return (
    0.5 * p.complianceChange * stress * stress +
    p.transformationStrain * stress -
    p.entropyChange * (temperature - p.equilibriumTemperature) -
    hardeningForce(p, xi)
  );
}

/** Internal energy u, J/m³. */
export function internalEnergy(
  p: SuperelasticParameters,
  stress: number,
  temperature: number,
  xi: number,
): number {
  return (
    p.heatCapacity * (temperature - p.referenceTemperature) +
    0.5 * (p.austeniteCompliance + xi * p.complianceChange) * stress * stress -
    p.thermalExpansion * temperature * stress -
    p.entropyChange * p.equilibriumTemperature * xi +
    hardeningEnergy(p, xi)
  );
}

/** Entropy s, J/(m³ K), zero at T0 without stress in austenite: martensite has less of it. */
export function volumetricEntropy(
  p: SuperelasticParameters,
  stress: number,
  temperature: number,
  xi: number,
): number {
  return (
    p.heatCapacity * Math.log(temperature / p.referenceTemperature) -
    p.thermalExpansion * stress -
    p.entropyChange * xi
  );
}

/** Strain across the axis, 1, growth positive: ν ε_elastic + ½ ε_t ξ. */
export function lateralStrain(p: SuperelasticParameters, stress: number, xi: number): number {
  return (
    p.poissonRatio * (p.austeniteCompliance + xi * p.complianceChange) * stress +
    p.lateralShare * p.transformationStrain * xi
  );
}

/** Stress at which X = target (Pa, may be negative): the branch of the loop for target = ±Y. */
export function branchStress(
  p: SuperelasticParameters,
  target: number,
  temperature: number,
  xi: number,
): number {
  const demand = target + p.entropyChange * (temperature - p.equilibriumTemperature) + hardeningForce(p, xi);
  // ½ ΔS σ² + ε_t σ = demand, written so that it holds for ΔS = 0 too
  const root = Math.sqrt(p.transformationStrain ** 2 + 2 * p.complianceChange * demand);
  return (2 * demand) / (p.transformationStrain + root);
}

/** dσ/dT of a branch at this stress, Pa/K. */
export function clausiusClapeyron(p: SuperelasticParameters, stress: number): number {
  return p.entropyChange / (p.transformationStrain + stress * p.complianceChange);
}
