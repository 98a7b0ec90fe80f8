/** One record as the page holds it: a worker reads it, what was read stands here. */
import { signal } from '@preact/signals';
import { recordPath } from '../../controller/wire/record/run-list.ts';
import type { View } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';
import { type Blocks, type Reading, readBlocks, traceBlocks } from './blocks.ts';
import type { OpenedRecord, RecordAnswer, RecordAsk, Stretch } from './record-messages.ts';
import { DRAWN_GROUPS, type DrawnGroup, type GroupBlocks } from './survey.ts';

export type RecordState =
  | { readonly phase: 'reading'; readonly share: number }
  /** `sentence` is the reader's own, in English. */
  | { readonly phase: 'refused'; readonly sentence: string }
  | { readonly phase: 'open'; readonly record: OpenedRecord };

/** A gesture is over when nothing was asked for so long, ms. */
const PAUSE_MS = 150;
/** A value is in force for so long, s. */
const FRESH_S = 5;
/** Read beyond both edges of what is looked at, as a share of it. */
const MARGIN = 0.25;

export class HeldRecord {
  readonly state = signal<RecordState>({ phase: 'reading', share: 0 });
  /** Grows with everything that changes a picture. */
  readonly version = signal(0);
  readonly #worker: Worker;
  #part: { readonly of: Stretch; readonly blocks: GroupBlocks } | null = null;
  #asked: { readonly of: Stretch; readonly groups: ReadonlySet<DrawnGroup> } | null = null;
  #pause: ReturnType<typeof setTimeout> | undefined;
  #asks = 0;

  constructor(source: Extract<RecordAsk, { type: 'open' }>['source']) {
    this.#worker = new Worker(new URL('./record-worker.ts', import.meta.url), { type: 'module' });
    this.#worker.addEventListener('message', ({ data }: MessageEvent<RecordAnswer>) => this.#take(data));
    this.#worker.addEventListener('error', ({ message }) => {
      const sentence = `its reader could not run in this browser (${message || 'a file did not load'}); reload the page.`;
      this.#take({ type: 'refused', sentence });
    });
    this.#send({ type: 'open', source });
  }

  static ofRun = (id: string): HeldRecord =>
    new HeldRecord({ url: new URL(recordPath(id).slice(1), document.baseURI).href });

  #send(ask: RecordAsk): void {
    this.#worker.postMessage(ask, []);
  }

  #take(answer: RecordAnswer): void {
    if (answer.type === 'progress') this.state.value = { phase: 'reading', share: answer.share };
    else if (answer.type === 'refused') this.state.value = { phase: 'refused', sentence: answer.sentence };
    else if (answer.type === 'opened') this.state.value = { phase: 'open', record: answer.record };
    else if (answer.id === this.#asks) this.#part = answer;
    this.version.value++;
  }

  /** The curve of a channel in a view, from the closest blocks there are; closer ones are asked for. */
  trace(group: string, name: string, view: View, out: Polyline): void {
    const at = this.#columnOf(group, name);
    if (at === undefined) return out.clear();
    traceBlocks(this.#blocksFor(at.group, view) ?? at.whole, at.column, view, out);
    if (at.whole.rowsEach > 1) this.#lookCloser(at.group, at.whole, view);
  }

  read(group: string, name: string, timeS: number): Reading | undefined {
    const at = this.#columnOf(group, name);
    if (at === undefined) return undefined;
    const closer = this.#blocksFor(at.group, { fromS: timeS, toS: timeS });
    return readBlocks(closer ?? at.whole, at.column, timeS, FRESH_S);
  }

  #columnOf(group: string, name: string) {
    const state = this.state.peek();
    const drawn = DRAWN_GROUPS.find((one) => one === group);
    if (state.phase !== 'open' || drawn === undefined) return undefined;
    const column = state.record.tables[drawn]?.findIndex((one) => one.name === name) ?? -1;
    const whole = state.record.blocks[drawn];
    return column < 0 || whole === undefined ? undefined : { group: drawn, column, whole };
  }

  #blocksFor(group: DrawnGroup, { fromS, toS }: Stretch): Blocks | undefined {
    const part = this.#part;
    return part !== null && part.of.fromS <= fromS && part.of.toS >= toS ? part.blocks[group] : undefined;
  }

  /** Where a block is wider than a pixel, and no part of it is here or under way that is fine enough. */
  #lookCloser(group: DrawnGroup, whole: Blocks, view: View): void {
    const spanS = view.toS - view.fromS;
    const blockS = (whole.lastS - whole.firstS[0]) / whole.length;
    if (blockS < view.bucketS || view.toS < whole.firstS[0] || view.fromS > whole.lastS) return;
    const asked = this.#asked;
    const isNear = asked !== null && asked.of.fromS <= view.fromS && asked.of.toS >= view.toS;
    const isFine = asked !== null && asked.of.toS - asked.of.fromS <= 4 * spanS;
    if (isNear && isFine && asked.groups.has(group)) return;
    const of = isNear && isFine ? asked.of : around(view, spanS);
    const groups = new Set(isNear && isFine ? [...asked.groups, group] : [group]);
    this.#asked = { of, groups };
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      if (this.#asked !== null)
        this.#send({ type: 'part', id: ++this.#asks, of: this.#asked.of, groups: [...this.#asked.groups] });
    }, PAUSE_MS);
  }

  close(): void {
    clearTimeout(this.#pause);
    this.#worker.terminate();
  }
}

const around = ({ fromS, toS }: Stretch, spanS: number): Stretch => ({
  fromS: fromS - MARGIN * spanS,
  toS: toS + MARGIN * spanS,
});
