/** The devices that can be simulated, by the name of their profile, and the world each finds itself in by default. */
import { alicatMc } from './alicat-mc.ts';
import { deltaAsdaA2 } from './delta-asda-a2.ts';
import { deltaVfdEl } from './delta-vfd-el.ts';
import { icpDasI7018 } from './icp-das-i-7018.ts';
import { icpDasTmTh8 } from './icp-das-tm-th8.ts';
import { laumasTlb4 } from './laumas-tlb4.ts';
import type { MakeSimulator } from './simulator.ts';
import { waveshareRelay8 } from './waveshare-relay-8.ts';
import { yokogawaWt310 } from './yokogawa-wt310.ts';

interface CatalogueEntry {
  readonly make: MakeSimulator;
  readonly world: Readonly<Record<string, number>>;
}

const thermocouples = Object.fromEntries(
  Array.from({ length: 8 }, (_, i) => [`temperature_${i + 1}_C`, i === 7 ? Number.NaN : 22 + i / 4]),
);

export const CATALOGUE: Readonly<Record<string, CatalogueEntry>> = {
  'delta-asda-a2': { make: deltaAsdaA2, world: { position_PUU: 1250, speed_rpm: 0, torque_percent: 3.4 } },
  'delta-vfd-el': { make: deltaVfdEl, world: { heatsink_C: 31, current_A: 0.4 } },
  'icp-das-tm-th8': { make: icpDasTmTh8, world: thermocouples },
  'icp-das-i-7018': { make: icpDasI7018, world: thermocouples },
  'waveshare-relay-8': { make: waveshareRelay8, world: {} },
  'laumas-tlb4': { make: laumasTlb4, world: { force_N: 120 } },
  'alicat-mc': { make: alicatMc, world: { pressure_psi: 14.7, temperature_C: 23.5, flow_L_per_min: 0 } },
  'yokogawa-wt310': { make: yokogawaWt310, world: { voltage_V: 229.6, current_A: 1.31, power_W: 287 } },
};
