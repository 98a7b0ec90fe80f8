import type { BankGroupKey, GroupKey, PARAMETERS } from './parameters/index.ts';
import type { ChoiceParameter } from './parameters/parameter.ts';
import type { Target } from './target.ts';

type Value<P> = P extends ChoiceParameter<infer Option> ? Option : number;
type Values<G extends GroupKey> = {
  readonly [K in keyof (typeof PARAMETERS)[G]]: Value<(typeof PARAMETERS)[G][K]>;
};

/** Every parameter of a machine in SI, by group and key, and how its parts join; see PARAMETERS for units. Frozen. */
export type DeviceConfig = { readonly [G in GroupKey]: Values<G> } & { readonly layout: Layout };

/**
 * A set of like cells: one alloy, mechanically in series, fluid in parallel. What it does not say for itself it has
 * from the groups of the device.
 */
export type BankConfig = { readonly name: string } & { readonly [G in BankGroupKey]: Values<G> };

/** Cells under one force. */
export interface TrainConfig {
  /** Positions in `Layout.banks`. */
  readonly banks: readonly number[];
  /** Share of the period by which its loading starts later than that of the first train, 0 to 1. */
  readonly phase: number;
}

export const STROKES = ['loading', 'unloading'] as const;

/** Fluid that runs through banks while its valves are open. */
export interface BlowConfig {
  readonly name: string;
  /** Reservoirs at its ends, or null for a loop that closes on itself. */
  readonly from: 'cold' | 'hot' | null;
  readonly to: 'cold' | 'hot' | null;
  /** Banks in the order the fluid meets them; direction +1 from their cold to their hot end, −1 back. */
  readonly through: readonly { readonly bank: number; readonly direction: 1 | -1 }[];
  /** The stroke it follows: of this train, loading or unloading. */
  readonly train: number;
  readonly after: (typeof STROKES)[number];
  /** Share of the period between the start of that stroke and the opening; null: as the stroke ends, plus blow_delay. */
  readonly opens: number | null;
  /** Share of the period it lasts; null: recipe.blow_duty. */
  readonly lasts: number | null;
  /** Its flow as a multiple of recipe.blow_flow. */
  readonly flow: number;
}

export interface Layout {
  readonly banks: readonly BankConfig[];
  readonly trains: readonly TrainConfig[];
  /** Whether one drive moves all trains, so that what one gives back another may take; else each has its own. */
  readonly sharedDrive: boolean;
  readonly blows: readonly BlowConfig[];
}

export const STATUSES = ['published', 'derived', 'fitted', 'assumed'] as const;
/** How a preset's value came to be. Only `published` and `derived` rest on a source. */
export type Status = (typeof STATUSES)[number];

/** Where a value comes from and how far it may be off. */
export interface Provenance {
  readonly status: Status;
  /** Key in fixtures/bibliography.yaml; absent where nothing published is behind the value. */
  readonly source?: string | undefined;
  /** Prior range in the same SI unit; absent for a choice. */
  readonly range?: readonly [low: number, high: number];
  readonly note?: string | undefined;
}

export interface Preset {
  readonly key: string;
  readonly title: string;
  readonly source: string;
  /** What kind of agreement this preset can claim, in one sentence printed with every result. */
  readonly claim: string;
  readonly targets: readonly Target[];
  readonly device: DeviceConfig;
  /** By "group.key", and "bank.group.key" where a bank has a value of its own. */
  readonly provenance: Readonly<Record<string, Provenance>>;
}
