/**
 * Heat and fluid in the cells of a bank: one or two passages each, their inert walls, and a mixed dead volume at either
 * end.
 *
 * Exchange of heat between walls, fluid and alloy (exact) and movement of the fluid (van Leer) take turns: half an
 * exchange, a movement, a whole exchange, a movement, ..., half an exchange. The exchange runs along the chain of lumps
 * forwards throughout the first half of a step and backwards throughout the second, so that the step as a whole is
 * symmetric and of second order. Node 0 is the cold end. Nothing is allocated in a step.
 *
 * Left out, because small here: axial conduction, viscous heat (below 10 W), pulsation (Womersley < 3), and the net
 * change of fluid volume with strain (2 %). Left out although it is not small: a full stroke presses about a quarter of
 * the outer gap's fluid towards the inner one; the inventory of each gap stays as it is unloaded.
 */
import type { BankConfig, DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import type { Law } from '../material/law.ts';
import { makeLaw } from '../material/make-law.ts';
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../numerics/exchange.ts';
import { advect } from '../numerics/van-leer.ts';
import { REFERENCE_TEMPERATURE_K, alloyArea, linerLump, workedAlloy } from './geometry.ts';
import { FlowSplit, STREAMS } from './flow-split.ts';
import type { Passage } from './passage.ts';

export class Bank {
  readonly config: BankConfig;
  readonly law: Law;
  /** Cells with a state of their own: all, or one that stands for all where they are equal. */
  readonly cells: number;
  readonly nodes: number;
  /** Equal cells that a modelled one stands for. */
  readonly multiplicity: number;
  /** Alloy cross-section of a cell, m². */
  readonly area: number;
  /** By which the unloaded alloy is shorter (where it is pulled: longer) than when it was new, 1. */
  readonly residualStrain: number;
  readonly nodeLength: number;
  /** Fluid and inert-wall temperatures, K: first and second passage, each of shape [cells × nodes]. */
  readonly fluidK: readonly [Float64Array, Float64Array];
  readonly linerK: readonly [Float64Array, Float64Array];
  /** Dead volumes at the cold and hot end, K, shape [cells]. */
  readonly coldHeaderK: Float64Array;
  readonly hotHeaderK: Float64Array;
  /** How wide its passages are and how the flow divides between them. */
  readonly flows: FlowSplit;
  /** Length of a sub-step, s: for the calls below. */
  subStepS = 0;
  /** Fluid that is about to enter the bank, and the mean of what left it in the last movement, K. */
  enteringK = 0;
  leavingK = 0;

  private readonly fluid: Fluid;
  private readonly alloyCapacity: number;
  /** Of the lump that stands for an inert wall, per area of it: J/(m² K) and m² K/W. */
  private linerCapacity: number;
  private linerResistance: number;
  private readonly wallResistance: number;
  private readonly lossPerNode: number;
  private readonly passagesPerCell: number;
  /** Passages of all cells, cell by cell; entry `STREAMS · cell + side` of the arrays below belongs to each. */
  private readonly passages: readonly Passage[];
  /** Exchange shares over half a sub-step and over a whole one, by passage; the benchmark reads them too. */
  readonly halfShare: Float64Array;
  private readonly wholeShare: Float64Array;
  /** By passage: share of a fluid node that a sub-step moves. By cell: m³ moved, ... */
  readonly courantOf: Float64Array;
  private readonly volume: Float64Array;
  /** ... and how much of its difference to what enters a header loses, and hands on in the mean (exact mixing). */
  private readonly headerLoss: Float64Array;
  private readonly headerMean: Float64Array;

  /**
   * @param frequencyHz cycle frequency the inert walls are lumped for
   * @throws UserError where its parts do not fit into each other
   */
  constructor(
    device: DeviceConfig,
    config: BankConfig,
    fluid: Fluid,
    frequencyHz: number,
    temperatureK: number,
  ) {
    const { cell, channel, material } = config;
    this.config = config;
    this.fluid = fluid;
    this.cells = channel.gap_tolerance === 0 ? 1 : cell.cells;
    this.multiplicity = cell.cells / this.cells;
    this.nodes = device.numerics.nodes;
    this.nodeLength = cell.length / this.nodes;
    this.area = alloyArea(config);
    const size = this.cells * this.nodes;
    const alloy = workedAlloy(config);
    this.law = makeLaw(material.law, alloy.parameters, material.elements, size, temperatureK);
    this.residualStrain = alloy.residualStrain;
    this.alloyCapacity = this.law.heatCapacity * this.area * this.nodeLength;
    const liner = linerLump(config, frequencyHz);
    this.linerCapacity = liner.capacity;
    this.linerResistance = liner.resistance;
    this.lossPerNode = channel.housing_loss / (cell.cells * this.nodes);
    this.flows = new FlowSplit(config, fluid, this.cells, this.nodes);
    this.passages = this.flows.passages;
    this.passagesPerCell = this.flows.passagesPerCell;
    // mean conduction path of a wall: a sixth of its thickness if heated on both faces, a third if on one
    const isPlate = cell.form === 'plates';
    const thickness = isPlate ? config.plate.plate_thickness : config.tube.wall_thickness;
    this.wallResistance = thickness / (isPlate || this.passagesPerCell === 2 ? 6 : 3) / material.conductivity;
    const filled = (length: number) => new Float64Array(length).fill(temperatureK);
    this.fluidK = [filled(size), filled(size)];
    this.linerK = [filled(size), filled(size)];
    this.enteringK = temperatureK;
    this.leavingK = temperatureK;
    this.coldHeaderK = filled(this.cells);
    this.hotHeaderK = filled(this.cells);
    const count = STREAMS * this.cells;
    this.halfShare = new Float64Array(count * SHARES_PER_STREAM);
    this.wholeShare = new Float64Array(count * SHARES_PER_STREAM);
    this.courantOf = new Float64Array(count);
    this.volume = new Float64Array(this.cells);
    this.headerLoss = new Float64Array(this.cells);
    this.headerMean = new Float64Array(this.cells);
  }

  /** All that changes from step to step, K and fractions; dead volumes and walls that do not exist are left out. */
  get state(): readonly Float64Array[] {
    const sides = [0, 1].slice(0, this.passagesPerCell);
    const lined = sides.filter((side) => this.passages[side].linerPerimeter > 0);
    return [
      this.law.temperature,
      this.law.balanced,
      ...this.law.memory,
      ...sides.map((side) => this.fluidK[side]),
      ...lined.map((side) => this.linerK[side]),
      ...(this.config.channel.dead_volume > 0 ? [this.coldHeaderK, this.hotHeaderK] : []),
    ];
  }

  /**
   * Lumps the inert walls for another cycle frequency. What the lumps take in or leave behind is as warm as they are.
   * @returns the heat that came with it, J
   */
  lumpWalls(frequencyHz: number): number {
    const before = this.storedHeat();
    const { capacity, resistance } = linerLump(this.config, frequencyHz);
    this.linerCapacity = capacity;
    this.linerResistance = resistance;
    return this.storedHeat() - before;
  }

  /** What sub-steps of `subStepS` exchange and move, at the widths and flows set before. */
  setSubStep(): void {
    const dt = this.subStepS;
    const { fluid, flows, nodeLength, halfShare, wholeShare } = this;
    const { opening, conductivity } = flows;
    const { length } = this.config.cell;
    const { dead_volume } = this.config.channel;
    for (let cell = 0; cell < this.cells; cell++) {
      let volume = 0;
      for (let side = 0; side < this.passagesPerCell; side++) {
        const k = STREAMS * cell + side;
        const passage = this.passageOf(cell, side);
        const moved = flows.flow[k] * dt;
        volume += moved;
        this.courantOf[k] = moved / (passage.flowArea * nodeLength);
        const hydraulic = passage.hydraulicDiameter * opening[k];
        const reynolds = flows.reynolds(k);
        const prandtl = (flows.viscosity[k] * fluid.heatCapacity) / conductivity[k];
        flows.watch.sawFlow(reynolds, prandtl, side);
        const nusselt = passage.correlation.nusselt(reynolds, prandtl, hydraulic / length);
        const film = hydraulic / (nusselt * conductivity[k]);
        const toAlloy = (passage.wettedPerimeter * nodeLength) / (film + this.wallResistance);
        const fluidCapacity = fluid.density * fluid.heatCapacity * passage.flowArea * nodeLength;
        const at = SHARES_PER_STREAM * k;
        if (passage.linerPerimeter > 0) {
          const toLiner = (passage.linerPerimeter * nodeLength) / (film + this.linerResistance);
          const linerCapacity = this.linerCapacity * passage.linerPerimeter * nodeLength;
          halfShare[at] = exchangeShare(fluidCapacity, linerCapacity, toLiner, dt / 2);
          halfShare[at + 1] = (halfShare[at] * fluidCapacity) / linerCapacity;
        }
        halfShare[at + 2] = exchangeShare(this.alloyCapacity, fluidCapacity, toAlloy, dt / 2);
        halfShare[at + 3] = (halfShare[at + 2] * this.alloyCapacity) / fluidCapacity;
        // what a whole exchange leaves of a difference is the square of what a half leaves
        for (let pair = at; pair < at + SHARES_PER_STREAM; pair += 2) {
          const twice = 2 - halfShare[pair] - halfShare[pair + 1];
          wholeShare[pair] = twice * halfShare[pair];
          wholeShare[pair + 1] = twice * halfShare[pair + 1];
        }
      }
      this.volume[cell] = volume;
      const ratio = dead_volume === 0 ? 0 : volume / dead_volume;
      this.headerLoss[cell] = -Math.expm1(-ratio);
      this.headerMean[cell] = ratio === 0 ? 0 : this.headerLoss[cell] / ratio;
    }
  }

  /** Exchange of heat within the bank over half a sub-step or a whole one, forwards in the first half of a step. */
  exchangeHeat(isWhole: boolean, isFirstHalf: boolean): void {
    const { fluidK, linerK, law, nodes } = this;
    const share = isWhole ? this.wholeShare : this.halfShare;
    for (let cell = 0; cell < this.cells; cell++) {
      exchangeChain(
        linerK[0],
        fluidK[0],
        law.temperature,
        fluidK[1],
        linerK[1],
        cell * nodes,
        nodes,
        share,
        SHARES_PER_STREAM * STREAMS * cell,
        isFirstHalf,
      );
    }
  }

  /** Moves the fluid by a sub-step, from the cold to the hot end (`direction` +1) or back (-1). */
  moveFluid(direction: number): void {
    const { nodes, volume, headerLoss, headerMean, enteringK } = this;
    const { flow } = this.flows;
    const firstHeader = direction > 0 ? this.coldHeaderK : this.hotHeaderK;
    const lastHeader = direction > 0 ? this.hotHeaderK : this.coldHeaderK;
    let leaving = 0;
    let moved = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const above = firstHeader[cell] - enteringK;
      const inlet = enteringK + above * headerMean[cell];
      firstHeader[cell] -= above * headerLoss[cell];
      let out = 0;
      let flows = 0;
      for (let side = 0; side < this.passagesPerCell; side++) {
        const k = STREAMS * cell + side;
        out += flow[k] * advect(this.fluidK[side], cell * nodes, nodes, direction * this.courantOf[k], inlet);
        flows += flow[k];
      }
      out /= flows;
      const aboveLast = lastHeader[cell] - out;
      leaving += volume[cell] * (out + aboveLast * headerMean[cell]);
      lastHeader[cell] -= aboveLast * headerLoss[cell];
      moved += volume[cell];
    }
    this.leavingK = leaving / moved;
  }

  /** Heat lost from the outer walls (the fluid, where there are none) to surroundings at `ambientK` in `dt`, J. */
  loseHeat(dt: number, ambientK: number): number {
    if (this.lossPerNode === 0) return 0;
    const side = this.passagesPerCell - 1;
    let lost = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const passage = this.passageOf(cell, side);
      const isLined = passage.linerPerimeter > 0;
      const field = isLined ? this.linerK[side] : this.fluidK[side];
      const perLength = isLined
        ? this.linerCapacity * passage.linerPerimeter
        : this.fluid.density * this.fluid.heatCapacity * passage.flowArea;
      const capacity = perLength * this.nodeLength;
      const fraction = -Math.expm1((-this.lossPerNode * dt) / capacity);
      for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) {
        const change = fraction * (field[i] - ambientK);
        field[i] -= change;
        lost += capacity * change;
      }
    }
    return lost * this.multiplicity;
  }

  /** Heat stored in fluid and inert walls above the reference temperature, J. */
  storedHeat(): number {
    const rhoC = this.fluid.density * this.fluid.heatCapacity;
    const { dead_volume } = this.config.channel;
    let sum = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      for (let side = 0; side < this.passagesPerCell; side++) {
        const passage = this.passageOf(cell, side);
        sum += rhoC * passage.flowArea * this.warmth(this.fluidK[side], cell);
        sum += this.linerCapacity * passage.linerPerimeter * this.warmth(this.linerK[side], cell);
      }
      const headers = this.coldHeaderK[cell] + this.hotHeaderK[cell] - 2 * REFERENCE_TEMPERATURE_K;
      sum += rhoC * dead_volume * headers;
    }
    return sum * this.multiplicity;
  }

  private passageOf(cell: number, side: number): Passage {
    return this.passages[this.passagesPerCell * cell + side];
  }

  private warmth(field: Float64Array, cell: number): number {
    let sum = -this.nodes * REFERENCE_TEMPERATURE_K;
    for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) sum += field[i];
    return sum * this.nodeLength;
  }
}
