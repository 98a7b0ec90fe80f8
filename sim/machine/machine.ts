/**
 * The device: a load train of cells that share one force, each with two fluid streams (the gap inside its tubes and
 * the gap around them), the inert walls of those gaps, and a mixed dead volume at either end.
 *
 * One step is symmetric in time, hence of second order: half the transport, the train is strained (its own implicit
 * step), the other half of the transport. Transport goes in sub-steps of Courant number ½: half an exchange of heat
 * between walls, fluid and alloy (exact), the fluid moves (van Leer), the other half of the exchange.
 * Node 0 is the cold end. Nothing is allocated in a step.
 *
 * Left out, because small here: axial conduction in the fluid, viscous heat (below 10 W), pulsation (Womersley < 3),
 * and the 1 % net change of fluid volume with strain.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { NUSSELT_ONE_SIDED, gapConductance, gapNusselt } from '../fluid/correlations.ts';
import type { Fluid } from '../fluid/properties.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';
import { SHARES_PER_STREAM, exchangeChain, exchangeShare } from '../numerics/exchange.ts';
import { advect } from '../numerics/van-leer.ts';
import {
  REFERENCE_TEMPERATURE_K,
  type Stream,
  alloyArea,
  innerStream,
  linerLump,
  outerStream,
  superelasticParameters,
  workingFluid,
} from './geometry.ts';
import { inertancePressure, linePressure } from './hydraulics.ts';
import { LoadTrain } from './load-train.ts';

/** Fluid temperatures that wait at the ports, K. */
export interface PortTemperatures {
  cold: number;
  hot: number;
  ambient: number;
}

const STREAMS = 2;

export class Machine {
  readonly config: DeviceConfig;
  readonly fluid: Fluid;
  readonly law: SuperelasticParameters;
  readonly train: LoadTrain;
  /** Cells with a state of their own, and how many equal ones each stands for. */
  readonly cells: number;
  readonly multiplicity: number;
  readonly nodes: number;
  readonly area: number;

  /** Fluid and inert-wall temperatures, K: [inner, outer], each of shape [cells × nodes]. */
  readonly fluidK: readonly [Float64Array, Float64Array];
  readonly linerK: readonly [Float64Array, Float64Array];
  /** Dead volumes at the cold and hot end, K, shape [cells]. */
  readonly coldHeaderK: Float64Array;
  readonly hotHeaderK: Float64Array;

  // --- readings of the last step -----------------------------------------------------------------------------
  /** Mean temperature of what left the cells in the last step that had flow in that direction, K. */
  coldOutletK: number;
  hotOutletK: number;
  /** Pressure drop of cells, valves and lines, Pa, magnitude. */
  pressurePa = 0;
  /** Largest Reynolds number in a gap so far: above the laminar limit the correlations do not hold. */
  peakReynolds = 0;

  // --- energies since the start, J -----------------------------------------------------------------------------
  coolingJ = 0;
  heatingJ = 0;
  workJ = 0;
  loadingWorkJ = 0;
  pumpJ = 0;
  /** Heat lost from the housings to the surroundings. */
  lossJ = 0;

  private readonly streams: readonly (readonly [Stream, Stream])[];
  private readonly nodeLength: number;
  private readonly alloyCapacity: number;
  private readonly headerVolume: number;
  private readonly lossPerNode: number;
  private readonly conductance: Float64Array;
  private readonly gap: Float64Array;
  private readonly flow: Float64Array;
  private readonly share: Float64Array;
  private readonly linerCapacity: number;
  private readonly linerResistance: number;
  private lastFlow = 0;
  private gapPressure = 0;
  private leavingSum = 0;
  private leavingVolume = 0;

