/**
 * Everything the page knows of the machine in numbers: one ring a group, the newest tick, and what follows from them.
 * No DOM, no clock of its own.
 */
import { CELLS, CHANNELS, type Channel, type GroupName, isLongKept } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';
import { AbsenceIndex } from './absence.ts';
import { pickColumns, type ChannelTable } from './columns.ts';
import { DeviceClock } from './device-clock.ts';
import { GapRule } from './gap-rule.ts';
import { PhaseFold } from './phase-fold.ts';
import { PictureStore } from './pictures.ts';
import { clockWentBack, Ring } from './ring.ts';
import type { Ordered } from './sequencer.ts';
import { StreamStore } from './stream-store.ts';
import { WaveformStore } from './waveforms.ts';

const TICK_NAMES = CHANNELS.tick.map((channel) => channel.name);
const CYCLE_NAMES = CHANNELS.cycle.map((channel) => channel.name);
const MODEL_NAMES = CHANNELS.model.map((channel) => channel.name);
/** The cycle ring keeps every channel, and after them the period in s. */
export const CYCLE_PERIOD_S = CYCLE_NAMES.length;

/** Column of a cycle channel; throws on a misspelt name, at load. */
export function cycleColumn(name: string): number {
  const column = CYCLE_NAMES.indexOf(name);
  if (column < 0) throw new RangeError(`the channel table has no cycle channel ${name}`);
  return column;
}
/** Column of a channel of the model beside the rig; throws on a misspelt name, at load. */
export function modelColumn(name: string): number {
  const column = MODEL_NAMES.indexOf(name);
  if (column < 0) throw new RangeError(`the channel table has no model channel ${name}`);
  return column;
}

export const CYCLE_NUMBER = cycleColumn('cycle_number');
/** Means of what the blows brought out, weighted by flow: what cools and heats the loops. */
export const COLD_OUT_MEAN = cycleColumn('cold_outlet_mean_C');
export const HOT_OUT_MEAN = cycleColumn('hot_outlet_mean_C');
export const cellColumn = (cell: number, of: 'min' | 'mean' | 'max'): number =>
  cycleColumn(`cell_${cell + 1}_${of}_C`);

/** Column of a tick channel in `Telemetry.latest`; throws on a misspelt name, at load. */
export function tickColumn(name: string): number {
  const column = TICK_NAMES.indexOf(name);
  if (column < 0) throw new RangeError(`the channel table has no tick channel ${name}`);
  return column;
}
/** Columns of the tick ring: what changes slowly enough to be drawn from single readings at any pace. */
export const TICK = {
  room_C: tickColumn('room_C'),
  outdoor_C: tickColumn('outdoor_C'),
  setpoint_C: tickColumn('setpoint_C'),
  cold_inlet_C: tickColumn('cold_inlet_C'),
  hot_inlet_C: tickColumn('hot_inlet_C'),
} as const;
const PHASE = tickColumn('phase');
const FLOW = tickColumn('flow_kg_per_s');
/** Every reading has an age; a row of absence has none. */
const LINK_AGE = tickColumn('link_age_ms');

/** Column -1 is a channel that the controller does not send. */
const valueAt = (frame: Frame, column: number, row: number): number =>
  column < 0 ? Number.NaN : frame.columns[column][row];

/** Of `hello`. */
type Tables = Record<Exclude<GroupName, 'stream' | 'summary'>, ChannelTable> &
  Record<'stream' | 'summary', readonly Channel[]>;

export class Telemetry {
  readonly tick = new Ring(1 << 17, TICK_NAMES.length);
  readonly cycle = new Ring(1 << 16, CYCLE_NAMES.length + 1);
  readonly model = new Ring(1 << 16, MODEL_NAMES.length);
  readonly waveforms = new WaveformStore();
  readonly pictures = new PictureStore();
  readonly streams = new StreamStore();
  readonly flowByPhase = new PhaseFold(64);
  readonly clock = new DeviceClock();
  readonly absences = new AbsenceIndex();
  /** The newest tick, column by column; NaN where the reading was absent. */
  readonly latest = new Float32Array(TICK_NAMES.length).fill(Number.NaN);
  readonly #tickGaps = new GapRule(0.5);
  readonly #cycleGaps = new GapRule(3);
  readonly #modelGaps = new GapRule(3);
  #pickTick: readonly number[] = TICK_NAMES.map((_, i) => i);
  #pickModel: readonly number[] = [...MODEL_NAMES.keys()];
  #pickCycle: readonly number[] = [...CYCLE_NAMES.keys(), CYCLE_NAMES.length];

