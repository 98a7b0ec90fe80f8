/**
 * Fluid on its way: each blow takes fluid from a reservoir through banks to a reservoir, or around a loop. What crosses
 * the reservoirs is counted here, apart from the state. Banks that no blow runs through rest: heat is exchanged, nothing
 * moves.
 */
import type { BlowConfig, DeviceConfig } from '../config/device-config.ts';
import type { Fluid } from '../fluid/fluid.ts';
import type { Bank } from './bank.ts';
import { REFERENCE_TEMPERATURE_K } from './geometry.ts';
import { inertancePressure, linePressure, pumpableShare } from './hydraulics.ts';

/** Fluid temperatures that wait at the ports, and the air around, K. */
export interface PortTemperatures {
  cold: number;
  hot: number;
  ambient: number;
}

/** What has crossed the ports since the start. */
export interface PortBooks {
  /** Net enthalpy from the cold reservoir, and net enthalpy to the hot one, J. */
  coolingJ: number;
  heatingJ: number;
  /** Net fluid from the cold to the hot reservoir, kg. */
  movedKg: number;
  /** Electricity of the pump, J. */
  pumpJ: number;
}

export class Circuit {
  readonly books: PortBooks = { coolingJ: 0, heatingJ: 0, movedKg: 0, pumpJ: 0 };
  /** Commanded flow of each blow, kg/s ≥ 0. */
  readonly flowKgPerS: Float64Array;
  /** Length of the step, s. */
  stepS = 0;
  /** Mean temperature of what left towards each reservoir in the last step in which anything did, K. */
  coldOutletK = 0;
  hotOutletK = 0;
  /** Highest pressure drop of a blow in the last step: banks, valves, lines and inertia, Pa, magnitude. */
  pressurePa = 0;
  /** Fluid in the pipe that closes each loop, K; shape [blows], idle for paths. */
  readonly pipeK: Float64Array;

  private readonly device: DeviceConfig;
  private readonly fluid: Fluid;
  private readonly banks: readonly Bank[];
  private readonly blows: readonly BlowConfig[];
  /** Flow that the pump delivers in this step, kg/s, and delivered in the last one. */
  private readonly delivered: Float64Array;
  private readonly lastFlow: Float64Array;
  /** Transport sub-steps of each half step, by blow; of the last one that was open. */
  readonly subSteps: Int32Array;
  private readonly isResting: Uint8Array;
  /** What left towards each reservoir in this step, kg, and that times its temperature. */
  private coldOutKg = 0;
  private coldOutKgK = 0;
  private hotOutKg = 0;
  private hotOutKgK = 0;

  constructor(device: DeviceConfig, banks: readonly Bank[], fluid: Fluid, temperatureK: number) {
    const { blows } = device.layout;
    this.device = device;
    this.fluid = fluid;
    this.banks = banks;
    this.blows = blows;
    this.coldOutletK = temperatureK;
    this.hotOutletK = temperatureK;
    this.flowKgPerS = new Float64Array(blows.length);
    this.pipeK = new Float64Array(blows.length).fill(temperatureK);
    this.delivered = new Float64Array(blows.length);
    this.lastFlow = new Float64Array(blows.length);
    this.subSteps = new Int32Array(blows.length);
    this.isResting = new Uint8Array(banks.length);
  }

  get hasLoops(): boolean {
    return this.blows.some(({ from }) => from === null);
  }

  /** Heat stored in the pipes of loops above the reference temperature, J. */
  storedHeat(): number {
    const capacity = this.fluid.density * this.fluid.heatCapacity * this.device.circuit.loop_volume;
    let sum = 0;
    for (let b = 0; b < this.blows.length; b++) {
      if (this.blows[b].from === null) sum += capacity * (this.pipeK[b] - REFERENCE_TEMPERATURE_K);
    }
    return sum;
  }

  /** Flows, pressures and exchange shares of a step; the banks have taken stock. */
  prepare(): void {
    const half = this.stepS / 2;
    this.isResting.fill(1);
    this.pressurePa = 0;
    this.coldOutKg = this.coldOutKgK = this.hotOutKg = this.hotOutKgK = 0;
    for (let b = 0; b < this.blows.length; b++) {
      const blow = this.blows[b];
      this.delivered[b] = this.flowKgPerS[b];
      if (this.flowKgPerS[b] > 0) this.deliver(b);
      const flow = this.delivered[b];
      this.accountPump(b);
      if (flow === 0) continue;
      const { courant } = this.device.numerics;
      let largest = 0;
      for (let k = 0; k < blow.through.length; k++)
        largest = Math.max(largest, (this.banks[blow.through[k].bank].flows.courantPerS * half) / courant);
      // a loop's pipe is emptied by no more than half in a sub-step
      if (blow.from === null)
        largest = Math.max(largest, (2 * flow * half) / this.fluid.density / this.device.circuit.loop_volume);
      const count = Math.max(1, Math.ceil(largest - 1e-9));
      this.subSteps[b] = count;
      for (let k = 0; k < blow.through.length; k++) {
        const bank = this.banks[blow.through[k].bank];
        bank.subStepS = half / count;
        bank.setSubStep();
        this.isResting[blow.through[k].bank] = 0;
      }
    }
    for (let k = 0; k < this.banks.length; k++) {
      if (this.isResting[k] === 0) continue;
      const bank = this.banks[k];
      bank.flows.flowKgPerS = 0;
      bank.flows.setFlow();
      bank.subStepS = half;
      bank.setSubStep();
    }
  }

