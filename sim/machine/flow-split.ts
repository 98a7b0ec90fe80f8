/**
 * How the flow through a bank divides between the passages of all its cells: by equal pressure drop, the wider taking
 * more. The strain of tubes opens the inner gaps and closes the outer ones, and the viscosity follows the temperature, so
 * the split changes from step to step. Nothing is allocated in a step.
 */
import type { BankConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import type { Law } from '../material/law.ts';
import { type Passage, passagesOf } from './passage.ts';
import { RangeWatch } from './range-watch.ts';

/** A cell has two passages at most; where it has one, the second is idle. */
export const STREAMS = 2;
/** A tube that touches its housing still leaves the flow its roughness: least opening of a gap, relative. */
const LEAST_OPENING = 0.05;

export class FlowSplit {
  /** Passages of all cells, cell by cell; entry `STREAMS · cell + side` of the arrays below belongs to each. */
  readonly passages: readonly Passage[];
  readonly passagesPerCell: number;
  /** Present width of each passage / unloaded width. */
  readonly opening: Float64Array;
  /** Pa s, W/(m K), and the flow that was set last, m³/s. */
  readonly viscosity: Float64Array;
  readonly conductivity: Float64Array;
  readonly flow: Float64Array;
  /** Stress in the train, Pa, and flow through the bank, kg/s ≥ 0: for the calls below. */
  stressPa = 0;
  flowKgPerS = 0;
  /** Pressure drop over the passages at the flow that was set last, Pa. */
  pressurePa = 0;
  /** Largest share of a fluid node that this flow moves in a second, 1/s. */
  courantPerS = 0;
  /** Reynolds numbers and temperatures that left the range of a correlation or of the fluid. */
  readonly watch: RangeWatch;

  private readonly config: BankConfig;
  private readonly fluid: Fluid;
  private readonly cells: number;
  private readonly nodes: number;
  /** m³/(s Pa) */
  private readonly conductance: Float64Array;

  /**
   * @param cells with a state of their own: all of the bank's, or one that stands for all
   * @throws UserError where the parts of a cell do not fit into each other
   */
  constructor(config: BankConfig, fluid: Fluid, cells: number, nodes: number) {
    this.config = config;
    this.fluid = fluid;
    this.cells = cells;
    this.nodes = nodes;
    const perCell = Array.from({ length: cells }, (_, k) =>
      passagesOf(config, gapFactor(k, cells, config.channel.gap_tolerance)),
    );
    this.passagesPerCell = perCell[0].length;
    this.passages = perCell.flat();
    const count = STREAMS * cells;
    this.opening = new Float64Array(count);
    this.viscosity = new Float64Array(count);
    this.conductivity = new Float64Array(count);
    this.conductance = new Float64Array(count);
    this.flow = new Float64Array(count);
    this.watch = new RangeWatch(config.name, fluid, perCell[0]);
  }

  /** Widths and fluid properties at the present strain, temperatures and `stressPa`. */
  takeStock(law: Law, fluidK: readonly Float64Array[]): void {
    const { nodes, fluid } = this;
    for (let cell = 0; cell < this.cells; cell++) {
      const from = cell * nodes;
      let fraction = 0;
      for (let i = from; i < from + nodes; i++) fraction += law.fraction[i];
      const lateral = law.lateralStrain(this.stressPa, fraction / nodes);
      for (let side = 0; side < this.passagesPerCell; side++) {
        const k = STREAMS * cell + side;
        this.opening[k] = Math.max(LEAST_OPENING, 1 + this.passageOf(k).opening * lateral);
        const field = fluidK[side];
        // Simpson over the ends and the middle: the profile is smooth
        const mean = (field[from] + 4 * field[from + (nodes >> 1)] + field[from + nodes - 1]) / 6;
        this.viscosity[k] = fluid.viscosityAt(mean);
        this.conductivity[k] = fluid.conductivityAt(mean);
        this.watch.sawTemperature(mean);
      }
    }
  }

  /** Splits `flowKgPerS` over the passages; sets `flow`, `pressurePa` and `courantPerS`. */
  setFlow(): void {
    let turbulent = this.split(true);
    // a turbulent passage resists more the more it gets: its share settles within a few rounds
    for (let round = 0; turbulent && round < 6; round++) turbulent = this.split(false);
  }

  /** Reynolds number of passage `k` at the flow that was set last. */
  reynolds(k: number): number {
    const passage = this.passageOf(k);
    const velocity = this.flow[k] / (passage.flowArea * this.opening[k]);
    const hydraulic = passage.hydraulicDiameter * this.opening[k];
    return (this.fluid.density * velocity * hydraulic) / this.viscosity[k];
  }

  /** Flow through a cell, m³/s ≥ 0, as it was set last. */
  throughCell(cell: number): number {
    return this.flow[STREAMS * cell] + this.flow[STREAMS * cell + 1];
  }

  /** (Largest − least flow of a cell) / mean, at the flow that was set last; 0 without flow. */
  spread(): number {
    let [least, largest, total] = [Number.POSITIVE_INFINITY, 0, 0];
    for (let cell = 0; cell < this.cells; cell++) {
      const ofCell = this.throughCell(cell);
      least = Math.min(least, ofCell);
      largest = Math.max(largest, ofCell);
      total += ofCell;
    }
    return total === 0 ? 0 : ((largest - least) * this.cells) / total;
  }

  private passageOf(k: number): Passage {
    return this.passages[this.passagesPerCell === STREAMS ? k : k >> 1];
  }

  /** One round of the split; `first` knows no flow yet. Returns whether a passage is no longer laminar. */
  private split(first: boolean): boolean {
    const { length } = this.config.cell;
    let total = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      for (let side = 0; side < this.passagesPerCell; side++) {
        const k = STREAMS * cell + side;
        const passage = this.passageOf(k);
        const friction = passage.correlation.frictionReynolds(first ? 0 : this.reynolds(k));
        const area = passage.flowArea * this.opening[k];
        const hydraulic = passage.hydraulicDiameter * this.opening[k];
        // Δp = f L/d ρu²/2 with f Re constant when laminar: u = 2 d² Δp / (f Re μ L)
        this.conductance[k] = (2 * area * hydraulic * hydraulic) / (friction * this.viscosity[k] * length);
        total += this.conductance[k];
      }
    }
    const drop = (this.flowKgPerS * this.cells) / (this.fluid.density * this.config.cell.cells * total);
    const nodeLength = length / this.nodes;
    let turbulent = false;
    let fastest = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      for (let side = 0; side < this.passagesPerCell; side++) {
        const k = STREAMS * cell + side;
        const { correlation, flowArea } = this.passageOf(k);
        this.flow[k] = this.conductance[k] * drop;
        fastest = Math.max(fastest, this.flow[k] / (flowArea * nodeLength));
        turbulent ||= correlation.frictionReynolds(this.reynolds(k)) > correlation.frictionReynolds(0);
      }
    }
    this.pressurePa = drop;
    this.courantPerS = fastest;
    return turbulent;
  }
}

/** Gaps fall off evenly from the first to the last cell; the mean factor is 1. */
function gapFactor(cell: number, cells: number, tolerance: number): number {
  return cells === 1 ? 1 : 1 + tolerance * (0.5 - cell / (cells - 1));
}
