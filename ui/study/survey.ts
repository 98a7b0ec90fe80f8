/** One pass over a record: curves in blocks, landmarks, key figures. What of it is wanted closer is read again, in a span. */
import { type Channel, type GroupName, isWholeCycle } from '../../controller/wire/channels.ts';
import type { Frame } from '../../controller/wire/frame.ts';
import type { Recorded, RecordReader } from '../../controller/wire/record/record-reader.ts';
import { groupTopic, messageTopic } from '../../controller/wire/record/topics.ts';
import type { Landmarks } from './align.ts';
import { BlockBuilder, type Blocks } from './blocks.ts';
import { CycleList } from './cycle-list.ts';
import { FigureMaker, type KeyFigures } from './key-figures.ts';
import { type Restart, RunningClock } from './running-clock.ts';

/** Groups whose channels are drawn. Rows nearer than this are never apart, s. */
export const DRAWN_GROUPS = ['tick', 'cycle', 'waveform', 'model', 'stream'] as const;
export type DrawnGroup = (typeof DRAWN_GROUPS)[number];
const LEAST_GAP_S: Readonly<Record<DrawnGroup, number>> = {
  tick: 0.5,
  cycle: 3,
  waveform: 0.02,
  model: 3,
  stream: 0.02,
};

export const isDrawn = (group: GroupName): group is DrawnGroup =>
  DRAWN_GROUPS.some((drawn) => drawn === group);

export type GroupBlocks = Readonly<Partial<Record<DrawnGroup, Blocks>>>;

export interface Survey {
  readonly blocks: GroupBlocks;
  readonly landmarks: Landmarks;
  readonly figures: KeyFigures;
  readonly restarts: readonly Restart[];
}

const RECORDED_PER_TURN = 2000;

/** What a long reading says and asks while it is under way. */
export interface Overseer {
  /** Share of the span that was read, 0 to 1. */
  readonly tell: (share: number) => void;
  /** Lets messages in; false where nobody waits any more. */
  readonly goOn: () => Promise<boolean>;
}

/** False where it was called off. Throws where the record is damaged inside. */
async function readThrough(
  recorded: AsyncGenerator<Recorded>,
  { tell, goOn }: Overseer,
  shareOf: (atMs: number) => number,
  take: (one: Recorded) => void,
): Promise<boolean> {
  let count = 0;
  for await (const one of recorded) {
    take(one);
    if (++count % RECORDED_PER_TURN !== 0) continue;
    tell(shareOf(one.atMs));
    if (!(await goOn())) return false;
  }
  return true;
}

/** Rows of frames into the blocks of their groups. */
class Collector {
  readonly builders: ReadonlyMap<GroupName, BlockBuilder>;
  readonly clock: RunningClock;

  constructor(
    tables: Readonly<Partial<Record<GroupName, readonly Channel[]>>>,
    groups: readonly DrawnGroup[],
    clock: RunningClock,
  ) {
    this.clock = clock;
    this.builders = new Map(
      groups.flatMap((group) => {
        const table = tables[group];
        return table === undefined ? [] : [[group, new BlockBuilder(table.length, LEAST_GAP_S[group])]];
      }),
    );
  }

  frame(frame: Frame, atMs: number): void {
    const builder = this.builders.get(frame.group);
    if (builder === undefined) return;
    // A whole cycle arrives when it is over: its rows were earlier.
    const lastS = isWholeCycle(frame.group) ? (frame.offsetS.at(-1) ?? 0) : 0;
    for (let row = 0; row < frame.rows; row++) {
      const timeS = this.clock.timeOf(frame.startS + frame.offsetS[row], atMs);
      builder.add(timeS, atMs - 1000 * (lastS - frame.offsetS[row]), frame.columns, row);
    }
  }

  blocks(): GroupBlocks {
    return Object.fromEntries([...this.builders].map(([group, builder]) => [group, builder.finish()]));
  }
}

/** Undefined where it was called off. */
export async function survey(reader: RecordReader, overseer: Overseer): Promise<Survey | undefined> {
  const clock = new RunningClock();
  const collector = new Collector(reader.tables, DRAWN_GROUPS, clock);
  const figures = new FigureMaker();
  const cycles = new CycleList();
  const states: { state: string; atS: number }[] = [];
  const entered: { state: string; atS: number }[] = [];
  const columnOf = new Map((reader.tables.cycle ?? []).map(({ name }, at) => [name, at]));
  let [fromS, toS, before] = [Number.NaN, Number.NaN, ''];

  function takeCycle({ columns, startS }: Frame, atMs: number): void {
    const read = (name: string): number => columns[columnOf.get(name) ?? -1]?.[0] ?? Number.NaN;
    figures.cycle(read);
    cycles.add(read('cycle_number'), clock.timeOf(startS, atMs), read('period_ms') / 1000);
  }

  function takeFrame(frame: Frame, atMs: number): void {
    if (frame.group === 'tick') {
      clock.tick(frame.startS, atMs);
      if (Number.isNaN(fromS)) {
        fromS = clock.nowS;
        // What was said before the first tick was said at the beginning.
        for (const one of entered) states.push({ ...one, atS: fromS });
      }
      toS = clock.nowS;
    } else if (frame.group === 'cycle') takeCycle(frame, atMs);
    collector.frame(frame, atMs);
  }

  function takeState(state: string): void {
    if (state === before) return;
    before = state;
    (Number.isNaN(fromS) ? entered : states).push({ state, atS: clock.nowS });
  }

  const spanMs = Math.max(1, reader.toMs - reader.fromMs);
  const isDone = await readThrough(
    reader.read([...DRAWN_GROUPS.map(groupTopic), messageTopic('state')]),
    overseer,
    (atMs) => (atMs - reader.fromMs) / spanMs,
    (one) => {
      if (one.kind === 'frame') takeFrame(one.frame, one.atMs);
      else if (one.kind === 'message' && one.message.type === 'state') takeState(one.message.state);
    },
  );
  if (!isDone) return undefined;
  return {
    blocks: collector.blocks(),
    landmarks: { fromS, toS, states, cycles: cycles.list() },
    figures: figures.figures(toS - fromS),
    restarts: clock.restarts,
  };
}

/** The same blocks of a part of the record, in wall time, ms; undefined where it was called off. */
export async function surveyPart(
  reader: RecordReader,
  restarts: readonly Restart[],
  groups: readonly DrawnGroup[],
  span: { readonly fromMs: number; readonly toMs: number },
  overseer: Overseer,
): Promise<GroupBlocks | undefined> {
  const collector = new Collector(reader.tables, groups, new RunningClock(restarts));
  const isDone = await readThrough(
    reader.read(groups.map(groupTopic), span),
    overseer,
    (atMs) => (atMs - span.fromMs) / (span.toMs - span.fromMs),
    (one) => {
      if (one.kind === 'frame') collector.frame(one.frame, one.atMs);
    },
  );
  return isDone ? collector.blocks() : undefined;
}
