/**
 * Every channel of every group that has a history here, behind one face: a chart that a person put together does not
 * know which store a curve comes from.
 */
import { CHANNELS, type Channel } from '../../controller/wire/channels.ts';
import { addDecimated, type View } from './decimate.ts';
import type { Polyline } from './polyline.ts';
import { newest, readAt } from './read-at.ts';
import type { Ring } from './ring.ts';
import type { Telemetry } from './telemetry.ts';

export interface ChannelSeries extends Channel {
  /** `tick.room_C`: the same in every session, so it may stand in a link. */
  readonly id: string;
  readonly group: string;
  /** At most two points for each `view.bucketS`; as many as there are where that is shorter than their spacing. */
  readonly trace: (view: View, out: Polyline) => void;
  /** Before this device time there is a summary, lowest and highest of a second: drawn, but no samples; NaN where there is nothing. */
  readonly samplesFromS: () => number;
  readonly newest: () => number;
  /** The value in force at this device time; NaN in a gap. */
  readonly readAt: (timeS: number) => number;
}

/** A value is in force for so long, in s of device time. */
const FRESH_S = 5;
/** Samples of a stream come at least 50 times a second. */
const FRESH_SAMPLE_S = 0.1;

const GROUPS_KEPT = ['tick', 'cycle', 'waveform', 'model'] as const;

/** Of a rig whose device streams, its stream too: make the list anew after each `hello`. */
export function channelList(telemetry: Telemetry): readonly ChannelSeries[] {
  return [...listOfRings(telemetry), ...listOfStream(telemetry)];
}

function listOfRings({ tick, cycle, model, waveforms, streams }: Telemetry): ChannelSeries[] {
  const rings: Record<(typeof GROUPS_KEPT)[number], Ring> = { tick, cycle, model, waveform: waveforms.rows };
  return GROUPS_KEPT.flatMap((group) =>
    CHANNELS[group].map(({ name, unit, title }, column) => ({
      id: `${group}.${name}`,
      group,
      name,
      unit,
      title,
      trace: (view, out) => {
        out.clear();
        streams.traceSummary(group, name, view, rings[group].firstTimeS, out);
        addDecimated(rings[group], column, view, out);
      },
      samplesFromS: () => rings[group].firstTimeS,
      newest: () => newest(rings[group], column),
      readAt: (timeS) => readAt(rings[group], column, timeS, FRESH_S),
    })),
  );
}

function listOfStream({ streams }: Telemetry): ChannelSeries[] {
  return streams.channels.map(({ name, unit, title }, column) => ({
    id: `stream.${name}`,
    group: 'stream',
    name,
    unit,
    title,
    trace: (view, out) => streams.trace(column, view, out),
    samplesFromS: () => streams.stream.firstTimeS,
    newest: () => streams.newest(column),
    readAt: (timeS) => streams.readAt(column, timeS, FRESH_SAMPLE_S),
  }));
}
