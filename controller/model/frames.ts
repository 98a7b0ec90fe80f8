/** Telemetry frames as the model reads and writes them. */
import { ACCOUNTED, CELLS, CHANNELS, MODELLED, type Modelled, PICTURE_BINS } from '../wire/channels.ts';
import { type Frame, encodeFrame } from '../wire/frame.ts';
import type { Comparison, MeasuredCycle } from './companion.ts';
import type { TickReading } from './inlet-record.ts';

const columnOf = (group: 'tick' | 'cycle', name: string): number =>
  CHANNELS[group].findIndex((channel) => channel.name === name);

/** The last row of a frame, by channel name. */
const last = (frame: Frame, group: 'tick' | 'cycle', name: string): number =>
  frame.columns[columnOf(group, name)]?.[frame.rows - 1] ?? Number.NaN;

const endS = (frame: Frame): number => frame.startS + (frame.offsetS[frame.rows - 1] ?? 0);

export const readTick = (frame: Frame): TickReading => ({
  time_s: endS(frame),
  cold_C: last(frame, 'tick', 'cold_inlet_C'),
  hot_C: last(frame, 'tick', 'hot_inlet_C'),
  ambient_C: last(frame, 'tick', 'outdoor_C'),
  flow_kg_per_s: last(frame, 'tick', 'flow_kg_per_s'),
});

export const readCycle = (frame: Frame): MeasuredCycle => ({
  cycle_number: frame.cycle,
  end_s: endS(frame),
  period_s: last(frame, 'cycle', 'period_ms') / 1000,
  measured: Object.fromEntries(MODELLED.map((name) => [name, last(frame, 'cycle', name)])) as Record<
    Modelled,
    number
  >,
});

export function modelFrame(comparison: Comparison, cpuSharePercent: number): Uint8Array {
  const { cycle_number, end_s, skipped, expected, residual, state } = comparison;
  const values: Record<string, number> = { cycle_number, skipped, cpu_share_percent: cpuSharePercent };
  for (const name of ACCOUNTED) values[name] = expected[name];
  for (const name of MODELLED) {
    values[name] = expected[name];
    values[`${name}_residual`] = residual[name];
    values[`${name}_trend`] = state[name].trend;
    values[`${name}_alarm`] = state[name].alarm;
  }
  return encodeFrame({
    group: 'model',
    sequence: 0,
    startS: end_s,
    cycle: cycle_number,
    rows: 1,
    offsetS: new Float32Array(1),
    columns: CHANNELS.model.map(({ name }) => Float32Array.of(values[name] ?? Number.NaN)),
  });
}

/** The picture of a cycle, a row a bin; null where none was taken. Cells that the machine does not have are absent. */
export function pictureFrame({
  cycle_number,
  end_s,
  period_s,
  picture,
  expected,
}: Comparison): Uint8Array | null {
  if (picture === null) return null;
  const { cell, tds_J, dissipated_J, stress_MPa, flow_kg_per_s, profile } = picture;
  const same = (value: number): Float32Array => new Float32Array(PICTURE_BINS).fill(value);
  const values: Record<string, Float32Array> = {
    cell: same(cell + 1),
    net_work_J: same(expected.mechanical_power_W * period_s),
    tds_J: same(tds_J),
    dissipated_J: same(dissipated_J),
    stress_MPa,
    flow_kg_per_s,
  };
  for (const [i, cellMeans] of picture.cells.slice(0, CELLS).entries())
    for (const [name, bins] of Object.entries(cellMeans)) values[`cell_${i + 1}_${name}`] = bins;
  for (const [i, { alloy_C, fluid_C, fraction }] of profile.entries()) {
    values[`alloy_${i + 1}_C`] = alloy_C;
    values[`fluid_${i + 1}_C`] = fluid_C;
    values[`fraction_${i + 1}`] = fraction;
  }
  return encodeFrame({
    group: 'picture',
    sequence: 0,
    startS: end_s - period_s,
    cycle: cycle_number,
    rows: PICTURE_BINS,
    offsetS: Float32Array.from({ length: PICTURE_BINS }, (_, bin) => (bin * period_s) / PICTURE_BINS),
    columns: CHANNELS.picture.map(({ name }) => values[name] ?? same(Number.NaN)),
  });
}
