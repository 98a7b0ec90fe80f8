/**
 * What the model expects of a recipe: the machine's preset in cyclic steady state between the inlets that are measured
 * now, once with the recipe that it runs and once with the one that is asked about.
 */
import type { CycleRecipe } from '../../controller/wire/recipe.ts';
import type { Answer, CycleTrace, Question } from '../worker/messages.ts';

export interface Inlets {
  readonly coldC: number;
  readonly hotC: number;
}

export interface Preview {
  readonly inlets: Inlets;
  /** What was asked about; a page that asks about something else by now shows that it waits. */
  readonly recipe: CycleRecipe;
  /** Null before the first answer; while another is computed the last one stands. */
  readonly running: CycleTrace | null;
  readonly proposed: CycleTrace | null;
  /** An answer to what is asked now is still to come. */
  readonly isUnderWay: boolean;
  /** What the model does not compute, and why. */
  readonly refusal: string | null;
}

/** As many digits as a loop temperature means something to the result; finer ones would ask anew all the time. */
const WHOLE_K = 1;
const rounded = (celsius: number): number => Math.round(celsius / WHOLE_K) * WHOLE_K;

export const inletsNow = (coldC: number, hotC: number): Inlets | null =>
  Number.isFinite(coldC) && Number.isFinite(hotC) ? { coldC: rounded(coldC), hotC: rounded(hotC) } : null;

export function questionOf(preset: string, recipe: CycleRecipe, { coldC, hotC }: Inlets): Question {
  return {
    machine: preset,
    changes: new Map([
      ['recipe.frequency', `${recipe.frequencyHz} Hz`],
      ['recipe.strain', `${recipe.strainPercent} %`],
      ['recipe.blow_flow', `${recipe.blowFlowKgPerS} kg/s`],
      ['recipe.blow_duty', String(recipe.blowDuty)],
      ['operation.mean_temperature', `${(coldC + hotC) / 2} degC`],
      ['operation.lift', `${hotC - coldC} K`],
    ]),
  };
}

/** What a solver does for this: `ui/lab/solver.ts`, or a stand-in. */
export interface Asks {
  ask(question: Question, work: 'cycle'): void;
}

export interface Wish {
  readonly preset: string;
  readonly inlets: Inlets;
  readonly running: CycleRecipe;
  readonly proposed: CycleRecipe;
}

/** Asks one after the other, as the solver answers only what was asked last; the one that runs is asked once. */
export class Previewer {
  readonly #told: (preview: Preview) => void;
  readonly #known = new Map<string, CycleTrace>();
  #solver: Asks | null = null;
  #wish: Wish | null = null;
  #asked: string | null = null;
  #last: Preview | null = null;

  constructor(told: (preview: Preview) => void) {
    this.#told = told;
  }

  /** The solver needs this to answer to; this closes the circle. */
  attach(solver: Asks): void {
    this.#solver = solver;
  }

  want(wish: Wish): void {
    this.#wish = wish;
    this.#next();
  }

  take(answer: Answer): void {
    if (answer.type !== 'trace' && answer.type !== 'refused') return;
    const asked = this.#asked;
    this.#asked = null;
    if (answer.type === 'refused') this.#tell(answer.refusals.map(({ sentence }) => sentence).join(' '));
    else if (asked !== null) {
      this.#known.set(asked, answer.trace);
      this.#next();
    }
  }

  #next(): void {
    if (this.#wish === null) return;
    const missing = this.#questions().find((question) => !this.#known.has(keyOf(question)));
    this.#tell(null);
    if (missing === undefined || keyOf(missing) === this.#asked) return;
    this.#asked = keyOf(missing);
    this.#solver?.ask(missing, 'cycle');
  }

  #questions(): Question[] {
    if (this.#wish === null) return [];
    const { preset, inlets, running, proposed } = this.#wish;
    return [questionOf(preset, proposed, inlets), questionOf(preset, running, inlets)];
  }

  #tell(refusal: string | null): void {
    if (this.#wish === null) return;
    const [proposed, running] = this.#questions().map((question) => this.#known.get(keyOf(question)));
    const isUnderWay = refusal === null && (running === undefined || proposed === undefined);
    this.#last = {
      inlets: this.#wish.inlets,
      recipe: this.#wish.proposed,
      running: running ?? this.#last?.running ?? null,
      // An old answer must not stand for a recipe that the model refuses.
      proposed: proposed ?? (refusal === null ? (this.#last?.proposed ?? null) : null),
      isUnderWay,
      refusal,
    };
    this.#told(this.#last);
    // What was asked long ago is of no use to anybody.
    if (this.#known.size > MOST_KNOWN) this.#known.delete([...this.#known.keys()][0] ?? '');
  }
}

const MOST_KNOWN = 24;
const keyOf = ({ machine, changes }: Question): string => `${machine} ${[...changes].flat().join(' ')}`;
