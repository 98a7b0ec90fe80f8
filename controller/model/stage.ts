/**
 * A machine on its house in simulated time, moved by a recipe, for rehearsals of a regulator without a rig. Two of them:
 * every cycle stepped, or only what is slow moved, with the machine taken from its map (fast, but it answers at once).
 */
import {
  type Preset,
  type Weather,
  House,
  type OutputMap,
  buildStrokeSchedule,
  createHousePlant,
  noPowers,
  workingFluid,
} from '../../sim/index.ts';
import { outputOf } from '../control/regulate/recipe-for.ts';
import type { Manipulated } from '../control/regulate/settings.ts';
import type { Recipe } from '../control/rig-file.ts';
import { toCycleRecipe } from './feed-forward-table.ts';

/** What a regulator reads, °C and device time. */
export interface StageReading {
  readonly time_s: number;
  readonly room_C: number;
  readonly outdoor_C: number;
  readonly cold_C: number;
  readonly hot_C: number;
  readonly cycle_number: number;
  readonly phase: number;
}

export interface Stage {
  /** One cycle of this recipe, or a stretch of rest (null); `look` sees the readings under way. */
  advance(recipe: Recipe | null, look: (reading: StageReading) => void): void;
  /** Heat set free in the room, W. */
  setHeatGain(watts: number): void;
  /** Electricity for drive and pump so far, kJ. */
  electricKJ(): number;
}

const ZERO_C_K = 273.15;
const REST_S = 0.5;
/** Readings a cycle. */
const LOOKS = 16;
/** Steps of the slow states, s. */
const SLOW_S = 0.5;

/** A preset whose heat gain may change while it is used. */
function withOwnRoom(preset: Preset): { preset: Preset; room: { heat_gain: number } } {
  const room = { ...preset.device.room };
  return { preset: { ...preset, device: { ...preset.device, room } }, room };
}

/** Everything starts at the initial temperature of the preset. Throws UserError where a rig cannot drive the machine. */
export function fullStage(given: Preset): Stage {
  const { preset, room } = withOwnRoom(given);
  const plant = createHousePlant(preset);
  let cycles = 0;

  function read(phase: number): StageReading {
    const { timeS, roomK, outdoorK, coldInletK, hotInletK } = plant.readings;
    return {
      time_s: timeS,
      room_C: roomK - ZERO_C_K,
      outdoor_C: outdoorK - ZERO_C_K,
      cold_C: coldInletK - ZERO_C_K,
      hot_C: hotInletK - ZERO_C_K,
      cycle_number: cycles,
      phase,
    };
  }

  return {
    advance(recipe, look) {
      if (recipe === null) {
        plant.step(REST_S, { shorteningM: 0, flowKgPerS: 0 });
        return look(read(0));
      }
      const { steps, dtS, shorteningM, flowKgPerS, phaseEnd } = buildStrokeSchedule(
        preset.device,
        toCycleRecipe(recipe),
      );
      const every = Math.max(1, Math.floor(steps / LOOKS));
      for (let i = 0; i < steps; i++) {
        plant.step(dtS[i], { shorteningM: shorteningM[i], flowKgPerS: flowKgPerS[i] });
        if (i % every === 0 && i < steps - 1) look(read(phaseEnd[i]));
      }
      cycles++;
      look(read(0));
    },
    setHeatGain(watts) {
      room.heat_gain = watts;
    },
    electricKJ: () => {
      const { workJ, loadingWorkJ, pumpJ } = plant.energies;
      return (deviceJ(preset, workJ, loadingWorkJ) + pumpJ) / 1e3;
    },
  };
}

/** `weather`: instead of the sine of the preset. */
export function slowStage(given: Preset, map: OutputMap, manipulated: Manipulated, weather?: Weather): Stage {
  const { preset, room } = withOwnRoom(given);
  const house = new House(preset.device, workingFluid(preset.device), weather);
  const powers = noPowers();
  const fromS = house.timeS;
  let cycles = 0;
  let electricJ = 0;

  return {
    advance(recipe, look) {
      house.fansRun = recipe !== null;
      if (recipe === null) house.step(SLOW_S, 0, 0, 0);
      else {
        map.at(outputOf(recipe, manipulated), house.coldLoopK, house.hotLoopK, house.outdoorK, powers);
        house.step(SLOW_S, 0, powers.coolingW * SLOW_S, powers.heatingW * SLOW_S);
        cycles += SLOW_S * recipe.frequency_Hz;
        electricJ += SLOW_S * (deviceJ(preset, powers.workW, powers.loadingW) + powers.pumpW);
      }
      look({
        time_s: house.timeS - fromS,
        room_C: house.roomK - ZERO_C_K,
        outdoor_C: house.outdoorK - ZERO_C_K,
        cold_C: house.coldLoopK - ZERO_C_K,
        hot_C: house.hotLoopK - ZERO_C_K,
        cycle_number: Math.floor(cycles),
        phase: cycles - Math.floor(cycles),
      });
    },
    setHeatGain(watts) {
      room.heat_gain = watts;
    },
    electricKJ: () => electricJ / 1e3,
  };
}

/** What the drive takes out of the socket for this work. */
function deviceJ({ device }: Preset, workJ: number, loadingJ: number): number {
  const { work_recovery, drive_efficiency } = device.drive;
  return (loadingJ - work_recovery * (loadingJ - workJ)) / drive_efficiency;
}
