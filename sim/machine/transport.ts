/**
 * Heat and fluid in the cells: two streams each (the gap inside its tubes and the gap around them), the inert walls of
 * those gaps, and a mixed dead volume at either end. Flow splits between all gaps by equal pressure drop; the strain
 * of the tubes opens the inner gaps and closes the outer ones.
 *
 * A sub-step is symmetric: half an exchange of heat between walls, fluid and alloy (exact), the fluid moves (van
 * Leer), the other half of the exchange. Node 0 is the cold end. Nothing is allocated in a step.
 *
 * Left out, because small here: axial conduction, viscous heat (below 10 W), pulsation (Womersley < 3), and the net
 * change of fluid volume with strain (2 %). Left out although it is not small: a full stroke presses about a quarter of
 * the outer gap's fluid towards the inner one; the inventory of each gap stays as it is unloaded.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { NUSSELT_ONE_SIDED, gapConductance, gapNusselt } from '../fluid/correlations.ts';
import type { Fluid } from '../fluid/properties.ts';
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../numerics/exchange.ts';
import { advect } from '../numerics/van-leer.ts';
import {
  REFERENCE_TEMPERATURE_K,
  type Stream,
  alloyArea,
  innerStream,
  linerLump,
  outerStream,
} from './geometry.ts';

const STREAMS = 2;

export class Transport {
  /** Fluid and inert-wall temperatures, K: [inner, outer], each of shape [cells × nodes]. */
  readonly fluidK: readonly [Float64Array, Float64Array];
  readonly linerK: readonly [Float64Array, Float64Array];
  /** Dead volumes at the cold and hot end, K, shape [cells]. */
  readonly coldHeaderK: Float64Array;
  readonly hotHeaderK: Float64Array;
  /** Pressure drop over the gaps at the flow that was set last, Pa. */
  gapPressurePa = 0;
  /** Largest Reynolds number in a gap so far: above the laminar limit the correlations do not hold. */
  peakReynolds = 0;

  private readonly config: DeviceConfig;
  private readonly fluid: Fluid;
  private readonly cells: number;
  private readonly nodes: number;
  private readonly multiplicity: number;
  private readonly nodeLength: number;
  private readonly alloyCapacity: number;
  private readonly linerCapacity: number;
  private readonly linerResistance: number;
  private readonly lossPerNode: number;
  /** Per cell [inner, outer]; the arrays below have one entry each, stream by stream. */
  private readonly streams: readonly Stream[];
  private readonly gap: Float64Array;
  /** m³/(s Pa) and m³/s */
  private readonly conductance: Float64Array;
  private readonly flow: Float64Array;
  private readonly share: Float64Array;

  /**
   * @param cells modelled cells, each standing for `multiplicity` equal ones
   * @param frequencyHz cycle frequency the inert walls are lumped for
   */
  constructor(config: DeviceConfig, fluid: Fluid, cells: number, frequencyHz: number, temperatureK: number) {
    const { tube, channel, numerics } = config;
    this.config = config;
    this.fluid = fluid;
    this.cells = cells;
    this.nodes = numerics.nodes;
    this.multiplicity = tube.cells / cells;
    this.nodeLength = tube.length / this.nodes;
    this.alloyCapacity =
      config.material.density * config.material.heat_capacity * alloyArea(config) * this.nodeLength;
    const liner = linerLump(config, frequencyHz);
    this.linerCapacity = liner.capacity;
    this.linerResistance = liner.resistance;
    this.lossPerNode = channel.housing_loss / (tube.cells * this.nodes);
    const filled = (length: number) => new Float64Array(length).fill(temperatureK);
    const size = cells * this.nodes;
    this.fluidK = [filled(size), filled(size)];
    this.linerK = [filled(size), filled(size)];
    this.coldHeaderK = filled(cells);
    this.hotHeaderK = filled(cells);
    this.streams = Array.from({ length: cells }, (_, cell) => {
      const factor = gapFactor(cell, cells, channel.gap_tolerance);
      return [innerStream(config, factor), outerStream(config, factor)];
    }).flat();
    this.gap = new Float64Array(this.streams.length);
    this.conductance = new Float64Array(this.streams.length);
    this.flow = new Float64Array(this.streams.length);
    this.share = new Float64Array(this.streams.length * SHARES_PER_STREAM);
  }

  /** Gaps and their conductances at the mean radial strain of each cell, shape [cells]. */
  setGaps(radialStrain: Float64Array): void {
    const { length } = this.config.tube;
    for (let k = 0; k < this.streams.length; k++) {
      const stream = this.streams[k];
      const gap = stream.gap + stream.wideningSign * stream.radius * radialStrain[k >> 1];
      // a tube that touches its housing still leaves the flow its roughness
      this.gap[k] = Math.max(gap, 0.05 * stream.gap);
      this.conductance[k] = gapConductance(stream.width, this.gap[k], length, this.fluid.viscosity);
    }
  }

  /** Splits a mass flow through all cells, kg/s ≥ 0, over the gaps; returns the largest Courant number over `dt`. */
  setFlow(massFlow: number, dt: number): number {
    let total = 0;
    for (let k = 0; k < this.conductance.length; k++) total += this.conductance[k];
    this.gapPressurePa = massFlow / this.fluid.density / (total * this.multiplicity);
    let largest = 0;
    for (let k = 0; k < this.streams.length; k++) {
      const stream = this.streams[k];
      this.flow[k] = this.conductance[k] * this.gapPressurePa;
      largest = Math.max(largest, (this.flow[k] * dt) / (stream.flowArea * this.nodeLength));
    }
    return largest;
  }

  /** Exchange shares for half sub-steps of `dt` at the gaps and flows set before. */
  setExchange(dt: number): void {
    const { fluid, nodeLength, share } = this;
    const { wall_thickness, length } = this.config.tube;
    const prandtl = (fluid.viscosity * fluid.heatCapacity) / fluid.conductivity;
    // mean conduction path of a wall heated on both faces: t / 6
    const wallResistance = wall_thickness / 6 / this.config.material.conductivity;
    for (let k = 0; k < this.streams.length; k++) {
      const stream = this.streams[k];
      const hydraulic = 2 * this.gap[k];
      const velocity = this.flow[k] / (stream.width * this.gap[k]);
      const reynolds = (fluid.density * velocity * hydraulic) / fluid.viscosity;
      this.peakReynolds = Math.max(this.peakReynolds, reynolds);
      const nusselt = gapNusselt(NUSSELT_ONE_SIDED, (reynolds * prandtl * hydraulic) / length);
      const film = hydraulic / (nusselt * fluid.conductivity);
      const toAlloy = (stream.wettedPerimeter * nodeLength) / (film + wallResistance);
      const toLiner = (stream.linerPerimeter * nodeLength) / (film + this.linerResistance);
      const fluidCapacity = fluid.density * fluid.heatCapacity * stream.flowArea * nodeLength;
      const linerCapacity = this.linerCapacity * stream.linerPerimeter * nodeLength;
      const at = SHARES_PER_STREAM * k;
      share[at] = exchangeShare(fluidCapacity, linerCapacity, toLiner, dt / 2);
      share[at + 1] = (share[at] * fluidCapacity) / linerCapacity;
      share[at + 2] = exchangeShare(this.alloyCapacity, fluidCapacity, toAlloy, dt / 2);
      share[at + 3] = (share[at + 2] * this.alloyCapacity) / fluidCapacity;
    }
  }

  /**
   * One sub-step. `direction` +1 from the cold to the hot end, -1 back, 0 at rest.
   * @param alloy temperatures of the alloy, K, shape [cells × nodes]; heat is exchanged with it
   * @returns mean temperature of what left the cells, K; NaN at rest
   */
  advance(dt: number, direction: number, entering: number, alloy: Float64Array): number {
    this.exchangeHeat(alloy, true);
    const leaving = direction === 0 ? Number.NaN : this.moveFluid(dt, direction, entering);
    this.exchangeHeat(alloy, false);
    return leaving;
  }

  /** Heat lost from the outer walls to surroundings at `ambientK` in `dt`, J. */
  loseHeat(dt: number, ambientK: number): number {
    if (this.lossPerNode === 0) return 0;
    const liner = this.linerK[1];
    let lost = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const capacity = this.linerCapacity * this.streams[2 * cell + 1].linerPerimeter * this.nodeLength;
      const fraction = -Math.expm1((-this.lossPerNode * dt) / capacity);
      for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) {
        const change = fraction * (liner[i] - ambientK);
        liner[i] -= change;
        lost += capacity * change;
      }
    }
    return lost * this.multiplicity;
  }

  /** Heat stored in fluid and inert walls above the reference temperature, J. */
  storedHeat(): number {
    const rhoC = this.fluid.density * this.fluid.heatCapacity;
    const above = (field: Float64Array, cell: number) => {
      let sum = -this.nodes * REFERENCE_TEMPERATURE_K;
      for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) sum += field[i];
      return sum * this.nodeLength;
    };
    let sum = 0;
    for (const [k, stream] of this.streams.entries()) {
      const [cell, side] = [k >> 1, k % STREAMS === 0 ? 0 : 1];
      sum += rhoC * stream.flowArea * above(this.fluidK[side], cell);
      sum += this.linerCapacity * stream.linerPerimeter * above(this.linerK[side], cell);
    }
    for (const header of [...this.coldHeaderK, ...this.hotHeaderK]) {
      sum += rhoC * this.config.channel.dead_volume * (header - REFERENCE_TEMPERATURE_K);
    }
    return sum * this.multiplicity;
  }

  private exchangeHeat(alloy: Float64Array, forward: boolean): void {
    const fluid0 = this.fluidK[0];
    const fluid1 = this.fluidK[1];
    const liner0 = this.linerK[0];
    const liner1 = this.linerK[1];
    for (let cell = 0; cell < this.cells; cell++) {
      const at = SHARES_PER_STREAM * STREAMS * cell;
      exchangeChain(
        liner0,
        fluid0,
        alloy,
        fluid1,
        liner1,
        cell * this.nodes,
        this.nodes,
        this.share,
        at,
        forward,
      );
    }
  }

  private moveFluid(dt: number, direction: number, entering: number): number {
    const firstHeader = direction > 0 ? this.coldHeaderK : this.hotHeaderK;
    const lastHeader = direction > 0 ? this.hotHeaderK : this.coldHeaderK;
    let leaving = 0;
    let moved = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const k = cell * STREAMS;
      const inner = this.flow[k] * dt;
      const outer = this.flow[k + 1] * dt;
      const volume = inner + outer;
      const inlet = this.mixHeader(firstHeader, cell, volume, entering);
      const from = cell * this.nodes;
      const innerCourant = (direction * inner) / (this.streams[k].flowArea * this.nodeLength);
      const outerCourant = (direction * outer) / (this.streams[k + 1].flowArea * this.nodeLength);
      const out =
        inner * advect(this.fluidK[0], from, this.nodes, innerCourant, inlet) +
        outer * advect(this.fluidK[1], from, this.nodes, outerCourant, inlet);
      leaving += volume * this.mixHeader(lastHeader, cell, volume, out / volume);
      moved += volume;
    }
    return leaving / moved;
  }

  /** Passes `volume` through a mixed dead volume; returns the mean temperature of what leaves (exact). */
  private mixHeader(header: Float64Array, cell: number, volume: number, entering: number): number {
    const { dead_volume } = this.config.channel;
    if (dead_volume === 0) return entering;
    const ratio = volume / dead_volume;
    const lost = -Math.expm1(-ratio);
    const difference = header[cell] - entering;
    header[cell] -= difference * lost;
    return entering + (difference * lost) / ratio;
  }
}

/** Gaps fall off evenly from the first to the last cell; the mean factor is 1. */
function gapFactor(cell: number, cells: number, tolerance: number): number {
  return cells === 1 ? 1 : 1 + tolerance * (0.5 - cell / (cells - 1));
}
