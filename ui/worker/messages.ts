/** What the page and the worker that runs `sim` say to each other. Types only: nothing of `sim` reaches the page. */
import type { BankProfile, CycleTrace, OperatingPoint, RoomPulldown } from '../../sim/index.ts';

export type { BankProfile, CycleTrace, OperatingPoint, RoomPulldown };

export type Status = 'published' | 'derived' | 'fitted' | 'assumed';

interface Described {
  /** `group.key`, as `--set` takes it */
  readonly key: string;
  readonly group: string;
  readonly name: string;
  readonly help: string;
  /** The preset's value as a person writes it, without unit. */
  readonly preset: string;
  readonly status: Status;
  /** The source in words; absent where nothing published is behind the value. */
  readonly source?: string;
  readonly note?: string;
}

export interface NumberField extends Described {
  readonly kind: 'number';
  /** Unit of everything here, as `sim` reads it ("degC"); '' for a pure number. */
  readonly unit: string;
  readonly allowed: readonly [low: number, high: number];
  /** What the source or our judgement leaves open; both ends equal where the value is certain, absent where unsaid. */
  readonly prior?: readonly [low: number, high: number];
  /** Counts: cells, tubes, nodes. */
  readonly whole: boolean;
}

export interface ChoiceField extends Described {
  readonly kind: 'choice';
  readonly options: readonly string[];
}

export type Field = NumberField | ChoiceField;

export interface MachineCard {
  readonly key: string;
  readonly title: string;
  readonly claim: string;
  readonly source: string;
  readonly fields: readonly Field[];
}

/** A machine with values changed by `group.key`, each with its unit ("10 K"). */
export interface Question {
  readonly machine: string;
  readonly changes: ReadonlyMap<string, string>;
}

export type Work = 'curves' | 'house';

export interface Request extends Question {
  readonly id: number;
  readonly work: Work;
}

export type Curve = 'lift' | 'frequency';

export interface Refusal {
  /** The field it belongs to; null where it belongs to none. */
  readonly key: string | null;
  readonly sentence: string;
}

/** What answers one request, in this order; `expected` is a guess of the points to come. */
export type Result =
  | { readonly type: 'refused'; readonly refusals: readonly Refusal[] }
  | {
      readonly type: 'trace';
      readonly trace: CycleTrace;
      readonly frequencyHz: number;
      readonly expected: number;
    }
  | { readonly type: 'point'; readonly curve: Curve; readonly x: number; readonly point: OperatingPoint }
  | { readonly type: 'house'; readonly pulldown: RoomPulldown };

export type Answer =
  | { readonly type: 'machines'; readonly machines: readonly MachineCard[] }
  | ({ readonly id: number } & (
      | Result
      | { readonly type: 'begun' }
      /** 0 to 1 of a house run. */
      | { readonly type: 'progress'; readonly share: number }
      | { readonly type: 'done' }
    ));