  /**
   * @param frequencyHz cycle frequency the inert walls are lumped for
   * @param temperatureK everything starts at this temperature, unloaded
   */
  constructor(config: DeviceConfig, frequencyHz: number, temperatureK: number) {
    this.config = config;
    this.fluid = workingFluid(config);
    this.law = superelasticParameters(config);
    const { tube, channel } = config;
    const identical = channel.gap_tolerance === 0;
    this.cells = identical ? 1 : tube.cells;
    this.multiplicity = tube.cells / this.cells;
    this.nodes = config.numerics.nodes;
    this.area = alloyArea(config);
    this.train = new LoadTrain(
      this.law,
      {
        cells: this.cells,
        nodes: this.nodes,
        cellLength: tube.length,
        area: this.area,
        frameStiffness: config.drive.frame_stiffness,
        multiplicity: this.multiplicity,
      },
      config.material.poisson_ratio,
      temperatureK,
    );
    const size = this.cells * this.nodes;
    const filled = (length: number) => new Float64Array(length).fill(temperatureK);
    this.fluidK = [filled(size), filled(size)];
    this.linerK = [filled(size), filled(size)];
    this.coldHeaderK = filled(this.cells);
    this.hotHeaderK = filled(this.cells);
    this.coldOutletK = temperatureK;
    this.hotOutletK = temperatureK;
    this.streams = Array.from({ length: this.cells }, (_, cell) => {
      const factor = gapFactor(cell, this.cells, channel.gap_tolerance);
      return [innerStream(config, factor), outerStream(config, factor)] as const;
    });
    this.nodeLength = tube.length / this.nodes;
    this.alloyCapacity = this.law.heatCapacity * this.area * this.nodeLength;
    this.headerVolume = channel.dead_volume;
    this.lossPerNode = channel.housing_loss / (tube.cells * this.nodes);
    this.conductance = new Float64Array(this.cells * STREAMS);
    this.gap = new Float64Array(this.cells * STREAMS);
    this.flow = new Float64Array(this.cells * STREAMS);
    this.share = new Float64Array(this.cells * STREAMS * SHARES_PER_STREAM);
    const lump = linerLump(config, frequencyHz);
    this.linerCapacity = lump.capacity;
    this.linerResistance = lump.resistance;
  }

  /**
   * The whole state at a moment without force, for solvers of the cyclic steady state:
   * [alloy K | martensite fraction | fluid K ×2 | liner K ×2 | headers K ×2], length `stateLength`.
   */
  get stateLength(): number {
    return 6 * this.cells * this.nodes + 2 * this.cells;
  }

  saveState(into: Float64Array): void {
    let at = 0;
    for (const part of this.stateParts()) {
      into.set(part, at);
      at += part.length;
    }
  }

  /** Fractions outside [0,1] (an extrapolation may give them) are clipped. */
  loadState(from: Float64Array): void {
    let at = 0;
    for (const part of this.stateParts()) {
      part.set(from.subarray(at, at + part.length));
      at += part.length;
    }
    const fraction = this.train.fraction;
    for (let i = 0; i < fraction.length; i++) fraction[i] = Math.min(1, Math.max(0, fraction[i]));
    this.train.release();
  }

  private stateParts(): readonly Float64Array[] {
    const { train, fluidK, linerK, coldHeaderK, hotHeaderK } = this;
    return [train.temperature, train.fraction, ...fluidK, ...linerK, coldHeaderK, hotHeaderK];
  }

  /**
   * One step.
   * @param shorteningM commanded shortening at the end of the step, m
   * @param massFlow kg/s through all cells; + hot blow (cold end to hot end), - cold blow
   */
  step(dtS: number, shorteningM: number, massFlow: number, ports: PortTemperatures): void {
    this.updateGaps();
    const courant = this.updateFlow(dtS / 2, massFlow);
    const count = Math.max(1, Math.ceil(courant / this.config.numerics.courant - 1e-9));
    const dt = dtS / 2 / count;
    this.updateShares(dt / 2);
    this.leavingSum = 0;
    this.leavingVolume = 0;
    this.transport(dt, count, massFlow, ports);
    this.strainTrain(shorteningM);
    this.transport(dt, count, massFlow, ports);
    if (massFlow > 0) this.hotOutletK = this.leavingSum / this.leavingVolume;
    else if (massFlow < 0) this.coldOutletK = this.leavingSum / this.leavingVolume;
    this.loseHeat(dtS, ports.ambient);
    this.accountPump(dtS, massFlow);
  }

