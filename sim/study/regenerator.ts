/**
 * A balanced passive regenerator in periodic state, by the kernels that step the machine: van Leer advection and exact
 * exchange, nothing of its own. The textbook case has no fluid in the matrix and no axial conduction; the kernels need
 * some fluid, so three small hold-ups are run and extrapolated to none.
 */
import { findFixedPoint } from '../numerics/anderson.ts';
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../numerics/exchange.ts';
import { advect } from '../numerics/van-leer.ts';

export interface RegeneratorResult {
  ntu: number;
  utilization: number;
  /** (T hot inlet − mean T of the hot stream's exit) / (T hot inlet − T cold inlet), without hold-up. */
  effectiveness: number;
  /** The same of the cold stream; equal in a balanced regenerator. */
  effectiveness_cold: number;
  /** What the extrapolation took away: effectiveness at the smaller hold-up minus `effectiveness`. */
  hold_up_effect: number;
  /** The smaller hold-up: fluid in the matrix / fluid of one blow. */
  hold_up: number;
  nodes: number;
  cycles: number;
  converged: boolean;
}

export interface RegeneratorOptions {
  /** Along the matrix; 160 keep the effectiveness within 0.03 % up to NTU 60. */
  readonly nodes?: number;
  readonly onCycle?: (cycle: number, residual: number) => void;
}

/** Share of a blow that stands in the matrix; and twice, and four times that. */
const HOLD_UP = 0.02;
const DEFAULT_NODES = 160;
const COURANT = 0.5;

/**
 * @param ntu UA / heat capacity rate of the flow, per blow, 1 to 100
 * @param utilization heat capacity of the fluid of one blow / heat capacity of the matrix, 0.01 to 2
 */
export function solveRegenerator(
  ntu: number,
  utilization: number,
  options: RegeneratorOptions = {},
): RegeneratorResult {
  const { nodes = DEFAULT_NODES, onCycle } = options;
  const runs = [1, 2, 4].map((times) => periodic(ntu, utilization, times * HOLD_UP, nodes, onCycle));
  const effectiveness = withoutHoldUp(runs.map((run) => run.hot));
  return {
    ntu,
    utilization,
    effectiveness,
    effectiveness_cold: withoutHoldUp(runs.map((run) => run.cold)),
    hold_up_effect: runs[0].hot - effectiveness,
    hold_up: HOLD_UP,
    nodes,
    cycles: runs.reduce((sum, run) => sum + run.cycles, 0),
    converged: runs.every((run) => run.converged),
  };
}

/** The value at hold-up 0 of the parabola through h, 2h and 4h. */
const withoutHoldUp = ([one, two, four]: number[]): number => (8 * one - 6 * two + four) / 3;

interface Periodic {
  hot: number;
  cold: number;
  cycles: number;
  converged: boolean;
}

/** Temperatures run from 0 (cold inlet) to 1 (hot inlet); capacities are in units of the matrix. */
function periodic(
  ntu: number,
  utilization: number,
  holdUp: number,
  nodes: number,
  onCycle?: (cycle: number, residual: number) => void,
): Periodic {
  const alloy = new Float64Array(nodes);
  const fluid = new Float64Array(nodes);
  const idle = new Float64Array(nodes);
  const steps = Math.ceil(nodes / holdUp / COURANT);
  const courant = nodes / holdUp / steps;
  const alloyCapacity = 1 / nodes;
  const fluidCapacity = (utilization * holdUp) / nodes;
  const conductance = (ntu * utilization) / nodes;
  const gain = exchangeShare(alloyCapacity, fluidCapacity, conductance, 0.5 / steps);
  const shares = new Float64Array(2 * SHARES_PER_STREAM);
  shares[2] = gain;
  shares[3] = (gain * alloyCapacity) / fluidCapacity;

  /** One blow; returns the mean temperature of what left. */
  const blow = (hot: boolean): number => {
    let left = 0;
    for (let i = 0; i < steps; i++) {
      exchangeChain(idle, fluid, alloy, idle, idle, 0, nodes, shares, 0, true);
      left += advect(fluid, 0, nodes, hot ? courant : -courant, hot ? 1 : 0);
      exchangeChain(idle, fluid, alloy, idle, idle, 0, nodes, shares, 0, false);
    }
    return left / steps;
  };
  const cycle = (): { hot: number; cold: number } => ({ hot: 1 - blow(true), cold: blow(false) });

  // a linear profile is close to the periodic one, and costs nothing
  const x = Float64Array.from({ length: 2 * nodes }, (_, i) => 1 - ((i % nodes) + 0.5) / nodes);
  const steady = findFixedPoint(
    x,
    (from, to) => {
      alloy.set(from.subarray(0, nodes));
      fluid.set(from.subarray(nodes));
      cycle();
      to.set(alloy);
      to.set(fluid, nodes);
    },
    {
      warmUp: 3,
      window: 8,
      tolerance: 1e-8,
      maxIterations: 400,
      scale: new Float64Array(2 * nodes).fill(1),
      ...(onCycle ? { onIteration: onCycle } : {}),
    },
  );
  alloy.set(x.subarray(0, nodes));
  fluid.set(x.subarray(nodes));
  return { ...cycle(), cycles: steady.iterations, converged: steady.converged };
}
