/** The chapter on the model house: its pulldown, what decides it, and a summer day. */
import type { Chapter } from '../chapter.ts';
import { dayBlocks } from './model-house/day.ts';
import { mapBlocks } from './model-house/maps.ts';
import { drawnMembers } from './model-house/members.ts';
import { pulldownBlocks } from './model-house/pulldown.ts';

/** @param weather text of a weather table of a day, as parseWeatherTable reads it */
export const modelHouseChapter =
  (weather: string): Chapter =>
  async (context) => {
    const members = drawnMembers(context);
    return {
      key: 'model-house',
      title: 'The model house',
      blocks: [
        {
          kind: 'paragraph',
          text:
            'What was published of the kilowatt machine as a cooler of rooms is one sentence: a house of 2.7 m³, 30-31 °C outside, is ' +
            'brought to 21-22 °C in about a quarter of an hour. Air of 2.7 m³ holds only 3.2 kJ/K, so the time is decided by walls and ' +
            'exchangers, of which nothing was published. The heat capacity of the walls was fitted to it: a calibration, not a validation.',
        },
        ...(await pulldownBlocks(context, members)),
        ...(await mapBlocks(context)),
        ...(await dayBlocks(context, members, weather)),
      ],
    };
  };
