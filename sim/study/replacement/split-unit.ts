/**
 * A split unit as small as an honest one can be: a fixed share of what Carnot allows between evaporating and condensing
 * temperature, and a loss where it goes on and off. The share is what makes its seasonal factor that of its label.
 *
 *   COP = share · T_e / (T_c − T_e) · part load,   T_e = room − a,   T_c = outdoors + b,   both kept at every load
 */
import type { ReplacementOptions } from '../../config/replacement-options.ts';

export interface SplitUnit {
  /** COP / that of Carnot, fans and everything else included, 0 to 1. */
  readonly carnotShare: number;
  readonly evaporatingBelowRoomK: number;
  readonly condensingAboveOutdoorK: number;
  readonly minimumLoadShare: number;
  readonly cyclingLoss: number;
}

const ZERO_CELSIUS_K = 273.15;
/** Conditions of the label: no load at 20 °C outdoors, full load at 35 °C, 27 °C inside. */
const LABEL = { noLoadC: 20, fullLoadC: 35, roomC: 27 } as const;

/** @param loadShare cooling asked for / capacity; above 1 the unit runs at its capacity */
export function splitUnitCop(unit: SplitUnit, roomC: number, outdoorC: number, loadShare: number): number {
  const evaporatingK = roomC - unit.evaporatingBelowRoomK + ZERO_CELSIUS_K;
  const condensingK = outdoorC + unit.condensingAboveOutdoorK + ZERO_CELSIUS_K;
  return (unit.carnotShare * partLoad(unit, loadShare) * evaporatingK) / (condensingK - evaporatingK);
}

function partLoad({ minimumLoadShare, cyclingLoss }: SplitUnit, loadShare: number): number {
  return loadShare >= minimumLoadShare ? 1 : 1 - cyclingLoss * (1 - loadShare / minimumLoadShare);
}

/** Cooling over electricity of a season, the load running straight from nothing at 20 °C outdoors to full at 35 °C. */
export function seasonalFactor(unit: SplitUnit, { outdoor_C, hours }: ReplacementOptions['season']): number {
  let [cooling, electricity] = [0, 0];
  for (const [i, outdoorC] of outdoor_C.entries()) {
    const load = (outdoorC - LABEL.noLoadC) / (LABEL.fullLoadC - LABEL.noLoadC);
    if (load <= 0) continue;
    cooling += load * hours[i];
    electricity += (load * hours[i]) / splitUnitCop(unit, LABEL.roomC, outdoorC, load);
  }
  return cooling / electricity;
}

/** The unit whose seasonal factor is that of its label; the factor is proportional to the share. */
export function labelledSplitUnit({ options, season }: ReplacementOptions): SplitUnit {
  const unit = {
    carnotShare: 1,
    evaporatingBelowRoomK: options.evaporating_below_room_K.value,
    condensingAboveOutdoorK: options.condensing_above_outdoor_K.value,
    minimumLoadShare: options.minimum_load_share.value,
    cyclingLoss: options.cycling_loss.value,
  };
  return { ...unit, carnotShare: options.split_unit_CSPF.value / seasonalFactor(unit, season) };
}

/** What a house asks of its cooler hour by hour. Shape [hours] each. */
export interface HourlyLoad {
  readonly coolingW: readonly number[];
  readonly roomC: readonly number[];
  readonly outdoorC: readonly number[];
}

/** Electricity for that load, kWh. @param capacityW rated cooling of the unit */
export function splitUnitElectricity(
  unit: SplitUnit,
  { coolingW, roomC, outdoorC }: HourlyLoad,
  capacityW: number,
): number {
  return coolingW.reduce((sum, watts, hour) => {
    const cop = splitUnitCop(unit, roomC[hour], outdoorC[hour], watts / capacityW);
    return sum + (watts > 0 ? watts / cop / 1000 : 0);
  }, 0);
}
