/** The weather as functions of time: constant or a daily sine here, files in weather-file.ts. */
import type { DeviceConfig } from '../config/device-config.ts';
import { saturatedHumidityRatio } from './moist-air.ts';

/** Time in s, 0 being the first midnight; any time is allowed, negative too. */
export interface Weather {
  outdoorK(timeS: number): number;
  /** Sun on a horizontal surface. */
  irradianceWPerM2(timeS: number): number;
  /** kg of vapour to a kg of dry air. */
  humidityRatio(timeS: number): number;
}

const DAY_S = 86_400;

/**
 * A daily sine about `outdoor_temperature` with its dew point constant (or saturated air, where that is colder) and no
 * sun; a swing of 0 is constant weather.
 */
export function sineWeather(
  room: Pick<
    DeviceConfig['room'],
    'outdoor_temperature' | 'outdoor_swing' | 'warmest_time' | 'outdoor_dew_point'
  >,
): Weather {
  const { outdoor_temperature, outdoor_swing, warmest_time } = room;
  const humidity = saturatedHumidityRatio(room.outdoor_dew_point);
  const outdoorK = (timeS: number) =>
    outdoor_temperature + outdoor_swing * Math.cos((2 * Math.PI * (timeS - warmest_time)) / DAY_S);
  return {
    outdoorK,
    irradianceWPerM2: () => 0,
    humidityRatio: (timeS) => Math.min(humidity, saturatedHumidityRatio(outdoorK(timeS))),
  };
}

/**
 * Straight lines between samples, repeated for ever.
 * @param timesS increasing, shape [n], from 0 (included) to `periodS` (included)
 */
export function periodicSeries(
  timesS: Float64Array,
  values: Float64Array,
  periodS: number,
): (timeS: number) => number {
  const last = timesS.length - 1;
  return (timeS) => {
    const time = timeS - periodS * Math.floor(timeS / periodS);
    if (time < timesS[0] || time >= timesS[last]) {
      // between the last sample and the first of the next period
      const span = timesS[0] + periodS - timesS[last];
      const since = time < timesS[0] ? time + periodS - timesS[last] : time - timesS[last];
      return span > 0 ? values[last] + ((values[0] - values[last]) * since) / span : values[0];
    }
    let low = 0;
    let high = last;
    while (high - low > 1) {
      const middle = (low + high) >> 1;
      if (timesS[middle] <= time) low = middle;
      else high = middle;
    }
    const share = (time - timesS[low]) / (timesS[high] - timesS[low]);
    return values[low] + share * (values[high] - values[low]);
  };
}
