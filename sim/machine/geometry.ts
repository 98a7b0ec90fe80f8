/** Sizes and capacities that follow from a device's parameters; everything SI, extensive values per cell. */
import type { BankConfig, DeviceConfig } from '../config/device-config.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';
import { type Trained, trained } from '../material/training.ts';

/** Temperature at which strain and energy scales are zero, K. Any value gives the same physics. */
export const REFERENCE_TEMPERATURE_K = 293.15;

export function superelasticParameters({
  material: m,
}: Pick<BankConfig, 'material'>): SuperelasticParameters {
  // an alloy that is pulled: tension and lengthening count as positive, so warmth lengthens and strain makes it thin
  const sign = m.mode === 'tension' ? -1 : 1;
  return {
    heatCapacity: m.density * m.heat_capacity,
    austeniteCompliance: 1 / m.austenite_modulus,
    complianceChange: 1 / m.martensite_modulus - 1 / m.austenite_modulus,
    thermalExpansion: sign * m.thermal_expansion,
    transformationStrain: m.transformation_strain,
    entropyChange: m.density * m.entropy_change,
    equilibriumTemperature: m.equilibrium_temperature,
    referenceTemperature: REFERENCE_TEMPERATURE_K,
    dissipation: m.hysteresis_energy / 2,
    linearHardening: m.linear_hardening,
    endHardening: m.end_hardening,
    poissonRatio: sign * m.poisson_ratio,
    lateralShare: sign * 0.5,
  };
}

/** The alloy as the cycles before have left it. */
export function workedAlloy(bank: Pick<BankConfig, 'material'>): Trained {
  const m = bank.material;
  const training = {
    residualStrain: m.training_residual_strain,
    plateauDrop: m.training_plateau_drop,
    hysteresisShare: m.training_hysteresis_share,
    cycles: m.training_cycles,
  };
  return trained(superelasticParameters(bank), training, m.cycles_before);
}

/** Cross-section of the alloy in one cell, m²: what carries the force. */
export function alloyArea({ cell, tube, plate }: BankConfig): number {
  if (cell.form === 'plates') return plate.plate_width * plate.plate_thickness * plate.plates_per_cell;
  return Math.PI * (tube.outer_diameter - tube.wall_thickness) * tube.wall_thickness * tube.tubes_per_cell;
}

/** Mass of the alloy of a bank, kg. */
export function bankMassKg(bank: BankConfig): number {
  return bank.material.density * alloyArea(bank) * bank.cell.length * bank.cell.cells;
}

/** Mass of shape-memory alloy in the whole device, kg. */
export function smaMassKg({ layout }: DeviceConfig): number {
  return layout.banks.reduce((sum, bank) => sum + bankMassKg(bank), 0);
}

/** All cells of the device, whatever their bank. */
export function cellCount({ layout }: DeviceConfig): number {
  return layout.banks.reduce((sum, bank) => sum + bank.cell.cells, 0);
}

/** Tangent modulus on the plateau, Pa; assumed, between the plateau of the law (2 GPa) and martensite. */
const TANGENT_MODULUS = 20e9;

/**
 * Stress at which a tube or plate between fixed ends buckles if nothing guides it, Pa: Euler with the tangent modulus,
 * σ = π² E_t i² / (½ L)², i the radius of gyration. Infinite for an alloy that is pulled.
 */
export function bucklingStress({ material, cell, tube, plate }: BankConfig): number {
  if (material.mode === 'tension') return Number.POSITIVE_INFINITY;
  const gyration =
    cell.form === 'plates'
      ? plate.plate_thickness / Math.sqrt(12)
      : (tube.outer_diameter - tube.wall_thickness) / Math.sqrt(8);
  return TANGENT_MODULUS * ((Math.PI * gyration) / (cell.length / 2)) ** 2;
}

/**
 * The inert wall as one lump that answers like a half-space at the cycle frequency f: depth d = √(a/(πf)), capacity
 * ρc·d per area in series with d/(2k). For a sine of frequency f this is the exact surface impedance.
 */
export function linerLump(
  { channel }: Pick<BankConfig, 'channel'>,
  frequencyHz: number,
): { capacity: number; resistance: number } {
  const { liner_conductivity: k, liner_heat_capacity: rhoC } = channel;
  const depth = Math.sqrt(k / rhoC / (Math.PI * frequencyHz));
  return { capacity: rhoC * depth, resistance: depth / (2 * k) };
}
