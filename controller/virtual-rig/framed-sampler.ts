/**
 * Samples at a fixed period out of a plant that steps in its own: sensors lie on straight lines between two steps,
 * what is commanded is held over the step. No sample is given before the device clock has come to it.
 */
import type { Dictionary } from '../protocol/framed-dictionary.ts';
import type { Firmware } from './firmware.ts';
import type { Pace } from './pace.ts';
import { isHeld, SAMPLE_PERIOD_US } from './rig-dictionary.ts';
import { BAR, celsius } from './units.ts';

const PERIOD_S = SAMPLE_PERIOD_US / 1e6;
/** Steps taken and not yet sampled past; a device loop never runs further ahead than one. */
const MOST_KNOTS = 64;

interface Knot {
  readonly timeS: number;
  /** In the order of the dictionary's channels. */
  readonly values: Float64Array;
}

/** `sample` counts periods of the device clock. `values` is overwritten with the next. */
export type SampleSink = (sample: number, timeUs: number, values: Float64Array) => void;

/** Phase starts anew with each cycle; at rest it is 0. */
const PHASE = 0;
const DRIVE_STATE = 22;

export class FramedSampler {
  private readonly firmware: Firmware;
  private readonly pace: Pace;
  private readonly sink: SampleSink;
  private readonly knots: Knot[] = [];
  private readonly row: Float64Array;
  private readonly held: readonly boolean[];
  private readonly isInstrumented: boolean;
  private sample: number;

  constructor(firmware: Firmware, pace: Pace, { channels, status }: Dictionary, sink: SampleSink) {
    this.firmware = firmware;
    this.pace = pace;
    this.sink = sink;
    this.held = channels.map(({ name }) => isHeld(name));
    this.isInstrumented = channels.length > status.length;
    this.row = this.values();
    this.sample = Math.floor(firmware.plant.readings.timeS / PERIOD_S) + 1;
    this.stepped();
  }

  /** The plant has stepped. */
  stepped(): void {
    const { timeS } = this.firmware.plant.readings;
    this.knots.push({ timeS, values: this.values() });
    if (this.knots.length > MOST_KNOTS) this.sampleUntil(this.knots[1].timeS);
  }

  /** The device clock has come to `nowS`. */
  sampleUntil(nowS: number): void {
    const untilS = Math.min(nowS, this.knots.at(-1)?.timeS ?? 0);
    for (let timeS = this.sample * PERIOD_S; timeS <= untilS; timeS = ++this.sample * PERIOD_S) {
      while (this.knots.length > 2 && this.knots[1].timeS < timeS) this.knots.shift();
      const [from, to] = this.knots;
      this.interpolate(from, to ?? from, timeS);
      this.sink(this.sample, this.sample * SAMPLE_PERIOD_US, this.row);
    }
  }

  private values(): Float64Array {
    const values = channelValues(this.firmware, this.pace);
    return this.isInstrumented ? withInstruments(values, this.firmware) : values;
  }

  private interpolate(from: Knot, to: Knot, timeS: number): void {
    const lengthS = to.timeS - from.timeS;
    const share = lengthS > 0 ? Math.max(0, Math.min(1, (timeS - from.timeS) / lengthS)) : 1;
    for (let i = 0; i < this.row.length; i++) {
      const end = i === PHASE && to.values[i] < from.values[i] ? 1 : to.values[i];
      this.row[i] = this.held[i] ? to.values[i] : from.values[i] + share * (end - from.values[i]);
    }
    // At rest the phase is 0, not on its way to the end of a cycle.
    if (to.values[DRIVE_STATE] !== from.values[DRIVE_STATE]) this.row[PHASE] = to.values[PHASE];
  }
}

/** What research put on the machine besides, behind the channels of the status. */
function withInstruments(values: Float64Array, { plant: { readings } }: Firmware): Float64Array {
  const { profileK, cellFlowKgPerS, flowKgPerS } = readings;
  const all = new Float64Array(values.length + profileK.length + cellFlowKgPerS.length + 2);
  all.set(values);
  let at = values.length;
  for (const kelvin of profileK) all[at++] = celsius(kelvin);
  for (const flow of cellFlowKgPerS) all[at++] = flow;
  all[at++] = flowKgPerS > 0 ? 1 : 0;
  all[at] = flowKgPerS < 0 ? 1 : 0;
  return all;
}

/** Channels of the status, in the order of the dictionary. */
export function channelValues(firmware: Firmware, pace: Pace): Float64Array {
  const { readings } = firmware.plant;
  return Float64Array.of(
    firmware.phase,
    readings.forceN / 1000,
    readings.stressPa / 1e6,
    1000 * readings.shorteningM,
    readings.flowKgPerS,
    readings.pressurePa / BAR,
    celsius(readings.coldInletK),
    celsius(readings.hotInletK),
    celsius(readings.coldOutletK),
    celsius(readings.hotOutletK),
    celsius(readings.roomK),
    celsius(readings.outdoorK),
    ...Array.from(readings.cellK, celsius),
    firmware.driveState,
    pace.reported,
  );
}
