/** The machines that could replace the compressor: as calibrated, and with the next steps that the inventors name. */
import type { Changes } from '../../config/parameters/parameter.ts';
import type { HouseDay } from '../model-house/house-run.ts';
import type { MachineRef } from '../study.ts';

export interface Candidate {
  readonly key: string;
  readonly label: string;
  /** What differs from the calibrated machine, and on what ground. */
  readonly note: string;
  readonly machine: MachineRef;
}

/** Share of the work recovered that was published of a roller drive (xjtu-roller-2024). */
const ROLLER_RECOVERY = 0.78;

export const CANDIDATES: readonly Candidate[] = [
  {
    key: 'as-calibrated',
    label: 'as calibrated',
    note: 'hkust-kilowatt-2025, NiTi, linear drive; 70 % of the unloading work recovered (assumed)',
    machine: { preset: 'hkust-kilowatt-2025' },
  },
  {
    key: 'new-material',
    label: 'new material',
    note: 'what-if-tinicu: tubes of a TiNiCu-like alloy, with a third of the hysteresis of the calibrated NiTi, but 56 % of its latent heat (mostly assumed)',
    machine: { preset: 'what-if-tinicu' },
  },
  {
    key: 'rotary-drive',
    label: 'rotary drive',
    note: 'what-if-rotary: eight cells at staggered phases hand their work to each other; 78 % of what is left is recovered (published of another machine, xjtu-roller-2024)',
    machine: { preset: 'what-if-rotary', changes: { 'drive.work_recovery': ROLLER_RECOVERY } },
  },
  {
    key: 'both',
    label: 'material and rotary drive',
    note: 'what-if-rotary-tinicu: both of them',
    machine: { preset: 'what-if-rotary-tinicu', changes: { 'drive.work_recovery': ROLLER_RECOVERY } },
  },
  {
    key: 'reversible',
    label: 'bound: reversible material',
    note: 'the calibrated machine without hysteresis, with a lossless drive and all its work recovered: what no narrower hysteresis and no better drive can pass in this machine; its latent heat, heat exchange, pump and fans stay',
    machine: {
      preset: 'hkust-kilowatt-2025',
      changes: { 'material.hysteresis_energy': 0, 'drive.work_recovery': 1, 'drive.drive_efficiency': 1 },
    },
  },
];

/** Cycles a second, and fluid a cycle as a multiple of what the preset blows in its house. */
export const FREQUENCIES_HZ = [2, 1.4, 1, 0.7, 0.5];
export const FLUID_A_CYCLE = [1, 1.25];

/** Recipes among which the thriftiest is looked for. @param house `room` of the preset */
export function recipes(house: { readonly frequency: number; readonly blow_flow: number }): Changes[] {
  return FREQUENCIES_HZ.flatMap((frequency) =>
    FLUID_A_CYCLE.map((multiple) => ({
      'room.frequency': frequency,
      'room.blow_flow': (house.blow_flow / house.frequency) * frequency * multiple,
    })),
  );
}

/** Cooling that the house got, the machine's own fan heat in the room deducted, kWh. */
export const usefulCooling = ({ cooling_kWh, room_fan_kWh }: HouseDay): number => cooling_kWh - room_fan_kWh;

export const systemCop = (day: HouseDay): number => usefulCooling(day) / day.electric_kWh;

/** The day with the least electricity among those on which the room never got warmer than `warmestC`; null where all did. */
export function thriftiest(days: readonly (HouseDay | null)[], warmestC: number): number | null {
  const fit = days.flatMap((day, i) => (day !== null && day.highest_C <= warmestC ? [{ day, i }] : []));
  return fit.toSorted((a, b) => a.day.electric_kWh - b.day.electric_kWh)[0]?.i ?? null;
}
