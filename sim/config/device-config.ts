import type { GroupKey, PARAMETERS } from './parameters.ts';

/** Every parameter of a machine in SI, by group and key; see PARAMETERS for units, bounds and meaning. Frozen. */
export type DeviceConfig = {
  readonly [G in GroupKey]: { readonly [K in keyof (typeof PARAMETERS)[G]]: number };
};

export const STATUSES = ['published', 'derived', 'fitted', 'assumed'] as const;
/** How a preset's value came to be. Only `published` and `derived` rest on a source. */
export type Status = (typeof STATUSES)[number];

/** Where a value comes from and how far it may be off. */
export interface Provenance {
  readonly status: Status;
  /** Key in fixtures/bibliography.yaml; absent where nothing published is behind the value. */
  readonly source?: string;
  /** Prior range in the same SI unit. */
  readonly range: readonly [low: number, high: number];
  readonly note?: string;
}

/** A published or fitted figure that the machine as a whole was calibrated to. */
export interface CalibrationTarget {
  readonly quantity: string;
  readonly value: string;
  /** Absent where the figure is ours: what the published house asks of any machine, say. */
  readonly source?: string | undefined;
  readonly note: string;
}

export interface Preset {
  readonly key: string;
  readonly title: string;
  readonly source: string;
  /** What kind of agreement this preset can claim, in one sentence printed with every result. */
  readonly claim: string;
  readonly targets: readonly CalibrationTarget[];
  readonly device: DeviceConfig;
  readonly provenance: { readonly [G in GroupKey]: Readonly<Record<string, Provenance>> };
}