  /** Energy stored in alloy, fluid, walls and frame, J; differences close the first law. */
  storedEnergy(): number {
    const { fluid, nodeLength } = this;
    const rhoC = fluid.density * fluid.heatCapacity;
    let sum = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      for (let s = 0; s < STREAMS; s++) {
        const stream = this.streams[cell][s === 0 ? 0 : 1];
        const [fluidK, linerK] = [this.fluidK[s === 0 ? 0 : 1], this.linerK[s === 0 ? 0 : 1]];
        for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) {
          sum += rhoC * stream.flowArea * nodeLength * (fluidK[i] - REFERENCE_TEMPERATURE_K);
          sum +=
            this.linerCapacity * stream.linerPerimeter * nodeLength * (linerK[i] - REFERENCE_TEMPERATURE_K);
        }
      }
      sum +=
        rhoC *
        this.headerVolume *
        (this.coldHeaderK[cell] + this.hotHeaderK[cell] - 2 * REFERENCE_TEMPERATURE_K);
    }
    return sum * this.multiplicity + this.train.storedEnergy();
  }

  private updateGaps(): void {
    for (let cell = 0; cell < this.cells; cell++) {
      for (let s = 0; s < STREAMS; s++) {
        const stream = this.streams[cell][s === 0 ? 0 : 1];
        const k = cell * STREAMS + s;
        const gap = stream.gap + stream.wideningSign * stream.radius * this.train.radialStrain[cell];
        // a tube that touches its housing still leaves the flow its roughness
        this.gap[k] = Math.max(gap, 0.05 * stream.gap);
        this.conductance[k] = gapConductance(
          stream.width,
          this.gap[k],
          this.config.tube.length,
          this.fluid.viscosity,
        );
      }
    }
  }

  /** Splits the flow by equal pressure drop; returns the largest Courant number over `dt`. */
  private updateFlow(dt: number, massFlow: number): number {
    let total = 0;
    for (const value of this.conductance) total += value;
    const flow = Math.abs(massFlow) / this.fluid.density;
    this.gapPressure = flow / (total * this.multiplicity);
    let largest = 0;
    for (let k = 0; k < this.conductance.length; k++) {
      const stream = this.streams[k >> 1][k & 1 ? 1 : 0];
      const volume = this.conductance[k] * this.gapPressure;
      this.flow[k] = volume;
      const courant = (volume * dt) / (stream.flowArea * this.nodeLength);
      if (courant > largest) largest = courant;
    }
    return largest;
  }

  /** Exchange shares for `dt` at the present gaps and flows. */
  private updateShares(dt: number): void {
    const { fluid, nodeLength, share } = this;
    const prandtl = (fluid.viscosity * fluid.heatCapacity) / fluid.conductivity;
    // mean conduction path of a wall heated on both faces: t / 6
    const wallResistance = this.config.tube.wall_thickness / 6 / this.config.material.conductivity;
    for (let k = 0; k < this.conductance.length; k++) {
      const stream = this.streams[k >> 1][k & 1 ? 1 : 0];
      const hydraulic = 2 * this.gap[k];
      const velocity = this.flow[k] / (stream.width * this.gap[k]);
      const reynolds = (fluid.density * velocity * hydraulic) / fluid.viscosity;
      if (reynolds > this.peakReynolds) this.peakReynolds = reynolds;
      const nusselt = gapNusselt(
        NUSSELT_ONE_SIDED,
        (reynolds * prandtl * hydraulic) / this.config.tube.length,
      );
      const film = hydraulic / (nusselt * fluid.conductivity);
      const toAlloy = (stream.wettedPerimeter * nodeLength) / (film + wallResistance);
      const toLiner = (stream.linerPerimeter * nodeLength) / (film + this.linerResistance);
      const fluidCapacity = fluid.density * fluid.heatCapacity * stream.flowArea * nodeLength;
      const linerCapacity = this.linerCapacity * stream.linerPerimeter * nodeLength;
      const at = SHARES_PER_STREAM * k;
      share[at] = exchangeShare(fluidCapacity, linerCapacity, toLiner, dt);
      share[at + 1] = (share[at] * fluidCapacity) / linerCapacity;
      share[at + 2] = exchangeShare(this.alloyCapacity, fluidCapacity, toAlloy, dt);
      share[at + 3] = (share[at + 2] * this.alloyCapacity) / fluidCapacity;
    }
  }

  private transport(dt: number, count: number, massFlow: number, ports: PortTemperatures): void {
    for (let n = 0; n < count; n++) {
      this.exchangeHeat(true);
      if (massFlow !== 0) this.moveFluid(dt, massFlow > 0, ports);
      this.exchangeHeat(false);
    }
  }

  private exchangeHeat(forward: boolean): void {
    const [fluid0, fluid1] = this.fluidK;
    const [liner0, liner1] = this.linerK;
    const alloy = this.train.temperature;
    for (let cell = 0; cell < this.cells; cell++) {
      const at = SHARES_PER_STREAM * STREAMS * cell;
      const from = cell * this.nodes;
      exchangeChain(liner0, fluid0, alloy, fluid1, liner1, from, this.nodes, this.share, at, forward);
    }
  }

  private moveFluid(dtS: number, forward: boolean, ports: PortTemperatures): void {
    const firstHeader = forward ? this.coldHeaderK : this.hotHeaderK;
    const lastHeader = forward ? this.hotHeaderK : this.coldHeaderK;
    const entering = forward ? ports.cold : ports.hot;
    const perLength = (forward ? 1 : -1) / this.nodeLength;
    let leavingSum = 0;
    let volumeSum = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const inner = this.flow[cell * STREAMS] * dtS;
      const outer = this.flow[cell * STREAMS + 1] * dtS;
      const volume = inner + outer;
      const inlet = this.mixHeader(firstHeader, cell, volume, entering);
      const [a, b] = this.streams[cell];
      const from = cell * this.nodes;
      const out =
        inner * advect(this.fluidK[0], from, this.nodes, (inner / a.flowArea) * perLength, inlet) +
        outer * advect(this.fluidK[1], from, this.nodes, (outer / b.flowArea) * perLength, inlet);
      leavingSum += volume * this.mixHeader(lastHeader, cell, volume, out / volume);
      volumeSum += volume;
    }
    const leaving = leavingSum / volumeSum;
    const capacity = this.fluid.density * this.fluid.heatCapacity * volumeSum * this.multiplicity;
    const reference = REFERENCE_TEMPERATURE_K;
    this.leavingSum += leavingSum;
    this.leavingVolume += volumeSum;
    if (forward) {
      this.coolingJ += capacity * (ports.cold - reference);
      this.heatingJ += capacity * (leaving - reference);
    } else {
      this.coolingJ -= capacity * (leaving - reference);
      this.heatingJ -= capacity * (ports.hot - reference);
    }
  }

  /** Passes `volume` through a mixed dead volume; returns the mean temperature of what leaves (exact). */
  private mixHeader(header: Float64Array, cell: number, volume: number, entering: number): number {
    if (this.headerVolume === 0) return entering;
    const ratio = volume / this.headerVolume;
    const lost = -Math.expm1(-ratio);
    const difference = header[cell] - entering;
    header[cell] = header[cell] - difference * lost;
    return entering + (difference * lost) / ratio;
  }

  private strainTrain(shorteningM: number): void {
    const { train } = this;
    const force = train.force;
    const before = train.shortening;
    train.advance(shorteningM - this.config.drive.clearance);
    const work = 0.5 * (force + train.force) * (train.shortening - before);
    this.workJ += work;
    if (work > 0) this.loadingWorkJ += work;
  }

  private loseHeat(dtS: number, ambientK: number): void {
    if (this.lossPerNode === 0) return;
    const liner = this.linerK[1];
    let lost = 0;
    for (let cell = 0; cell < this.cells; cell++) {
      const capacity = this.linerCapacity * this.streams[cell][1].linerPerimeter * this.nodeLength;
      const fraction = -Math.expm1((-this.lossPerNode * dtS) / capacity);
      for (let i = cell * this.nodes; i < (cell + 1) * this.nodes; i++) {
        const change = fraction * (liner[i] - ambientK);
        liner[i] -= change;
        lost += capacity * change;
      }
    }
    this.lossJ += lost * this.multiplicity;
  }

  private accountPump(dtS: number, massFlow: number): void {
    const flow = massFlow / this.fluid.density;
    const steady = this.gapPressure + linePressure(this.config, this.fluid, flow);
    const change = (Math.abs(flow) - Math.abs(this.lastFlow)) / dtS;
    this.lastFlow = flow;
    this.pressurePa = Math.abs(steady + inertancePressure(this.config, this.fluid, change));
    this.pumpJ += (steady * Math.abs(flow) * dtS) / this.config.circuit.pump_efficiency;
  }
}

/** Gaps fall off evenly from the first to the last cell; the mean factor is 1. */
function gapFactor(cell: number, cells: number, tolerance: number): number {
  return cells === 1 ? 1 : 1 + tolerance * (0.5 - cell / (cells - 1));
}
