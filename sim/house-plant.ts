/** The whole installation as its electronics see it: the machine, its two loops, the model house. */
import type { DeviceConfig, Preset } from './config/device-config.ts';
import type { CycleRecipe } from './cycle-schedule.ts';
import { House } from './house/house.ts';
import { FAN_OVERRUN_S } from './house/place.ts';
import type { Weather } from './house/weather.ts';
import { Installation } from './installation.ts';
import { cellCount } from './machine/geometry.ts';
import { Machine } from './machine/machine.ts';
import { BlowClock } from './machine/blow-clock.ts';
import { oppositeBlows } from './stroke-schedule.ts';
import {
  type ActuatorCommand,
  type Plant,
  type PlantEnergies,
  type PlantReadings,
  PROFILE_PLACES,
} from './plant.ts';

/** Steps of a plant at rest are never longer than this: its ports see the loops as they were before the step, s. */
const LONGEST_REST_S = 0.25;
/** Longer than the pauses of a slow cycle: then the line between the loops stands open, s. Assumed. */
const LEVELS_AFTER_S = 5;
/** The inert walls are lumped anew where the frequency has changed by more than this; steps of a plant round it off. */
const FREQUENCY_CHANGE = 0.02;

export interface HousePlant extends Plant {
  readonly machine: Machine;
  readonly house: House;
}

/** The recipe a preset cools its house with. */
export function houseRecipe(device: DeviceConfig): CycleRecipe {
  return {
    frequencyHz: device.room.frequency,
    strain: device.recipe.strain,
    blowFlowKgPerS: device.room.blow_flow,
    blowDuty: device.recipe.blow_duty,
  };
}

/**
 * Everything starts unloaded at the preset's `room.initial_temperature`. `weather`: instead of the sine of the preset.
 * @throws UserError for a machine that one stroke and one flow cannot drive
 */
export function createHousePlant(preset: Preset, weather?: Weather): HousePlant {
  const { device } = preset;
  const blows = oppositeBlows(device);
  const start = device.room.initial_temperature;
  const clock = new BlowClock(device.room.frequency);
  let lumpedHz = clock.frequencyHz;
  const machine = new Machine(device, lumpedHz, start);
  const house = new House(device, machine.fluid, weather);
  const installation = new Installation(machine, house);
  const readings: PlantReadings = {
    timeS: 0,
    forceN: 0,
    stressPa: 0,
    shorteningM: 0,
    pressurePa: 0,
    flowKgPerS: 0,
    coldInletK: start,
    hotInletK: start,
    coldOutletK: start,
    hotOutletK: start,
    roomK: start,
    outdoorK: house.outdoorK,
    cellK: new Float64Array(cellCount(device)).fill(start),
    profileK: new Float64Array(cellCount(device) * PROFILE_PLACES.length).fill(start),
    cellFlowKgPerS: new Float64Array(cellCount(device)),
  };
  const energies: PlantEnergies = { coolingJ: 0, heatingJ: 0, workJ: 0, loadingWorkJ: 0, pumpJ: 0 };

  const { books } = machine.circuit;
  const [train] = machine.trains;
  let movedAtS = Number.NEGATIVE_INFINITY;

  function subStep(dtS: number, shorteningM: number, flow: number): void {
    machine.actuator[0] = shorteningM;
    machine.circuit.flowKgPerS[blows.hot] = Math.max(0, flow);
    machine.circuit.flowKgPerS[blows.cold] = Math.max(0, -flow);
    installation.step(dtS);
  }

  /** A plant is told what its actuators do, not a recipe. */
  function keepTime(): void {
    clock.see(readings.timeS, readings.flowKgPerS);
    if (Math.abs(clock.frequencyHz / lumpedHz - 1) <= FREQUENCY_CHANGE) return;
    lumpedHz = clock.frequencyHz;
    machine.lumpWalls(lumpedHz);
  }

  function read(): void {
    readings.forceN = train.force;
    readings.stressPa = train.stress;
    readings.shorteningM = train.shortening;
    readings.pressurePa = machine.circuit.pressurePa;
    readings.coldInletK = house.coldLoopK;
    readings.hotInletK = house.hotLoopK;
    readings.coldOutletK = machine.circuit.coldOutletK;
    readings.hotOutletK = machine.circuit.hotOutletK;
    readings.roomK = house.roomK;
    readings.outdoorK = house.outdoorK;
    readCells();
    energies.coolingJ = books.coolingJ;
    energies.heatingJ = books.heatingJ;
    energies.workJ = machine.workJ;
    energies.loadingWorkJ = machine.loadingWorkJ;
    energies.pumpJ = books.pumpJ;
  }

  function readCells(): void {
    const { cellK, profileK, cellFlowKgPerS, flowKgPerS } = readings;
    let at = 0;
    for (const { law, cells, nodes, multiplicity, flows } of machine.banks) {
      let through = 0;
      for (let cell = 0; cell < cells; cell++) through += flows.throughCell(cell);
      for (let k = 0; k < cells * multiplicity; k++) {
        const own = cells === 1 ? 0 : k;
        cellK[at] = law.temperature[own * nodes + (nodes >> 1)];
        for (let place = 0; place < PROFILE_PLACES.length; place++) {
          const node = Math.floor(PROFILE_PLACES[place] * nodes);
          profileK[at * PROFILE_PLACES.length + place] = law.temperature[own * nodes + node];
        }
        const share = through === 0 ? 0 : flows.throughCell(own) / (through * multiplicity);
        cellFlowKgPerS[at++] = flowKgPerS * share;
      }
    }
  }

  return {
    machine,
    house,
    readings,
    energies,
    step(dtS: number, command: ActuatorCommand): void {
      const count = Math.ceil(dtS / LONGEST_REST_S);
      const from = train.shortening;
      const target = command.shorteningM;
      for (let i = 1; i <= count; i++) {
        const shortening = count === 1 ? target : from + ((target - from) * i) / count;
        subStep(dtS / count, shortening, command.flowKgPerS);
      }
      readings.timeS += dtS;
      readings.flowKgPerS = command.flowKgPerS;
      if (command.flowKgPerS !== 0 || command.shorteningM > 0) movedAtS = readings.timeS;
      keepTime();
      if (readings.timeS - movedAtS > LEVELS_AFTER_S) {
        house.level(dtS);
        clock.forget();
      }
      house.fansRun = readings.timeS - movedAtS < FAN_OVERRUN_S;
      read();
    },
  };
}
