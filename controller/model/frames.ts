/** Telemetry frames as the model reads and writes them. */
import { CHANNELS, MODELLED, type Modelled } from '../wire/channels.ts';
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
