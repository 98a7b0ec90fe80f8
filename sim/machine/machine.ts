/**
 * The device: banks of cells, the trains that strain them, the circuit that moves fluid through them. One step is
 * symmetric in time, hence of second order: half the transport, the trains are strained (their own implicit step), the
 * other half of the transport. What crosses drive, ports and housing is counted apart from the state.
 *
 * Within a step numbers go into calls and come out of them by fields: V8 puts a number that is handed to a function
 * which it does not inline, or returned from one, on the heap.
 */
import type { DeviceConfig } from '../config/device-config.ts';
import { type Fluid, makeFluid } from '../fluid/fluid.ts';
import { Bank } from './bank.ts';
import { Circuit, type PortTemperatures } from './circuit.ts';
import { LoadTrain } from './load-train.ts';

export class Machine {
  readonly config: DeviceConfig;
  readonly fluid: Fluid;
  readonly banks: readonly Bank[];
  readonly trains: readonly LoadTrain[];
  readonly circuit: Circuit;
  /** Command of each train at the end of a step: shortening, m, or force, N (drive.control). */
  readonly actuator: Float64Array;
  /** Length of the next step, s. */
  stepS = 0;

  /** Energies since the start, J: net work of the drive and the part of it that was put in, ... */
  workJ = 0;
  loadingWorkJ = 0;
  /** ... heat lost from the housings to the surroundings, ... */
  lossJ = 0;
  /** ... and heat that came with what inert walls took into their lumps when the frequency changed. */
  wallJ = 0;

  private readonly trainOfBank: readonly LoadTrain[];
  /** What the drive moves before it meets the alloy of each train, m: clearance and residual strain. */
  private readonly slack: readonly number[];

  /**
   * @param frequencyHz cycle frequency the inert walls are lumped for
   * @param temperatureK everything starts at this temperature, unloaded
   * @throws UserError where parts do not fit into each other
   */
  constructor(config: DeviceConfig, frequencyHz: number, temperatureK: number) {
    const { layout, drive } = config;
    this.config = config;
    this.fluid = workingFluid(config);
    this.banks = layout.banks.map((bank) => new Bank(config, bank, this.fluid, frequencyHz, temperatureK));
    this.trains = layout.trains.map(
      ({ banks }) =>
        new LoadTrain(
          banks.map((k) => {
            const { law, area, nodeLength, multiplicity } = this.banks[k];
            return { law, area, nodeLength: nodeLength * multiplicity };
          }),
          drive.frame_stiffness,
        ),
    );
    this.slack = layout.trains.map(({ banks }) =>
      banks.reduce((sum, k) => {
        const { residualStrain, config: bank } = this.banks[k];
        return sum + residualStrain * bank.cell.length * bank.cell.cells;
      }, drive.clearance),
    );
    this.trainOfBank = layout.banks.map(
      (_, k) => this.trains[layout.trains.findIndex(({ banks }) => banks.includes(k))],
    );
    this.circuit = new Circuit(config, this.banks, this.fluid, temperatureK);
    this.actuator = new Float64Array(this.trains.length);
  }

  /** Lumps the inert walls for another cycle frequency, Hz. */
  lumpWalls(frequencyHz: number): void {
    for (const bank of this.banks) this.wallJ += bank.lumpWalls(frequencyHz);
  }

  /** The whole state at a moment, for solvers of the cyclic steady state: temperatures in K, fractions. */
  get stateLength(): number {
    return this.stateParts().reduce((sum, part) => sum + part.length, 0);
  }

  saveState(into: Float64Array): void {
    let at = 0;
    for (const part of this.stateParts()) {
      into.set(part, at);
      at += part.length;
    }
  }

  /**
   * Takes over a state; the trains find their force at the present command. Fractions outside [0,1] (an extrapolation
   * may give them) are clipped.
   */
  loadState(from: Float64Array): void {
    let at = 0;
    for (const part of this.stateParts()) {
      part.set(from.subarray(at, at + part.length));
      at += part.length;
    }
    for (const { law } of this.banks)
      for (const part of law.memory)
        for (let i = 0; i < part.length; i++) part[i] = Math.min(1, Math.max(0, part[i]));
    for (const [k, train] of this.trains.entries()) {
      if (this.config.drive.control === 'force') train.settleAt(this.actuator[k]);
      else train.settle(this.actuator[k] - this.slack[k]);
    }
  }

  /** Weights that bring the entries of the state to kelvin: a fraction counts what its latent heat is worth. */
  stateScale(): Float64Array {
    const scale = new Float64Array(this.stateLength).fill(1);
    let at = 0;
    for (const { state, law } of this.banks) {
      for (const part of state) {
        if (law.memory.includes(part)) scale.fill(law.latentTemperature, at, at + part.length);
        at += part.length;
      }
    }
    return scale;
  }

  private stateParts(): readonly Float64Array[] {
    const parts = this.banks.flatMap(({ state }) => state);
    return this.circuit.hasLoops ? [...parts, this.circuit.pipeK] : parts;
  }

  /** One step of `stepS`; the commands stand in `actuator` and `circuit.flowKgPerS`. */
  step(ports: PortTemperatures): void {
    const { banks, circuit } = this;
    circuit.stepS = this.stepS;
    for (let k = 0; k < banks.length; k++) {
      const { flows, law, fluidK, area } = banks[k];
      flows.stressPa = this.trainOfBank[k].force / area;
      flows.takeStock(law, fluidK);
    }
    circuit.prepare();
    circuit.moveHalf(ports, true);
    this.strainTrains();
    circuit.moveHalf(ports, false);
    for (let k = 0; k < banks.length; k++) this.lossJ += banks[k].loseHeat(this.stepS, ports.ambient);
  }

  /** Energy stored in alloy, frame, fluid and walls, J; differences close the first law. */
  storedEnergy(): number {
    let sum = this.circuit.storedHeat();
    for (const train of this.trains) sum += train.storedEnergy();
    for (const bank of this.banks) sum += bank.storedHeat();
    return sum;
  }

  /** Entropy that the transformation produced since the start, J/K. */
  entropyProduced(): number {
    return this.trains.reduce((sum, train) => sum + train.entropyProduced(), 0);
  }

  /** Work that hysteresis turned into heat since the start, J. */
  dissipated(): number {
    return this.trains.reduce((sum, train) => sum + train.dissipated(), 0);
  }

  /** Steps of a train so far in which forces did not balance or a node did not obey its law; 0 in a sound run. */
  unbalancedSteps(): number {
    return this.trains.reduce((sum, train) => sum + train.unbalanced, 0);
  }

  private strainTrains(): void {
    const { drive, layout } = this.config;
    let shared = 0;
    for (let k = 0; k < this.trains.length; k++) {
      const train = this.trains[k];
      const { force, shortening } = train;
      if (drive.control === 'force') train.advanceToForce(this.actuator[k]);
      else train.advance(this.actuator[k] - this.slack[k]);
      const work = 0.5 * (force + train.force) * (train.shortening - shortening);
      if (layout.sharedDrive) shared += work;
      else this.accountWork(work);
    }
    this.accountWork(shared);
  }

  private accountWork(work: number): void {
    this.workJ += work;
    if (work > 0) this.loadingWorkJ += work;
  }
}

export function workingFluid({ fluid }: DeviceConfig): Fluid {
  return makeFluid({
    base: fluid.base,
    massFraction: fluid.mass_fraction,
    grapheneLoading: fluid.loading,
    conductivityGain: fluid.conductivity_gain,
    viscosityGain: fluid.viscosity_gain,
    referenceTemperature: fluid.reference_temperature,
  });
}
