/** The model house of a machine: its pulldown in steady weather, and a day of weather from a table. */
import { UserError } from '../../config/quantity.ts';
import { vary } from '../../config/vary.ts';
import { parseWeatherTable } from '../../house/weather-file.ts';
import { runRoom } from '../room-run.ts';
import type { MachineRef, Study } from '../study.ts';

export interface HousePulldownInput {
  readonly machine: MachineRef;
  readonly duration_s: number;
  readonly every_s: number;
}

/** Shape [samples] each. */
export interface HousePulldown {
  readonly time_s: readonly number[];
  readonly room_C: readonly number[];
  readonly cooling_W: readonly number[];
  readonly electric_W: readonly number[];
  readonly time_to_setpoint_s: number | null;
}

/** null where this machine cannot be run: an impossible recipe, or a value out of bounds. */
export const housePulldown: Study<HousePulldownInput, HousePulldown | null> = {
  name: 'house-pulldown',
  run: ({ machine, duration_s, every_s }, load) =>
    whereItRuns(() => {
      const run = runRoom(load(machine), {
        place: 'house',
        method: 'multirate',
        durationS: duration_s,
        sampleEveryS: every_s,
      });
      return {
        time_s: run.series.map(({ time_s }) => time_s),
        room_C: run.series.map(({ controlled_C }) => controlled_C),
        cooling_W: run.series.map(({ cooling_power_W }) => cooling_power_W),
        electric_W: run.series.map(({ electric_power_W }) => electric_power_W),
        time_to_setpoint_s: run.time_to_setpoint_s,
      };
    }),
};

export interface HouseDayInput {
  readonly machine: MachineRef;
  /** Text of a weather table of a day, as parseWeatherTable reads it. */
  readonly weather: string;
}

/** Means over each hour have shape [24]. */
export interface HouseDay {
  /** Room and outdoor temperature at `time_h`, shape [samples]. */
  readonly time_h: readonly number[];
  readonly room_C: readonly number[];
  readonly outdoor_C: readonly number[];
  readonly hourly_cooling_W: readonly number[];
  readonly hourly_electric_W: readonly number[];
  readonly hourly_running_share: readonly number[];
  readonly hourly_outdoor_C: readonly number[];
  readonly hourly_room_C: readonly number[];
  /** What the machine took out of the cold loop, and of it the heat of its own fan in the room, kWh. */
  readonly cooling_kWh: number;
  readonly room_fan_kWh: number;
  readonly electric_kWh: number;
  readonly fan_kWh: number;
  readonly running_share: number;
  readonly condensate_kg: number;
  readonly highest_C: number;
}

const DAY_S = 86_400;
const HOURS = 24;
const SAMPLE_S = 60;

/**
 * From midnight to midnight, the house at its set-point when the day begins: what it took to get there is the pulldown's
 * affair. null as above. Throws UserError where the weather cannot be read.
 */
export const houseDay: Study<HouseDayInput, HouseDay | null> = {
  name: 'house-day',
  run({ machine, weather: text }, load) {
    const weather = parseWeatherTable(text, 'weather');
    return whereItRuns(() => {
      const preset = load(machine);
      const begun = vary(preset, {
        'room.start_time': 0,
        'room.initial_temperature': preset.device.room.setpoint,
      });
      const run = runRoom(begun, {
        place: 'house',
        method: 'multirate',
        durationS: DAY_S,
        sampleEveryS: SAMPLE_S,
        weather,
      });
      const series = run.series.slice(1);
      const shown = series.filter((_, i) => i % 5 === 4);
      const hourly = (of: (sample: (typeof series)[number]) => number) =>
        Array.from({ length: HOURS }, (_, hour) => {
          const within = series.filter(({ time_s }) => Math.ceil(time_s / 3600) - 1 === hour);
          return within.reduce((sum, sample) => sum + of(sample), 0) / within.length;
        });
      const { cold_fan_power, hot_fan_power } = preset.device.exchangers;
      const fan_kWh = run.fan_energy_kJ / 3600;
      const bothFans = cold_fan_power + hot_fan_power;
      return {
        time_h: shown.map(({ time_s }) => time_s / 3600),
        room_C: shown.map(({ controlled_C }) => controlled_C),
        outdoor_C: shown.map(({ outdoor_C }) => outdoor_C),
        hourly_cooling_W: hourly(({ cooling_power_W }) => cooling_power_W),
        hourly_electric_W: hourly(({ electric_power_W }) => electric_power_W),
        hourly_running_share: hourly(({ running }) => (running ? 1 : 0)),
        hourly_outdoor_C: hourly(({ outdoor_C }) => outdoor_C),
        hourly_room_C: hourly(({ controlled_C }) => controlled_C),
        cooling_kWh: run.cooling_energy_kJ / 3600,
        room_fan_kWh: bothFans > 0 ? (fan_kWh * cold_fan_power) / bothFans : 0,
        electric_kWh: run.electric_energy_kJ / 3600,
        fan_kWh,
        running_share: run.running_share,
        condensate_kg: run.condensate_kg ?? 0,
        highest_C: Math.max(...series.map(({ controlled_C }) => controlled_C)),
      };
    });
  },
};

function whereItRuns<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof UserError || error instanceof RangeError) return null;
    throw error;
  }
}