  /** Transport over the first or second half of a step. */
  moveHalf(ports: PortTemperatures, isFirstHalf: boolean): void {
    for (let b = 0; b < this.blows.length; b++)
      if (this.delivered[b] > 0) this.moveBlow(b, ports, isFirstHalf);
    for (let k = 0; k < this.banks.length; k++)
      if (this.isResting[k] === 1) this.banks[k].exchangeHeat(true, isFirstHalf);
  }

  private moveBlow(b: number, ports: PortTemperatures, isFirstHalf: boolean): void {
    const blow = this.blows[b];
    const count = this.subSteps[b];
    const massKg = (this.delivered[b] * this.stepS) / 2;
    const waiting = blow.from === 'cold' ? ports.cold : ports.hot;
    let leaving = 0;
    for (let k = 0; k < blow.through.length; k++)
      this.banks[blow.through[k].bank].exchangeHeat(false, isFirstHalf);
    for (let n = 1; n <= count; n++) {
      let temperature = blow.from === null ? this.pipeK[b] : waiting;
      for (let k = 0; k < blow.through.length; k++) {
        const bank = this.banks[blow.through[k].bank];
        bank.enteringK = temperature;
        bank.moveFluid(blow.through[k].direction);
        bank.exchangeHeat(n < count, isFirstHalf);
        temperature = bank.leavingK;
      }
      if (blow.from === null) {
        const share = massKg / count / this.fluid.density / this.device.circuit.loop_volume;
        this.pipeK[b] += share * (temperature - this.pipeK[b]);
      }
      leaving += temperature / count;
    }
    if (blow.from === null || blow.to === null) return;
    const capacity = massKg * this.fluid.heatCapacity;
    const carriedIn = capacity * (waiting - REFERENCE_TEMPERATURE_K);
    const carriedOut = capacity * (leaving - REFERENCE_TEMPERATURE_K);
    if (blow.from === 'cold') this.books.coolingJ += carriedIn;
    else this.books.heatingJ -= carriedIn;
    if (blow.to === 'cold') {
      this.books.coolingJ -= carriedOut;
      this.coldOutKg += massKg;
      this.coldOutKgK += massKg * leaving;
      this.coldOutletK = this.coldOutKgK / this.coldOutKg;
    } else {
      this.books.heatingJ += carriedOut;
      this.hotOutKg += massKg;
      this.hotOutKgK += massKg * leaving;
      this.hotOutletK = this.hotOutKgK / this.hotOutKg;
    }
    if (blow.from !== blow.to) this.books.movedKg += blow.from === 'cold' ? massKg : -massKg;
  }

  /** Takes what the pump cannot push off `delivered` of a blow, and sets the flow through its banks. */
  private deliver(b: number): void {
    const { through } = this.blows[b];
    if (this.device.circuit.pump === 'curve')
      this.delivered[b] *= this.pumpable(this.blows[b], this.delivered[b]);
    for (let k = 0; k < through.length; k++) {
      const { flows } = this.banks[through[k].bank];
      flows.flowKgPerS = this.delivered[b];
      flows.setFlow();
    }
  }

  /** Apart from `deliver`, which would allocate the function even where there is no pump curve. */
  private pumpable(blow: BlowConfig, wanted: number): number {
    const { device, fluid } = this;
    return pumpableShare(device, wanted / fluid.density, (flow) => this.steadyPressure(blow, flow));
  }

  private steadyPressure(blow: BlowConfig, flow: number): number {
    return this.bankPressure(blow, flow * this.fluid.density) + linePressure(this.device, this.fluid, flow);
  }

  private bankPressure(blow: BlowConfig, massFlow: number): number {
    let sum = 0;
    for (let k = 0; k < blow.through.length; k++) {
      const { flows } = this.banks[blow.through[k].bank];
      flows.flowKgPerS = massFlow;
      flows.setFlow();
      sum += flows.pressurePa;
    }
    return sum;
  }

  private accountPump(b: number): void {
    const { device, fluid, stepS } = this;
    const flow = this.delivered[b] / fluid.density;
    if (flow === 0 && this.lastFlow[b] === 0) return;
    let steady = linePressure(device, fluid, flow);
    const { through } = this.blows[b];
    if (flow > 0)
      for (let k = 0; k < through.length; k++) steady += this.banks[through[k].bank].flows.pressurePa;
    const inertance = inertancePressure(device, fluid, (flow - this.lastFlow[b]) / stepS);
    this.lastFlow[b] = flow;
    this.pressurePa = Math.max(this.pressurePa, Math.abs(steady + inertance));
    this.books.pumpJ += (steady * flow * stepS) / device.circuit.pump_efficiency;
  }
}
