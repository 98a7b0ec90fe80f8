/**
 * A record as tables, a batch of rows at a time: a day at 1 kHz does not fit into memory. Every telemetry group is a table;
 * `events` and `states` are tables of what was said.
 */
import type { Batch, Column, Table } from '../../../sim/command/table-file/table.ts';
import { GROUPS, type Channel, type GroupName } from '../../wire/channels.ts';
import type { Frame } from '../../wire/frame.ts';
import type { Recorded, RecordReader } from '../../wire/record/record-reader.ts';
import { groupTopic, messageTopic } from '../../wire/record/topics.ts';

/** Its batches throw where the record is damaged inside. */
export interface RunTable extends Table {
  readonly name: TableName;
}

export const TABLES = [...GROUPS, 'events', 'states'] as const;
export type TableName = (typeof TABLES)[number];

const BATCH_ROWS = 20_000;

/** Undefined where the record has nothing of it. */
export function tableOf(run: RecordReader, name: TableName): RunTable | undefined {
  if (name === 'events' || name === 'states') {
    const { topic, columns, rowOf } = SAID[name];
    return run.count(topic) === 0
      ? undefined
      : { name, columns, batches: () => saidBatches(run, topic, columns, rowOf) };
  }
  const channels = run.tables[name];
  return channels === undefined
    ? undefined
    : { name, columns: columnsOf(channels), batches: () => groupBatches(run, name, channels.length) };
}

const WALL: Column = {
  name: 'wall_time_s',
  unit: 's',
  title: 'wall time of arrival, seconds since 1970-01-01 UTC',
  type: 'f64',
};

const columnsOf = (channels: readonly Channel[]): Column[] => [
  WALL,
  { name: 'device_time_s', unit: 's', title: 'device clock', type: 'f64' },
  { name: 'frame_sequence', unit: '', title: 'number of the frame; a gap is a loss', type: 'u32' },
  {
    name: 'frame_cycle',
    unit: '',
    title: 'number of the cycle that a summary or waveform is of',
    type: 'u32',
  },
  ...channels.map((channel) => ({ ...channel, type: 'f32' as const })),
];

async function* groupBatches(run: RecordReader, group: GroupName, channels: number): AsyncGenerator<Batch> {
  let frames: { atMs: number; frame: Frame }[] = [];
  let rows = 0;
  for await (const recorded of run.read([groupTopic(group)])) {
    if (recorded.kind !== 'frame') continue;
    frames.push(recorded);
    rows += recorded.frame.rows;
    if (rows < BATCH_ROWS) continue;
    yield batchOf(frames, rows, channels);
    frames = [];
    rows = 0;
  }
  if (rows > 0) yield batchOf(frames, rows, channels);
}

function batchOf(frames: readonly { atMs: number; frame: Frame }[], rows: number, channels: number): Batch {
  const wall = new Float64Array(rows);
  const device = new Float64Array(rows);
  const sequence = new Uint32Array(rows);
  const cycle = new Uint32Array(rows);
  const columns = Array.from({ length: channels }, () => new Float32Array(rows).fill(Number.NaN));
  let at = 0;
  for (const { atMs, frame } of frames) {
    for (let row = 0; row < frame.rows; row++) device[at + row] = frame.startS + frame.offsetS[row];
    wall.fill(atMs / 1000, at, at + frame.rows);
    sequence.fill(frame.sequence, at, at + frame.rows);
    cycle.fill(frame.cycle, at, at + frame.rows);
    // A table that changed within the record may be narrower.
    for (const [i, column] of frame.columns.slice(0, channels).entries()) columns[i].set(column, at);
    at += frame.rows;
  }
  return { rows, values: [wall, device, sequence, cycle, ...columns] };
}

type Row = readonly (number | string)[];

interface Said {
  readonly topic: string;
  readonly columns: readonly Column[];
  readonly rowOf: (recorded: Recorded) => Row | undefined;
}

const text = (name: string, title: string): Column => ({ name, unit: '', title, type: 'text' });
const number = (name: string, unit: string, title: string): Column => ({ name, unit, title, type: 'f64' });

const SAID: Readonly<Record<'events' | 'states', Said>> = {
  events: {
    topic: messageTopic('event'),
    columns: [WALL, text('severity', 'info, warning or alarm'), text('sentence', 'what happened')],
    rowOf: (recorded) => {
      if (recorded.kind !== 'message' || recorded.message.type !== 'event') return undefined;
      return [recorded.atMs / 1000, recorded.message.severity, recorded.message.sentence];
    },
  },
  states: {
    topic: messageTopic('state'),
    columns: [
      WALL,
      text('state', 'PackML state'),
      text('mode', 'who moves the machine'),
      text('link', 'up, syncing or down'),
      text('faults', 'keys of the faults that stand, first out first'),
      number('setpoint_C', '°C', 'set-point of the house'),
      number('frequency_Hz', 'Hz', 'recipe in effect'),
      number('strain_percent', '%', 'recipe in effect'),
      number('blow_flow_kg_per_s', 'kg/s', 'recipe in effect'),
      number('blow_duty', '', 'recipe in effect: part of the period'),
    ],
    rowOf: (recorded) => {
      if (recorded.kind !== 'message' || recorded.message.type !== 'state') return undefined;
      const { state, mode, proof, faults, setpointC, recipe } = recorded.message;
      const keys = faults.toSorted((a, b) => Number(b.firstOut) - Number(a.firstOut)).map(({ key }) => key);
      return [
        recorded.atMs / 1000,
        state,
        mode,
        proof.link,
        keys.join(' '),
        setpointC,
        recipe.frequencyHz,
        recipe.strainPercent,
        recipe.blowFlowKgPerS,
        recipe.blowDuty,
      ];
    },
  },
};

async function* saidBatches(
  run: RecordReader,
  topic: string,
  columns: readonly Column[],
  rowOf: Said['rowOf'],
): AsyncGenerator<Batch> {
  let rows: Row[] = [];
  for await (const recorded of run.read([topic])) {
    const row = rowOf(recorded);
    if (row !== undefined) rows.push(row);
    if (rows.length < BATCH_ROWS) continue;
    yield turned(rows, columns);
    rows = [];
  }
  if (rows.length > 0) yield turned(rows, columns);
}

const turned = (rows: readonly Row[], columns: readonly Column[]): Batch => ({
  rows: rows.length,
  values: columns.map(({ type }, i) =>
    type === 'text' ? rows.map((row) => String(row[i])) : Float64Array.from(rows, (row) => Number(row[i])),
  ),
});
