/**
 * What every constitutive law of an alloy offers the load train: a set of nodes under one common stress, each with its
 * own temperature, stepped adiabatically. Compression and shortening are positive (for an alloy that is pulled:
 * tension and lengthening).
 *
 * A step runs `begin` (what does not depend on the new stress), `attempt` for each trial stress until the forces
 * balance, `accept` for the last one. Heat since the last step is whatever was added to `temperature` meanwhile
 * (ρc ΔT per volume). Nothing is allocated in these.
 *
 * Sums run over nodes, so a caller multiplies by the length or volume of a node. test/sim/law-conformance.test.ts
 * holds every law against the same demands.
 */
export interface Law {
  /** K, shape [nodes]. */
  readonly temperature: Float64Array;
  /** K, shape [nodes]: temperatures at the last balance; stress and strain belong to these. */
  readonly balanced: Float64Array;
  /** Martensite fraction of each node, 0 to 1, shape [nodes]. */
  readonly fraction: Float64Array;
  /** All that the alloy remembers beside its temperature: fractions in [0,1], lengths multiples of [nodes]. */
  readonly memory: readonly Float64Array[];
  /** Volumetric heat capacity, J/(m³ K). */
  readonly heatCapacity: number;
  /** What the latent heat of a whole transformation would do to the temperature of the alloy, K. */
  readonly latentTemperature: number;
  /** Whether the law keeps the first law to round-off; a law as published may not. */
  readonly conservesEnergy: boolean;
  /** Σ ε and dΣε/dσ (1/Pa) of the last attempt. */
  readonly strainSum: number;
  readonly strainSlope: number;
  /** Whether every node obeyed the law in the last attempt; false where its iteration ran out. */
  readonly solved: boolean;
  /** Σ ∫ X dξ/T since the start, J/(m³ K): entropy that the transformation produced. */
  readonly entropyProduced: number;
  /** Σ ∫ X dξ since the start, J/m³: what hysteresis turned from work into heat. */
  readonly dissipated: number;

  /** Pa: that of the last balance before `begin`, a trial one before `attempt`. A field: see machine.ts. */
  stress: number;
  begin(): void;
  attempt(): void;
  accept(): void;
  /** After `temperature`, `balanced` or `memory` were set from outside: whatever follows from them is made to. */
  restart(): void;

  /** Σ ε at this stress with temperatures and fractions held; linear in stress. */
  strainAt(stress: number): number;
  /** Σ of the internal energy, J/m³, with the heat received since the last balance at `stress`. */
  storedEnergy(stress: number): number;
  /** Strain along the axis of a node, 1; stress in Pa, temperature (that of the balance) in K. */
  strainOf(stress: number, temperature: number, fraction: number): number;
  /** Entropy of a node, J/(m³ K), zero for austenite without stress at T0: −∂G/∂T where the law has a potential. */
  entropyOf(stress: number, temperature: number, fraction: number): number;
  /** Strain across the axis, 1: growth where the alloy is pressed, shrinkage where it is pulled. */
  lateralStrain(stress: number, fraction: number): number;
}
