/** What the laboratory knows: the wish (machine and changes), the last good result, and what is under way. */
import { batch, computed, effect, signal } from '@preact/signals';
import type {
  Answer,
  CycleTrace,
  Field,
  MachineCard,
  OperatingPoint,
  Refusal,
  HouseSeries,
} from '../worker/messages.ts';
import { type Setup, fromHash, toHash } from './share.ts';
import { Solver } from './solver.ts';

export interface CurvePoint {
  readonly x: number;
  readonly point: OperatingPoint;
}

/** One set of curves and the setup it belongs to. */
export interface Curves extends Setup {
  readonly trace: CycleTrace;
  readonly liftK: number;
  readonly frequencyHz: number;
  /** In rising order of x, the present point among them. */
  readonly lift: readonly CurvePoint[];
  readonly frequency: readonly CurvePoint[];
}

export interface HouseRun extends Setup {
  readonly pulldown: HouseSeries;
}

/** Long enough to type a digit more, short enough to feel at once. */
const DEBOUNCE_MS = 150;

export const machines = signal<readonly MachineCard[]>([]);
export const setup = signal<Setup>(fromHash(location.hash));
export const curves = signal<Curves | null>(null);
export const pinned = signal<Curves | null>(null);
export const house = signal<HouseRun | null>(null);
export const refusals = signal<readonly Refusal[]>([]);
/** Done and expected points; null where nothing is under way. */
export const progress = signal<{ readonly done: number; readonly expected: number } | null>(null);
export const houseShare = signal<number | null>(null);

export const card = computed<MachineCard | undefined>(() => {
  const { machine } = setup.value;
  return machines.value.find(({ key }) => key === machine);
});

/** Asked for last; what an answer belongs to. */
let asked: Setup = setup.peek();
let askedForHouse: Setup = asked;

const failed = (sentence: string): void => {
  batch(() => {
    refusals.value = [{ key: null, sentence }];
    progress.value = null;
    houseShare.value = null;
  });
};
const solver = new Solver((answer) => batch(() => takeAnswer(answer)), failed);
const houseSolver = new Solver((answer) => batch(() => takeHouse(answer)), failed);

export function start(): void {
  solver.start();
  addEventListener('hashchange', () => {
    if (location.hash !== toHash(setup.peek())) setup.value = withMachine(fromHash(location.hash));
  });
  effect(() => {
    const wish = setup.value;
    if (machines.value.length === 0) return undefined;
    history.replaceState(null, '', toHash(wish));
    const timer = setTimeout(() => {
      asked = wish;
      solver.ask(wish, 'curves');
    }, DEBOUNCE_MS);
    return () => clearTimeout(timer);
  });
}

/** A link without a machine means the first one. */
const withMachine = (wish: Setup): Setup =>
  wish.machine === '' ? { ...wish, machine: machines.peek()[0]?.key ?? '' } : wish;

export function pickMachine(machine: string): void {
  setup.value = { machine, changes: new Map() };
}

/** `undefined` takes a change back. */
export function change(field: Field, text: string | undefined): void {
  const { machine, changes } = setup.peek();
  const next = new Map(changes);
  if (text === undefined) next.delete(field.key);
  else next.set(field.key, text);
  setup.value = { machine, changes: next };
}

export function resetAll(): void {
  setup.value = { ...setup.peek(), changes: new Map() };
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
  switch (answer.type) {
    case 'machines':
      // a worker that was replaced says so again
      if (machines.peek().length > 0) return;
      machines.value = answer.machines;
      setup.value = withMachine(setup.peek());
      return;
    case 'begun':
      progress.value = { done: 0, expected: 1 };
      return;
    case 'refused':
      refusals.value = answer.refusals;
      return;
    case 'trace': {
      const { trace, frequencyHz, expected } = answer;
      const point = trace.operating_point;
      const liftK = point.temperature_lift_K;
      refusals.value = [];
      progress.value = { done: 1, expected };
      curves.value = {
        ...asked,
        trace,
        liftK,
        frequencyHz,
        lift: [{ x: liftK, point }],
        frequency: [{ x: frequencyHz, point }],
      };
      return;
    }
    case 'point': {
      const now = curves.peek();
      if (now === null) return;
      const grown = [...now[answer.curve], { x: answer.x, point: answer.point }];
      const next = { ...now, [answer.curve]: grown.toSorted((a, b) => a.x - b.x) };
      // pinned while its curves were still growing
      if (pinned.peek() === now) pinned.value = next;
      curves.value = next;
      const { done, expected } = progress.peek() ?? { done: 0, expected: 1 };
      progress.value = { done: done + 1, expected: Math.max(expected, done + 2) };
      return;
    }
    case 'done':
      progress.value = null;
      return;
    case 'progress':
    case 'house':
      return;
  }
}

function takeHouse(answer: Answer): void {
  if (answer.type === 'progress') houseShare.value = answer.share;
  if (answer.type === 'house') house.value = { ...askedForHouse, pulldown: answer.run };
  if (answer.type === 'refused') refusals.value = answer.refusals;
  if (answer.type === 'done') houseShare.value = null;
}
