/**
 * What the device streams at its full rate, and the summary of seconds for the time before: one face for both, so that a
 * chart draws what there is. Where a row of the stream is kept, the summary is not drawn.
 */
import type { Channel, GroupName } from '../../controller/wire/channels.ts';
import { SUMMARIZED, summaryName } from '../../controller/wire/channels.ts';
import type { View } from './decimate.ts';
import type { Polyline } from './polyline.ts';
import { PyramidRing } from './pyramid-ring.ts';
import { tracePyramid } from './pyramid-trace.ts';
import type { Ordered } from './sequencer.ts';

/** Ten minutes at 1 kHz, and a day of seconds. */
const STREAM_ROWS = 600_000;
const SUMMARY_ROWS = 86_400;
/** Rows farther apart than this do not join, s. */
const STREAM_GAP_S = 0.5;
const SUMMARY_GAP_S = 2.5;
/** A clock that went back further than this is that of a rig which was started anew. */
const RESTART_S = 2;

export class StreamStore {
  stream = new PyramidRing(0, 0);
  summary = new PyramidRing(0, 0);
  /** What the device streams; empty where it does not. */
  channels: readonly Channel[] = [];
  /** Counts changes of `channels`. */
  version = 0;
  /** Column of the lowest in the summary, by group and channel. */
  #lowest: ReadonlyMap<string, number> = new Map();

  /** True where the columns are others than before: what is kept begins anew. */
  configure(stream: readonly Channel[], summary: readonly Channel[]): boolean {
    const isNew = JSON.stringify(stream) !== JSON.stringify(this.channels) || this.#lowest.size === 0;
    if (!isNew || summary.length === 0) return false;
    this.channels = stream;
    this.version++;
    this.stream = new PyramidRing(stream.length === 0 ? 0 : STREAM_ROWS, stream.length);
    this.summary = new PyramidRing(SUMMARY_ROWS, summary.length);
    this.#lowest = new Map(summary.map(({ name }, column) => [name, column]));
    return true;
  }

  take({ frame, fromRow, missing, place }: Ordered): void {
    const ring = frame.group === 'stream' ? this.stream : this.summary;
    const gapS = frame.group === 'stream' ? STREAM_GAP_S : SUMMARY_GAP_S;
    if (frame.columns.length !== ring.columns.length || fromRow >= frame.rows) return;
    if (place === 'before') takeBefore(ring, frame, missing, gapS);
    else {
      if (place === 'anew') ring.clear();
      takeAfter(ring, frame, fromRow, missing, gapS);
    }
  }

  clear(): void {
    this.stream.clear();
    this.summary.clear();
  }

  /** Adds a channel of a group that is summarized, as far as it lies before `untilS`. */
  traceSummary(group: GroupName, name: string, view: View, untilS: number, out: Polyline): void {
    const low = this.#lowest.get(summaryName(group, name, 'min'));
    // Nothing of a full rate is kept: all of it. A row covers its second, and one is drawn beyond the edge.
    const toS = Number.isNaN(untilS) ? view.toS : Math.min(view.toS, untilS - 1);
    if (low === undefined || toS <= view.fromS || !isSummarized(group)) return;
    tracePyramid(this.summary, low, low + 1, { ...view, toS }, out);
  }

  /** A channel of the stream; `out` is cleared. */
  trace(column: number, view: View, out: Polyline): void {
    out.clear();
    const { name } = this.channels[column];
    this.traceSummary('stream', name, view, this.stream.firstTimeS, out);
    tracePyramid(this.stream, column, column, view, out);
  }

  newest(column: number): number {
    return this.stream.length === 0 ? Number.NaN : this.stream.value(column, this.stream.end - 1);
  }

  /** The value in force at `timeS`, of the last row at most `freshS` before it; NaN where the full rate is not kept. */
  readAt(column: number, timeS: number, freshS: number): number {
    const { stream } = this;
    const after = stream.firstAtOrAfter(timeS);
    const row = after < stream.end && stream.timeOf(after) === timeS ? after : after - 1;
    if (row < stream.start || timeS - stream.timeOf(row) > freshS) return Number.NaN;
    return stream.value(column, row);
  }
}

const isSummarized = (group: GroupName): boolean => (SUMMARIZED as readonly GroupName[]).includes(group);

function takeAfter(
  ring: PyramidRing,
  frame: Ordered['frame'],
  fromRow: number,
  missing: number,
  gapS: number,
): void {
  const timeS = frame.startS + frame.offsetS[fromRow];
  if (timeS < ring.lastTimeS - RESTART_S) ring.clear();
  else if (timeS < ring.lastTimeS) return;
  if (missing > 0 || timeS - ring.lastTimeS > gapS) {
    if (ring.length > 0) ring.appendGap(ring.lastTimeS);
  }
  ring.append(frame, fromRow);
}

/** A row of an earlier run of the rig, whose clock stood elsewhere, is not put in front. */
function takeBefore(ring: PyramidRing, frame: Ordered['frame'], missing: number, gapS: number): void {
  const lastS = frame.startS + frame.offsetS[frame.rows - 1];
  if (lastS > ring.firstTimeS) return;
  if (missing > 0 || ring.firstTimeS - lastS > gapS) ring.prependGap(ring.firstTimeS);
  ring.prepend(frame);
}
