/**
 * One machine behind simulated devices: the plant model, pressed by the servo drive, pumped by the frequency drive,
 * weighed by the load cell and measured by the thermometer. The drive runs a program of its own: path 1 presses to
 * its target and back at a fixed rate until path 2 lets it go home; its cam outputs switch the valves, which relay 1
 * feeds. Without servo on the loaded train drives the screw back.
 */
import type { Plant } from '../../../sim/index.ts';
import type { Clock } from '../../protocol/byte-port.ts';
import { celsius } from '../units.ts';
import { type PlantSide, stillPlant } from './plant-side.ts';

/** Pulses of user unit a metre of stroke: a screw of 10 mm a turn, 100,000 units a turn. */
const PUU_PER_M = 1e7;
const CYCLE_HZ = 0.5;
const CYCLE = 1;
const HOME_M_PER_S = 0.05;
const RELEASE_M_PER_S = 0.4;
/** Flow through the cells at 50 Hz of the pump drive, kg/s. */
const FLOW_AT_50_HZ = 0.19;
const STEP_S = 0.01;
/** Time that may be caught up after the computer was busy, s. */
const MOST_OWED_S = 0.2;

/** What each device finds, by the profile of its product. Runs from now on. */
export function pressBench(plant: Plant, clock: Clock): (profile: string) => PlantSide {
  const drive = stillPlant();
  const pump = stillPlant({ heatsink_C: 31, current_A: 2.1 });
  const valves = stillPlant();
  const command = { shorteningM: 0, flowKgPerS: 0 };
  let positionM = 0;
  let phase = 0;
  let lastMs = clock.nowMs();
  let owedS = 0;

  function press(): void {
    const isOn = drive.get('enabled') === 1;
    const isCycling = isOn && drive.get('path') === CYCLE;
    if (isCycling) {
      phase = (phase + CYCLE_HZ * STEP_S) % 1;
      positionM = ((drive.get('target_PUU') / PUU_PER_M) * (1 - Math.cos(2 * Math.PI * phase))) / 2;
      return;
    }
    phase = 0;
    positionM = Math.max(0, positionM - STEP_S * (isOn ? HOME_M_PER_S : RELEASE_M_PER_S));
  }

  /** The cams: hot blow around full stroke, cold blow around none. */
  function flowKgPerS(): number {
    const full = (FLOW_AT_50_HZ * pump.get('frequency_Hz')) / 50;
    if (phase === 0 || valves.get('relay_1') !== 1) return 0;
    const isHot = phase > 0.35 && phase < 0.65;
    return isHot ? full : phase < 0.15 || phase > 0.85 ? -full : 0;
  }

  function run(): void {
    const nowMs = clock.nowMs();
    owedS = Math.min(MOST_OWED_S, owedS + (nowMs - lastMs) / 1000);
    lastMs = nowMs;
    for (; owedS >= STEP_S; owedS -= STEP_S) {
      press();
      command.shorteningM = positionM;
      command.flowKgPerS = flowKgPerS();
      plant.step(STEP_S, command);
    }
    clock.after(1000 * STEP_S, run);
  }
  run();

  const sides: Readonly<Record<string, PlantSide>> = {
    'delta-asda-a2': {
      get: (quantity) => (quantity === 'position_PUU' ? positionM * PUU_PER_M : drive.get(quantity)),
      set: (quantity, value) => drive.set(quantity, value),
    },
    'delta-vfd-el': pump,
    'waveshare-relay-8': valves,
    'laumas-tlb4': { get: () => plant.readings.forceN, set: () => {} },
    'icp-das-tm-th8': { get: (quantity) => celsius(temperatureK(plant, quantity)), set: () => {} },
  };
  return (profile) => sides[profile] ?? stillPlant();
}

/** Channels 1 to 4 are in the loops, 5 to 8 on the first four cells. */
function temperatureK({ readings }: Plant, quantity: string): number {
  const channel = Number(/^temperature_(\d)_C$/.exec(quantity)?.[1]);
  const { coldInletK, hotInletK, coldOutletK, hotOutletK, cellK } = readings;
  return [coldInletK, hotInletK, coldOutletK, hotOutletK, ...cellK][channel - 1] ?? Number.NaN;
}
