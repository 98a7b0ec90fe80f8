/** What the model says to people. */
import { CHANNELS } from '../wire/channels.ts';
import type { AlarmChange } from './companion.ts';
import type { ModelSection } from './settings.ts';

export function alarmSentence(
  { channel, alarm, expected, measured }: AlarmChange,
  model: ModelSection,
): string {
  const { title = channel, unit = '' } = CHANNELS.cycle.find(({ name }) => name === channel) ?? {};
  const band = model.channels[channel]?.band ?? Number.NaN;
  const [is, was] = [measured, expected].map((value) => `${value.toPrecision(4)} ${unit}`);
  if (alarm === 0) return `Model: ${title} is again what the model expects, ${is} against ${was}.`;
  return (
    `Model: ${title} is ${is}, ${alarm > 0 ? 'more' : 'less'} than the model expects (${was} ± ${band}): ` +
    'a leak, a broken tube, a drifting sensor, or a model that does not describe this machine.'
  );
}

export const lateSentence = (skipped: number, of: number): string =>
  `The model beside the rig left out ${skipped} of the last ${of} cycles: this computer is too slow for it at this pace.`;
