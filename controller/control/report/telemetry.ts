/**
 * Readings → telemetry frames, one sequence a group. The time base is the device clock. NaN stands for what was not
 * there, is not to be believed, or is not defined.
 */
import { WAVEFORM_BINS } from '../../protocol/register-map.ts';
import { CHANNELS, type GroupName, groupRecord, isWholeCycle } from '../../wire/channels.ts';
import { encodeFrame, type Frame } from '../../wire/frame.ts';
import type { StreamRows, Waveform } from '../electronics/electronics.ts';
import { believed, type CycleSummary, type Status } from '../line/readings.ts';
import { StreamBatch } from './stream-batch.ts';

export interface Telemetry {
  /** `linkAgeMs`: age of the reading on arrival; `roundTripMs`: serial round trip. */
  tick(status: Status, setpointC: number, linkAgeMs: number, roundTripMs: number): void;
  /** One row of absence: the link is lost, and no chart may draw a line across. `deviceS`: last known device time. */
  gap(deviceS: number): void;
  cycle(summary: CycleSummary): void;
  waveform(waveform: Waveform): void;
  /** A stream of so many channels begins; the value takes its rows, `nowMs` by any steady wall clock. */
  stream(columns: number): (rows: StreamRows, nowMs: number) => void;
}

export type FrameSink = (group: GroupName, sequence: number, bytes: Uint8Array) => void;

export function createTelemetry(sink: FrameSink): Telemetry {
  const sequences: Record<GroupName, number> = groupRecord(() => 0);
  let previousCycle: number | null = null;

  const send = (frame: Omit<Frame, 'sequence'>): void => {
    sequences[frame.group] += isWholeCycle(frame.group) ? 1 : frame.rows;
    const sequence = sequences[frame.group] - 1;
    sink(frame.group, sequence, encodeFrame({ ...frame, sequence }));
  };

  return {
    tick(status, setpointC, linkAgeMs, roundTripMs) {
      const values = {
        ...Object.fromEntries(Object.entries(flatten(status)).map(([k, v]) => [k, believed(k, v)])),
        setpoint_C: setpointC,
        link_age_ms: linkAgeMs,
        round_trip_ms: roundTripMs,
      };
      send(oneRow('tick', status.device_clock_ms / 1000, 0, values));
    },
    gap: (deviceS) => send(oneRow('tick', deviceS + 0.001, 0, {})),
    cycle(summary) {
      const { cycle_number, cycle_end_ms } = summary;
      const isNext = previousCycle !== null && cycle_number > previousCycle;
      const skipped = isNext ? cycle_number - (previousCycle ?? 0) - 1 : 0;
      previousCycle = cycle_number;
      const values = { ...flatten(summary), ...coefficientsOfPerformance(summary), skipped };
      send(oneRow('cycle', cycle_end_ms / 1000, cycle_number, values));
    },
    waveform: (waveform) => send(waveformFrame(waveform)),
    stream(columns) {
      const batch = new StreamBatch(columns, (frame) => send({ group: 'stream', cycle: 0, ...frame }));
      return (rows, nowMs) => batch.take(rows, nowMs);
    },
  };
}

/** cell_C: [a, b] → cell_1_C: a, cell_2_C: b. */
function flatten(readings: Status | CycleSummary): Record<string, number> {
  const values: Record<string, number> = {};
  for (const [name, value] of Object.entries(readings)) {
    if (typeof value === 'number') values[name] = value;
    else if (name.startsWith('cell_'))
      value.forEach((v, i) => (values[name.replace('cell_', `cell_${i + 1}_`)] = Number(v)));
  }
  return values;
}

function oneRow(
  group: GroupName,
  startS: number,
  cycle: number,
  values: Readonly<Record<string, number>>,
): Omit<Frame, 'sequence'> {
  const columns = CHANNELS[group].map(({ name }) => Float32Array.of(values[name] ?? Number.NaN));
  return { group, startS, cycle, rows: 1, offsetS: new Float32Array(1), columns };
}

/** Not defined where less than a watt is put in. */
const ratio = (cooling: number, input: number): number => (input > 1 ? cooling / input : Number.NaN);

const coefficientsOfPerformance = (s: CycleSummary) => ({
  cop_material: ratio(s.cooling_power_W, s.mechanical_power_W),
  cop_system: ratio(s.cooling_power_W, s.loading_power_W + s.pump_power_W),
});

function waveformFrame({ cycleNumber, startMs, periodS, columns }: Waveform): Omit<Frame, 'sequence'> {
  return {
    group: 'waveform',
    startS: startMs / 1000,
    cycle: cycleNumber,
    rows: WAVEFORM_BINS,
    // A bin holds the mean over its width, so its time is its middle.
    offsetS: Float32Array.from(
      { length: WAVEFORM_BINS },
      (_, bin) => ((bin + 0.5) * periodS) / WAVEFORM_BINS,
    ),
    columns,
  };
}
