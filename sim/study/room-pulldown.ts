/** The model house from its start temperature on, with a thermostat that lets the machine run or rest. */
import type { Preset } from '../config/device-config.ts';
import { createHousePlant, houseRecipe } from '../house-plant.ts';
import { buildStrokeSchedule } from '../stroke-schedule.ts';

export interface RoomSample {
  time_s: number;
  room_C: number;
  wall_C: number;
  cold_inlet_C: number;
  hot_inlet_C: number;
  /** Mean since the sample before. */
  cooling_power_W: number;
  running: boolean;
}

export interface RoomPulldown {
  /** First time the room is at or below the set-point, s; null where it never got there. */
  time_to_setpoint_s: number | null;
  setpoint_C: number;
  indoor_final_C: number;
  outdoor_C: number;
  /** Over the whole run, J. */
  cooling_energy_kJ: number;
  electric_energy_kJ: number;
  cycles: number;
  series: RoomSample[];
}

const REST_STEP_S = 0.25;

/**
 * @param durationS how long, in the house's time
 * @param sampleEveryS spacing of the series
 * @param onProgress called about once a simulated second
 */
export function runRoomPulldown(
  preset: Preset,
  durationS: number,
  sampleEveryS: number,
  onProgress?: (timeS: number, roomC: number) => void,
): RoomPulldown {
  const { device } = preset;
  const plant = createHousePlant(preset);
  const { readings, energies, house } = plant;
  const schedule = buildStrokeSchedule(device, houseRecipe(device));
  const { setpoint, thermostat_band } = device.room;
  const command = { shorteningM: 0, flowKgPerS: 0 };
  const series: RoomSample[] = [];
  let running = true;
  let cycles = 0;
  let reachedS: number | null = null;
  let sampledCooling = 0;
  const sample = () => {
    const sinceS = readings.timeS - (series.at(-1)?.time_s ?? 0);
    series.push({
      time_s: readings.timeS,
      room_C: celsius(readings.roomK),
      wall_C: celsius(house.wallK),
      cold_inlet_C: celsius(readings.coldInletK),
      hot_inlet_C: celsius(readings.hotInletK),
      cooling_power_W: sinceS > 0 ? (energies.coolingJ - sampledCooling) / sinceS : 0,
      running,
    });
    sampledCooling = energies.coolingJ;
  };
  sample();
  while (readings.timeS < durationS) {
    if (readings.roomK < setpoint - thermostat_band / 2) running = false;
    else if (readings.roomK > setpoint + thermostat_band / 2) running = true;
    if (running) {
      for (let i = 0; i < schedule.steps; i++) {
        command.shorteningM = schedule.shorteningM[i];
        command.flowKgPerS = schedule.flowKgPerS[i];
        plant.step(schedule.dtS[i], command);
      }
      cycles++;
    } else {
      command.shorteningM = 0;
      command.flowKgPerS = 0;
      plant.step(REST_STEP_S, command);
    }
    if (reachedS === null && readings.roomK <= setpoint) reachedS = readings.timeS;
    if (readings.timeS - (series.at(-1)?.time_s ?? 0) >= sampleEveryS) sample();
    onProgress?.(readings.timeS, celsius(readings.roomK));
  }
  sample();
  const { work_recovery, drive_efficiency } = device.drive;
  const unloading = energies.loadingWorkJ - energies.workJ;
  const drive = (energies.loadingWorkJ - work_recovery * unloading) / drive_efficiency;
  return {
    time_to_setpoint_s: reachedS,
    setpoint_C: celsius(setpoint),
    indoor_final_C: celsius(readings.roomK),
    outdoor_C: celsius(readings.outdoorK),
    cooling_energy_kJ: energies.coolingJ / 1e3,
    electric_energy_kJ: (drive + energies.pumpJ + house.fanJ) / 1e3,
    cycles,
    series,
  };
}

const celsius = (kelvin: number): number => kelvin - 273.15;
