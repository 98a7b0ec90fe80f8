/** Reads one record away from the page: a survey of the whole once, and parts of it closer as they are asked for. */
import { config } from 'zod';
import { type RecordReader, openRecord } from '../../controller/wire/record/record-reader.ts';
import { type Blocks, buffersOf, wallMsAt } from './blocks.ts';
import { readableOf, sourceOfFile, sourceOfUrl } from './byte-store.ts';
import { DECOMPRESS } from './decompress.ts';
import type { RecordAnswer, RecordAsk } from './record-messages.ts';
import { type GroupBlocks, type Overseer, type Survey, survey, surveyPart } from './survey.ts';

// zod would otherwise try `new Function`, which the controller's content security policy refuses.
config({ jitless: true });

/** Between two words about how far it is, ms. */
const TELL_EVERY_MS = 100;

type Open = Extract<RecordAsk, { type: 'open' }>;
type Part = Extract<RecordAsk, { type: 'part' }>;

const say = (answer: RecordAnswer, transfer: ArrayBuffer[] = []): void => postMessage(answer, { transfer });

/** A turn of the event loop, without the delay that nested timers get. */
const channel = new MessageChannel();
const turn = (): Promise<void> =>
  new Promise((resolve) => {
    channel.port1.onmessage = () => resolve();
    channel.port2.postMessage(null);
  });

let opened: { readonly reader: RecordReader; readonly seen: Survey } | undefined;
let wanted: Part | null = null;
let isReading = false;

async function open({ source }: Open): Promise<void> {
  const bytes = 'url' in source ? sourceOfUrl(source.url) : sourceOfFile(source.file);
  const reader = await openRecord(readableOf(bytes), DECOMPRESS);
  if (typeof reader === 'string') return say({ type: 'refused', sentence: reader });
  let toldMs = Number.NEGATIVE_INFINITY;
  const seen = await survey(reader, {
    tell(share) {
      if (performance.now() - toldMs < TELL_EVERY_MS) return;
      toldMs = performance.now();
      say({ type: 'progress', share });
    },
    // Whoever does not wait any more ends the worker.
    goOn: () => Promise.resolve(true),
  });
  if (seen === undefined) return;
  opened = { reader, seen };
  // Copied, not handed over: places in the record are looked up in it later.
  say({ type: 'opened', record: { ...seen, facts: reader.facts, tables: reader.tables } });
}

async function readParts({ reader, seen }: NonNullable<typeof opened>): Promise<void> {
  isReading = true;
  while (wanted !== null) {
    const part: Part = wanted;
    const overseer: Overseer = { tell: () => {}, goOn: () => turn().then(() => wanted === part) };
    // oxlint-disable-next-line no-await-in-loop -- only the newest counts
    const blocks = await surveyPart(reader, seen.restarts, part.groups, spanOf(seen.blocks, part), overseer);
    if (blocks === undefined) continue;
    if (wanted === part) wanted = null;
    say({ type: 'part', id: part.id, of: part.of, blocks }, Object.values(blocks).flatMap(buffersOf));
  }
  isReading = false;
}

/** Telemetry arrives after it was measured, a whole cycle when it is over. */
const LATE_MS = 2000;

function spanOf({ tick, cycle }: GroupBlocks, { of }: Part): { fromMs: number; toMs: number } {
  const by: Blocks | undefined = tick ?? cycle;
  if (by === undefined) return { fromMs: 0, toMs: 0 };
  const fromMs = wallMsAt(by, of.fromS);
  return { fromMs: Math.floor(fromMs), toMs: Math.ceil(wallMsAt(by, of.toS) + LATE_MS) };
}

const refuse = (error: unknown): void =>
  say({
    type: 'refused',
    sentence: `it is damaged inside: ${error instanceof Error ? error.message : String(error)}`,
  });

addEventListener('message', ({ data }: MessageEvent<RecordAsk>) => {
  if (data.type === 'open') void open(data).catch(refuse);
  else {
    wanted = data;
    if (opened !== undefined && !isReading) void readParts(opened).catch(refuse);
  }
});
