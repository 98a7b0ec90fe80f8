/**
 * The device: a load train of cells that share one force, and the heat and fluid that move through them. One step is
 * symmetric in time, hence of second order: half the transport, the train is strained (its own implicit step), the
 * other half of the transport. What crosses actuator, ports and housing is counted here, apart from the state.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/properties.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';
import { REFERENCE_TEMPERATURE_K, alloyArea, superelasticParameters, workingFluid } from './geometry.ts';
import { inertancePressure, linePressure } from './hydraulics.ts';
import { LoadTrain } from './load-train.ts';
import { Transport } from './transport.ts';

/** Fluid temperatures that wait at the ports, and the air around, K. */
export interface PortTemperatures {
  cold: number;
  hot: number;
  ambient: number;
}

export class Machine {
  readonly config: DeviceConfig;
  readonly fluid: Fluid;
  readonly law: SuperelasticParameters;
  readonly train: LoadTrain;
  readonly transport: Transport;
  /** Cells with a state of their own: all, or one that stands for all where they are equal. */
  readonly cells: number;
  readonly nodes: number;
  /** Alloy cross-section of a cell, m². */
  readonly area: number;

  /** Mean temperature of what left the cells in the last step that had flow in that direction, K. */
  coldOutletK: number;
  hotOutletK: number;
  /** Pressure drop of cells, valves and lines in the last step, Pa, magnitude. */
  pressurePa = 0;

  /** Energies since the start, J: net enthalpy from the cold port, net enthalpy to the hot port, ... */
  coolingJ = 0;
  heatingJ = 0;
  /** ... net work of the actuator, the part of it that was put in, electricity of the pump, ... */
  workJ = 0;
  loadingWorkJ = 0;
  pumpJ = 0;
  /** ... and heat lost from the housings to the surroundings. */
  lossJ = 0;

  private lastFlow = 0;

  /**
   * @param frequencyHz cycle frequency the inert walls are lumped for
   * @param temperatureK everything starts at this temperature, unloaded
   */
  constructor(config: DeviceConfig, frequencyHz: number, temperatureK: number) {
    this.config = config;
    this.fluid = workingFluid(config);
    this.law = superelasticParameters(config);
    this.cells = config.channel.gap_tolerance === 0 ? 1 : config.tube.cells;
    this.nodes = config.numerics.nodes;
    this.area = alloyArea(config);
    const shape = {
      cells: this.cells,
      nodes: this.nodes,
      cellLength: config.tube.length,
      area: this.area,
      frameStiffness: config.drive.frame_stiffness,
      multiplicity: config.tube.cells / this.cells,
    };
    this.train = new LoadTrain(this.law, shape, config.material.poisson_ratio, temperatureK);
    this.transport = new Transport(config, this.fluid, this.cells, frequencyHz, temperatureK);
    this.coldOutletK = temperatureK;
    this.hotOutletK = temperatureK;
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
    const { fraction } = this.train;
    for (let i = 0; i < fraction.length; i++) fraction[i] = Math.min(1, Math.max(0, fraction[i]));
    this.train.release();
  }

  private stateParts(): readonly Float64Array[] {
    const { fluidK, linerK, coldHeaderK, hotHeaderK } = this.transport;
    return [this.train.temperature, this.train.fraction, ...fluidK, ...linerK, coldHeaderK, hotHeaderK];
  }

  /**
   * One step.
   * @param shorteningM commanded shortening at the end of the step, m
   * @param massFlow kg/s through all cells; + hot blow (cold end to hot end), - cold blow
   */
  step(dtS: number, shorteningM: number, massFlow: number, ports: PortTemperatures): void {
    const { transport } = this;
    transport.setGaps(this.train.radialStrain);
    const courant = transport.setFlow(Math.abs(massFlow), dtS / 2);
    const count = Math.max(1, Math.ceil(courant / this.config.numerics.courant - 1e-9));
    transport.setExchange(dtS / 2 / count);
    const before = this.moveHalf(dtS / 2, count, massFlow, ports);
    this.strainTrain(shorteningM);
    const after = this.moveHalf(dtS / 2, count, massFlow, ports);
    if (massFlow > 0) this.hotOutletK = (before + after) / 2;
    else if (massFlow < 0) this.coldOutletK = (before + after) / 2;
    this.lossJ += transport.loseHeat(dtS, ports.ambient);
    this.accountPump(dtS, massFlow);
  }

  /** Energy stored in alloy, frame, fluid and walls, J; differences close the first law. */
  storedEnergy(): number {
    return this.train.storedEnergy() + this.transport.storedHeat();
  }

  /** Transport over `dt` in `count` sub-steps; returns the mean temperature of what left. */
  private moveHalf(dt: number, count: number, massFlow: number, ports: PortTemperatures): number {
    const direction = Math.sign(massFlow);
    const entering = direction > 0 ? ports.cold : ports.hot;
    let leaving = 0;
    for (let n = 0; n < count; n++) {
      leaving += this.transport.advance(dt / count, direction, entering, this.train.temperature) / count;
    }
    if (direction === 0) return leaving;
    const capacity = Math.abs(massFlow) * dt * this.fluid.heatCapacity;
    const coldPortK = direction > 0 ? entering : leaving;
    const hotPortK = direction > 0 ? leaving : entering;
    this.coolingJ += direction * capacity * (coldPortK - REFERENCE_TEMPERATURE_K);
    this.heatingJ += direction * capacity * (hotPortK - REFERENCE_TEMPERATURE_K);
    return leaving;
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

  private accountPump(dtS: number, massFlow: number): void {
    const flow = Math.abs(massFlow) / this.fluid.density;
    const steady = this.transport.gapPressurePa + linePressure(this.config, this.fluid, flow);
    const inertance = inertancePressure(this.config, this.fluid, (flow - this.lastFlow) / dtS);
    this.lastFlow = flow;
    this.pressurePa = Math.abs(steady + inertance);
    this.pumpJ += (steady * flow * dtS) / this.config.circuit.pump_efficiency;
  }
}
