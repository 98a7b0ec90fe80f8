/** Frames as the controller sends them, for the tests of the page. */
import { CHANNELS, type GroupName } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';

type Values = Readonly<Record<string, number>>;

/** One row a frame; channels not named are absent. */
export function rowFrame(
  group: GroupName,
  sequence: number,
  startS: number,
  values: Values,
  cycle = 0,
): Frame {
  return {
    group,
    sequence,
    startS,
    cycle,
    rows: 1,
    offsetS: new Float32Array(1),
    columns: CHANNELS[group].map(({ name }) => Float32Array.of(values[name] ?? Number.NaN)),
  };
}

export const PERIOD_S = 0.25;

/** Whole cycle `cycle`, started at `cycle * PERIOD_S`; every cell shows `value(bin)`. */
export function waveformFrame(sequence: number, cycle: number, value: (bin: number) => number): Frame {
  const bins = 64;
  const column = Float32Array.from({ length: bins }, (_, bin) => value(bin));
  return {
    group: 'waveform',
    sequence,
    startS: cycle * PERIOD_S,
    cycle,
    rows: bins,
    offsetS: Float32Array.from({ length: bins }, (_, bin) => (bin * PERIOD_S) / bins),
    columns: CHANNELS.waveform.map(() => column),
  };
}

/** A picture of cycle `cycle`, started at `cycle * PERIOD_S`, the same in every bin. */
export const pictureFrame = (sequence: number, cycle: number, values: Values): Frame => ({
  ...waveformFrame(sequence, cycle, () => 0),
  group: 'picture',
  columns: CHANNELS.picture.map(({ name }) => new Float32Array(64).fill(values[name] ?? Number.NaN)),
});
