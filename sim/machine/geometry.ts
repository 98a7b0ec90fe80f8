/** Sizes and capacities that follow from a device's parameters; everything SI, extensive values per cell. */
import type { DeviceConfig } from '../config/device-config.ts';
import { WATER_DENSITY } from '../config/parameters.ts';
import type { Fluid } from '../fluid/properties.ts';
import { waterViscosity } from '../fluid/properties.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';

/** Temperature at which strain and energy scales are zero, K. Any value gives the same physics. */
export const REFERENCE_TEMPERATURE_K = 293.15;

export function superelasticParameters(config: DeviceConfig): SuperelasticParameters {
  const m = config.material;
  return {
    heatCapacity: m.density * m.heat_capacity,
    austeniteCompliance: 1 / m.austenite_modulus,
    complianceChange: 1 / m.martensite_modulus - 1 / m.austenite_modulus,
    thermalExpansion: m.thermal_expansion,
    transformationStrain: m.transformation_strain,
    entropyChange: m.density * m.entropy_change,
    equilibriumTemperature: m.equilibrium_temperature,
    referenceTemperature: REFERENCE_TEMPERATURE_K,
    dissipation: m.hysteresis_energy / 2,
    linearHardening: m.linear_hardening,
    endHardening: m.end_hardening,
  };
}

/** Water at 1 bar near 25 °C; graphene changes conductivity and viscosity by the preset's (uncertain) gains. */
export function workingFluid(config: DeviceConfig): Fluid {
  const { loading, conductivity_gain, viscosity_gain, reference_temperature } = config.fluid;
  return {
    density: WATER_DENSITY,
    heatCapacity: 4180,
    conductivity: 0.607 * (1 + conductivity_gain * loading),
    viscosity: waterViscosity(reference_temperature) * (1 + viscosity_gain * loading),
  };
}

/** Cross-section of the alloy in one cell, m²: what carries the force. */
export function alloyArea(config: DeviceConfig): number {
  const { outer_diameter, wall_thickness, tubes_per_cell } = config.tube;
  return Math.PI * (outer_diameter - wall_thickness) * wall_thickness * tubes_per_cell;
}

/** Mass of shape-memory alloy in the whole device, kg. */
export function smaMassKg(config: DeviceConfig): number {
  return config.material.density * alloyArea(config) * config.tube.length * config.tube.cells;
}

/** Tangent modulus of a tube on its plateau, Pa; assumed, between the plateau of the law (2 GPa) and martensite. */
const TANGENT_MODULUS = 20e9;

/**
 * Stress at which a tube between fixed ends buckles if nothing guides it, Pa: Euler with the tangent modulus,
 * σ = π² E_t i² / (½ L)², i the radius of gyration of a thin ring.
 */
export function bucklingStress(config: DeviceConfig): number {
  const { outer_diameter, wall_thickness, length } = config.tube;
  const gyration = (outer_diameter - wall_thickness) / Math.sqrt(8);
  return TANGENT_MODULUS * ((Math.PI * gyration) / (length / 2)) ** 2;
}

/** One of the two fluid streams of a cell: the gap inside the tubes, or the gap around them. */
export interface Stream {
  /** Unloaded gap, m. */
  readonly gap: number;
  /** Circumference of the alloy surface it wets, all tubes of a cell, m. */
  readonly wettedPerimeter: number;
  /** Circumference of its inert wall, all tubes, m. */
  readonly linerPerimeter: number;
  /** Middle circumference, all tubes, m: the width of the flow. */
  readonly width: number;
  /** Fluid cross-section, m²; kept at its unloaded value (see transport.ts for what that leaves out). */
  readonly flowArea: number;
  /** +1 where the gap widens as the tube grows outwards (inside), -1 where it narrows (outside). */
  readonly wideningSign: number;
  /** Radius of the wetted surface, m: radial strain times this is the change of the gap. */
  readonly radius: number;
}

/**
 * @param gapFactor gap of this cell relative to the nominal one, 1
 * @throws RangeError where the insert would have no diameter left
 */
export function innerStream(config: DeviceConfig, gapFactor: number): Stream {
  const { outer_diameter, wall_thickness } = config.tube;
  const diameter = outer_diameter - 2 * wall_thickness;
  const gap = config.channel.inner_gap * gapFactor;
  if (2 * gap >= diameter) throw new RangeError('channel.inner_gap leaves no room for an insert in the tube');
  return stream(config, gap, diameter, diameter - 2 * gap, 1);
}

export function outerStream(config: DeviceConfig, gapFactor: number): Stream {
  const diameter = config.tube.outer_diameter;
  const gap = config.channel.outer_gap * gapFactor;
  return stream(config, gap, diameter, diameter + 2 * gap, -1);
}

function stream(config: DeviceConfig, gap: number, wetted: number, liner: number, sign: number): Stream {
  const n = config.tube.tubes_per_cell;
  return {
    gap,
    wettedPerimeter: Math.PI * wetted * n,
    linerPerimeter: Math.PI * liner * n,
    width: (Math.PI * (wetted + liner) * n) / 2,
    flowArea: ((Math.PI * (wetted + liner)) / 2) * gap * n,
    wideningSign: sign,
    radius: wetted / 2,
  };
}

/**
 * The inert wall as one lump that answers like a half-space at the cycle frequency f: depth d = √(a/(πf)), capacity
 * ρc·d per area in series with d/(2k). For a sine of frequency f this is the exact surface impedance.
 */
export function linerLump(
  config: DeviceConfig,
  frequencyHz: number,
): { capacity: number; resistance: number } {
  const { liner_conductivity: k, liner_heat_capacity: rhoC } = config.channel;
  const depth = Math.sqrt(k / rhoC / (Math.PI * frequencyHz));
  return { capacity: rhoC * depth, resistance: depth / (2 * k) };
}
