/**
 * How a machine is best run at a lift: the frequency and the flow of most cooling, within a pressure. Architectures can
 * be compared fairly only so, each at its own best.
 *
 * The engine leaves the heat of fluid friction out, which is small while channels are short. Where they are not, it
 * decides: it arises evenly along the channels, so that half of it arrives at the cold end. That half is taken off here.
 */
import { vary } from '../../config/vary.ts';
import type { Preset } from '../../config/device-config.ts';
import type { MachineRef, Study } from '../study.ts';
import { goldenSection } from './golden-section.ts';
import { curvePoint } from '../operating-points.ts';

export interface BestOperationInput {
  readonly machine: MachineRef;
  /** Highest pressure drop of the circuit within a cycle; null: any. */
  readonly pressure_limit_bar: number | null;
}

export interface BestOperation {
  frequency_Hz: number;
  flow_kg_per_s: number;
  /** Half the friction heat taken off. */
  net_cooling_power_W: number;
  pressure_drop_bar: number;
  pump_power_W: number;
  utilization: number;
}

const FREQUENCY_HZ = [0.25, 6] as const;
const FLOW_KG_PER_S = [0.005, 0.8] as const;
/** Found to 6 % in frequency and 5 % in flow: near the top that is far below 1 % of the power. */
const FREQUENCY_STEPS = 9;
const FLOW_STEPS = 11;
/** Above any gain a bar could bring, W/bar: what exceeds the limit is worse than what meets it. */
const PENALTY = 1e5;

/** Null where the machine cannot run within the pressure at all. */
export const bestOperation: Study<BestOperationInput, BestOperation | null> = {
  name: 'kilowatt-best-operation',
  run({ machine, pressure_limit_bar }, load) {
    const preset = load(machine);
    const limit = pressure_limit_bar ?? Number.POSITIVE_INFINITY;
    let best: BestOperation | null = null;
    const worthAt = (frequency: number, flow: number): number => {
      const found = operate(preset, frequency, flow);
      if (found === null) return Number.NEGATIVE_INFINITY;
      const excess = found.pressure_drop_bar - limit;
      if (excess > 0) return found.net_cooling_power_W - PENALTY * excess;
      if (best === null || found.net_cooling_power_W > best.net_cooling_power_W) best = found;
      return found.net_cooling_power_W;
    };
    inLogarithm(
      (frequency) => {
        const flow = inLogarithm((one) => worthAt(frequency, one), FLOW_KG_PER_S, FLOW_STEPS);
        return worthAt(frequency, flow);
      },
      FREQUENCY_HZ,
      FREQUENCY_STEPS,
    );
    return best;
  },
};

function inLogarithm(
  f: (x: number) => number,
  [low, high]: readonly [number, number],
  steps: number,
): number {
  return Math.exp(goldenSection((x) => f(Math.exp(x)), Math.log(low), Math.log(high), steps));
}

function operate(preset: Preset, frequency: number, flow: number): BestOperation | null {
  const { device } = vary(preset, { 'recipe.frequency': frequency, 'recipe.blow_flow': flow });
  const point = curvePoint(device);
  if (point === null) return null;
  const friction = point.pump_power_W * device.circuit.pump_efficiency;
  return {
    frequency_Hz: frequency,
    flow_kg_per_s: flow,
    net_cooling_power_W: point.cooling_power_W - friction / 2,
    pressure_drop_bar: point.pressure_drop_bar,
    pump_power_W: point.pump_power_W,
    utilization: point.utilization,
  };
}