  configure(channels: Tables): void {
    this.#pickTick = pickColumns(channels.tick, TICK_NAMES);
    this.#pickCycle = [...pickColumns(channels.cycle, CYCLE_NAMES), channels.cycle.length];
    this.#pickModel = pickColumns(channels.model, MODEL_NAMES);
    this.waveforms.configure(channels.waveform);
    this.pictures.configure(channels.picture);
    this.streams.configure(channels.stream, channels.summary);
  }

  /** `acceleration` is the one in force now, `nowMs` any steady wall clock. */
  take(ordered: Ordered, nowMs: number, acceleration: number): void {
    const { frame, fromRow, missing } = ordered;
    if (isLongKept(frame.group)) this.streams.take(ordered);
    else if (frame.group === 'tick') this.#takeTicks(frame, fromRow, missing, nowMs, acceleration);
    else if (frame.group === 'cycle') this.#takeCycles(frame, fromRow);
    else if (frame.group === 'model')
      takeRows(this.model, this.#modelGaps, frame, frame.columns, this.#pickModel, fromRow);
    else if (frame.group === 'picture') this.pictures.take(frame);
    else this.waveforms.take(frame);
  }

  #takeTicks(frame: Frame, fromRow: number, missing: number, nowMs: number, acceleration: number): void {
    for (let row = fromRow; row < frame.rows; row++) {
      const timeS = frame.startS + frame.offsetS[row];
      // After a restart of the rig every curve starts anew with its own first row.
      if (clockWentBack(this.tick, timeS)) this.#restartTicks();
      else if (timeS < this.tick.lastTimeS) continue;
      const lost = row === fromRow && missing > 0;
      if (this.#tickGaps.breaksAt(timeS) || lost) {
        this.tick.pushGap(this.tick.lastTimeS);
        this.absences.open();
      }
      if (this.#isAbsence(frame, row)) this.absences.open();
      else this.absences.heard(timeS);
      this.tick.push(timeS, frame.columns, this.#pickTick, row);
      this.flowByPhase.add(
        valueAt(frame, this.#pickTick[PHASE], row),
        valueAt(frame, this.#pickTick[FLOW], row),
      );
    }
    const row = frame.rows - 1;
    if (row < fromRow) return;
    for (let c = 0; c < this.latest.length; c++) {
      this.latest[c] = valueAt(frame, this.#pickTick[c], row);
    }
    this.clock.read(frame.startS + frame.offsetS[row], nowMs, acceleration);
  }

  /** A controller that sends no age is taken at its word. */
  #isAbsence(frame: Frame, row: number): boolean {
    const column = this.#pickTick[LINK_AGE];
    return column >= 0 && Number.isNaN(valueAt(frame, column, row));
  }

  #takeCycles(frame: Frame, fromRow: number): void {
    const periods = frame.columns[this.#pickCycle[cycleColumn('period_ms')]];
    const inSeconds = periods?.map((ms) => ms / 1000) ?? new Float32Array(frame.rows).fill(Number.NaN);
    const columns = [...frame.columns, inSeconds];
    takeRows(this.cycle, this.#cycleGaps, frame, columns, this.#pickCycle, fromRow);
  }

  /** A column of the newest whole cycle; NaN where there is none. */
  lastCycle(column: number): number {
    return this.cycle.length === 0 ? Number.NaN : this.cycle.value(column, this.cycle.length - 1);
  }

  #restartTicks(): void {
    this.tick.clear();
    this.absences.clear();
    this.flowByPhase.clear();
    this.clock.clear();
    this.#tickGaps.clear();
  }

  clear(): void {
    this.#restartTicks();
    this.cycle.clear();
    this.model.clear();
    this.waveforms.clear();
    this.pictures.clear();
    this.streams.clear();
    this.#cycleGaps.clear();
    this.#modelGaps.clear();
    this.latest.fill(Number.NaN);
  }
}

/** Appends the new rows of a group of one row a cycle; a clock that went back begins the ring anew. */
function takeRows(
  ring: Ring,
  gaps: GapRule,
  frame: Frame,
  columns: readonly Float32Array[],
  pick: readonly number[],
  fromRow: number,
): void {
  for (let row = fromRow; row < frame.rows; row++) {
    const timeS = frame.startS + frame.offsetS[row];
    if (clockWentBack(ring, timeS)) {
      ring.clear();
      gaps.clear();
    } else if (timeS < ring.lastTimeS) continue;
    if (gaps.breaksAt(timeS)) ring.pushGap(ring.lastTimeS);
    ring.push(timeS, columns, pick, row);
  }
}

export const CELL_INDEXES: readonly number[] = Array.from({ length: CELLS }, (_, i) => i);
