/** What the playground knows: the wish (machine and changes), the last good result, and what is under way. */
import { batch, computed, effect, signal } from '@preact/signals';
import type { Answer, Field, HouseSeries, MachineCard, Refusal } from '../worker/messages.ts';
import { type Curves, grown } from './curves.ts';
import { type Setup, changes, isSame, machine, pinnedSetup } from './setup.ts';
import { Solver } from './solver.ts';

export interface HouseRun extends Setup {
  readonly pulldown: HouseSeries;
}

/** Long enough to type a digit more, short enough to feel at once. */
const DEBOUNCE_MS = 150;

export const machines = signal<readonly MachineCard[]>([]);
export const curves = signal<Curves | null>(null);
/** Null too while what the address pins is still to be computed. */
export const pinned = signal<Curves | null>(null);
export const house = signal<HouseRun | null>(null);
export const refusals = signal<readonly Refusal[]>([]);
/** Done and expected points; null where nothing is under way. */
export const progress = signal<{ readonly done: number; readonly expected: number } | null>(null);
export const houseShare = signal<number | null>(null);

/** An address without a machine means the first one. */
export const setup = computed<Setup>(() => ({
  machine: machine.value === '' ? (machines.value[0]?.key ?? '') : machine.value,
  changes: changes.value,
}));

export const cardOf = (key: string): MachineCard | undefined =>
  machines.value.find((card) => card.key === key);
export const card = computed<MachineCard | undefined>(() => cardOf(setup.value.machine));

/** Asked for last; what an answer belongs to. Null where the next wish must be asked for in any case. */
let asked: Setup | null = null;
let askedForHouse: Setup | null = null;
let askedForPin: Setup | null = null;

const failed = (sentence: string): void => {
  asked = null;
  askedForPin = null;
  batch(() => {
    refusals.value = [{ key: null, sentence }];
    progress.value = null;
    houseShare.value = null;
  });
};
const solver = new Solver((answer) => batch(() => takeAnswer(answer)), failed);
const houseSolver = new Solver((answer) => batch(() => takeHouse(answer)), failed);
const pinSolver = new Solver((answer) => batch(() => takePin(answer)), failed);

/** From now on what the address wishes is computed, until the function that comes back is called. */
export function start(): () => void {
  solver.start();
  const ends = [effect(followWish), effect(followPin)];
  return () => {
    for (const end of ends) end();
  };
}

function followWish(): (() => void) | undefined {
  const wish = setup.value;
  if (machines.value.length === 0 || isSame(wish, asked)) return undefined;
  const timer = setTimeout(() => {
    asked = wish;
    solver.ask(wish, 'curves');
  }, DEBOUNCE_MS);
  return () => clearTimeout(timer);
}

/** What a link pins is computed once the curves themselves are there. */
function followPin(): void {
  const wish = pinnedSetup.value;
  if (!isSame(wish, askedForPin)) askedForPin = null;
  if (isSame(wish, pinned.peek())) return;
  pinned.value = null;
  if (curves.value === null || progress.value !== null || askedForPin !== null) return;
  askedForPin = wish;
  if (wish !== null) pinSolver.ask(wish, 'curves');
}

export function pickMachine(key: string): void {
  batch(() => {
    machine.value = key;
    changes.value = new Map();
  });
}

export function take(wish: Setup): void {
  batch(() => {
    machine.value = wish.machine;
    changes.value = wish.changes;
  });
}

/** `undefined` takes a change back. */
export function change(field: Field, text: string | undefined): void {
  const next = new Map(changes.peek());
  if (text === undefined) next.delete(field.key);
  else next.set(field.key, text);
  changes.value = next;
}

export function resetAll(): void {
  changes.value = new Map();
}

/** Keeps the present curves beside what comes; `false` lets them go. */
export function pin(isPinned: boolean): void {
  const now = isPinned ? curves.peek() : null;
  batch(() => {
    pinned.value = now;
    pinnedSetup.value = now === null ? null : { machine: now.machine, changes: now.changes };
  });
}

export function runHouse(): void {
  askedForHouse = setup.peek();
  houseShare.value = 0;
  houseSolver.ask(askedForHouse, 'house');
}

export function cancelHouse(): void {
  houseSolver.cancel();
  houseShare.value = null;
}

function takeAnswer(answer: Answer): void {
  if (answer.type === 'machines') {
    // a worker that was replaced says so again
    if (machines.peek().length === 0) machines.value = answer.machines;
    return;
  }
  if (answer.type === 'begun') progress.value = { done: 0, expected: 1 };
  if (answer.type === 'refused') refusals.value = answer.refusals;
  if (answer.type === 'done') progress.value = null;
  if (asked === null || (answer.type !== 'trace' && answer.type !== 'point')) return;
  const now = curves.peek();
  const next = grown(now, asked, answer);
  // pinned while its curves were still growing
  if (answer.type === 'point' && now !== null && pinned.peek() === now) pinned.value = next;
  curves.value = next;
  if (answer.type === 'trace') {
    refusals.value = [];
    progress.value = { done: 1, expected: answer.expected };
  } else {
    const { done, expected } = progress.peek() ?? { done: 0, expected: 1 };
    progress.value = { done: done + 1, expected: Math.max(expected, done + 2) };
  }
}

function takeHouse(answer: Answer): void {
  if (answer.type === 'progress') houseShare.value = answer.share;
  if (answer.type === 'house' && askedForHouse !== null)
    house.value = { ...askedForHouse, pulldown: answer.run };
  if (answer.type === 'refused') refusals.value = answer.refusals;
  if (answer.type === 'done') houseShare.value = null;
}

/** A pin that sim refuses is let go. Links that pin are rare: the worker is not kept. */
function takePin(answer: Answer): void {
  if (answer.type === 'done') pinSolver.cancel();
  if (answer.type === 'refused') pinnedSetup.value = null;
  if (askedForPin === null || !isSame(askedForPin, pinnedSetup.peek())) return;
  pinned.value = grown(pinned.peek(), askedForPin, answer);
}
