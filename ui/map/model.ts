/** The model behind the maps: a worker holds it and computes; here stand its answers to what is asked now. */
import { batch, computed, effect, signal } from '@preact/signals';
import { t } from '../language.ts';
import type { MapAnswer, MapAsk, MapCard, MapGrid, MapPoint, MapQuestion } from '../worker/messages.ts';
import { askedAt, askedFill, askedLines, askedX, askedY } from './asked.ts';
import { askOf } from './point.ts';

export const card = signal<MapCard | null>(null);
/** Of the file that was opened; '' for the example. */
export const fileName = signal('');
export const grid = signal<MapGrid | null>(null);
export const reading = signal<MapPoint | null>(null);
/** Why a file could not be opened, or nothing computes: in the page's language, or in the program's own words. */
export const problem = signal<{ readonly sentence: string; readonly isOwn: boolean } | null>(null);
/** What the pointer is at on the map, in the units of the axes; null where it is not on it. */
export const pointed = signal<readonly [x: number, y: number] | null>(null);

export const ask = computed<MapAsk | null>(() =>
  card.value === null
    ? null
    : askOf(card.value, {
        x: askedX.value,
        y: askedY.value,
        fill: askedFill.value,
        lines: askedLines.value,
        at: askedAt.value,
      }),
);

/** What a map depends on: the cursor moves on it and changes nothing. */
const keyOf = (asked: MapAsk): string =>
  JSON.stringify({ ...asked, at: asked.at.map((value, i) => (i === asked.x || i === asked.y ? 0 : value)) });

/** Whether the map that stands there is the one that is asked for. */
export const isDrawn = computed(
  () => ask.value !== null && grid.value !== null && keyOf(grid.value.of) === keyOf(ask.value),
);

/** The point that is read: the cursor, or what the pointer is at. */
export const readAt = computed<readonly number[] | null>(() => {
  const now = ask.value;
  if (now === null || pointed.value === null) return now?.at ?? null;
  const [x, y] = pointed.value;
  return now.at.map((value, i) => (i === now.x ? x : i === now.y ? y : value));
});

export function move(name: string, value: number): void {
  askedAt.value = new Map(askedAt.peek()).set(name, String(value));
}

let worker: Worker | null = null;
/** The newest question of each kind; one at a time is with the worker, so that old ones are never computed. */
const waiting = new Map<MapQuestion['type'], MapQuestion>();
let isAsked = false;

function send(question: MapQuestion): void {
  waiting.set(question.type, question);
  sendNext();
}

function sendNext(): void {
  const [next] = waiting.values();
  if (isAsked || next === undefined) return;
  waiting.delete(next.type);
  isAsked = true;
  worker ??= startWorker();
  worker.postMessage(next, []);
}

function startWorker(): Worker {
  const started = new Worker(new URL('../worker/map-main.ts', import.meta.url), { type: 'module' });
  started.addEventListener('message', ({ data }: MessageEvent<MapAnswer>) => {
    isAsked = false;
    batch(() => take(data));
    sendNext();
  });
  started.addEventListener('error', ({ message }) => {
    problem.value = {
      isOwn: true,
      sentence: t('The maps could not be computed in this browser ({{why}}); reload the page.', {
        why: message || '–',
      }),
    };
  });
  return started;
}

function take(answer: MapAnswer): void {
  if (answer.type === 'map') grid.value = answer.grid;
  else if (answer.type === 'point') reading.value = answer.point;
  else if (answer.type === 'problem') problem.value = { sentence: answer.sentence, isOwn: false };
  else {
    card.value = answer.card;
    fileName.value = answer.name;
    problem.value = null;
    grid.value = null;
    reading.value = null;
    pointed.value = null;
  }
}

/** Files that were chosen or dropped together: the JSON of a model and its weights. */
export async function openFiles(files: readonly File[]): Promise<void> {
  if (files.length === 0) return;
  const json = files.find(({ name }) => name.endsWith('.json'));
  const weights = files.find(({ name }) => name.endsWith('.bin'));
  if (json === undefined || weights === undefined) {
    problem.value = {
      isOwn: true,
      sentence: t('Give both files of a model together: {{missing}} is missing.', {
        missing: json === undefined ? 'model.json' : 'weights.bin',
      }),
    };
    return;
  }
  send({ type: 'open', name: json.name, json: await json.text(), weights: await weights.arrayBuffer() });
}

/** From now on what is asked is computed, until the function that comes back is called. */
export function start(): () => void {
  if (card.peek() === null && !isAsked) send({ type: 'example' });
  let drawn = '';
  const ends = [
    effect(() => {
      const now = ask.value;
      if (now === null) return;
      const key = keyOf(now);
      if (key === drawn && grid.peek() !== null) return;
      drawn = key;
      // of other axes its numbers would be of other inputs
      pointed.value = null;
      send(now);
    }),
    effect(() => {
      if (readAt.value !== null) send({ type: 'point', at: readAt.value });
    }),
  ];
  return () => {
    for (const end of ends) end();
  };
}
