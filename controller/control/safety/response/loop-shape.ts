/** What the loop of one cycle says about the tubes: force must not fall while they are being shortened. */
import { WAVEFORM_SCALE } from '../../../protocol/register-map.ts';
import type { Waveform } from '../../electronics/electronics.ts';

export interface LoopShape {
  readonly cycle_number: number;
  readonly peak_MPa: number;
  /** Largest fall of stress while strain rose, ... */
  readonly fall_MPa: number;
  /** ... and where. */
  readonly fall_strain_percent: number;
}

/** Beyond this share of the largest strain the stroke is as good as over, and the stress of warm tubes relaxes. */
const LOADED = 0.98;

const channel = (name: string): number => WAVEFORM_SCALE.findIndex((scale) => scale.name === name);
const STRAIN = channel('strain_percent');
const STRESS = channel('stress_MPa');

export function loopShape({ cycleNumber, columns }: Waveform): LoopShape {
  const strain = columns[STRAIN] ?? new Float32Array();
  const stress = columns[STRESS] ?? new Float32Array();
  const full = strain.reduce((high, value) => Math.max(high, value), 0);
  const end = strain.findIndex((value) => value >= LOADED * full);
  let high = 0;
  let highAt = 0;
  let belowBefore = 0;
  let fall_MPa = 0;
  let fall_strain_percent = 0;
  for (let bin = 0; bin < end; bin++) {
    const value = stress[bin] ?? 0;
    const at = strain[bin] ?? 0;
    if (value > high) [high, highAt] = [value, at];
    // A drive that slipped back gives less force at less strain, as it must.
    const below = at < highAt ? 0 : high - value;
    // One bin may hold the moment of a slip; what broke stays broken in the next.
    const lasting = Math.min(below, belowBefore);
    belowBefore = below;
    if (lasting <= fall_MPa) continue;
    fall_MPa = lasting;
    fall_strain_percent = at;
  }
  const peak_MPa = stress.reduce((most, value) => Math.max(most, value), 0);
  return { cycle_number: cycleNumber, peak_MPa, fall_MPa, fall_strain_percent };
}
