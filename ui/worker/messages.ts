/**
 * What the page and the worker that runs `sim` say to each other, and all that the page knows of `sim`: the worker's
 * compiler holds sim's results against these.
 */

/** One operating point; units in the names, `null` is "not defined here". */
export interface OperatingPoint {
  readonly cooling_power_W: number;
  readonly heating_power_W: number;
  readonly specific_cooling_power_W_per_g: number;
  readonly sma_mass_g: number;
  readonly cop_material: number | null;
  readonly cop_device: number | null;
  readonly cop_system: number | null;
  readonly second_law_efficiency: number | null;
  readonly temperature_lift_K: number;
  readonly utilization: number;
  readonly peak_stress_MPa: number;
  readonly pressure_drop_bar: number;
  readonly cell_temperature_min_C: number;
  readonly cell_temperature_max_C: number;
  readonly energy_residual: number;
  readonly steady_state_error_K: number;
  readonly converged: boolean;
  readonly cycles: number;
  readonly warnings: readonly string[];
}

/** Temperatures along one regenerator at the end of each blow, shape [nodes]; position 0 cold end, 1 hot end. */
export interface BankProfile {
  readonly name: string;
  readonly position: Float64Array;
  readonly alloy_after_hot_blow_C: Float64Array;
  readonly alloy_after_cold_blow_C: Float64Array;
  readonly fluid_after_hot_blow_C: Float64Array;
  readonly fluid_after_cold_blow_C: Float64Array;
}

/** One cycle, every array of shape [steps]; stress and strain by load train; outlets NaN where nothing flows out. */
export interface CycleTrace {
  readonly operating_point: OperatingPoint;
  readonly phase: Float64Array;
  readonly stress_MPa: readonly Float64Array[];
  readonly strain_percent: readonly Float64Array[];
  readonly blows: readonly { readonly name: string; readonly flow_kg_per_s: Float64Array }[];
  readonly cold_outlet_C: Float64Array;
  readonly hot_outlet_C: Float64Array;
  readonly banks: readonly BankProfile[];
}

/** The model house from its start temperature on. */
export interface HouseSeries {
  /** null where it was not reached. */
  readonly time_to_setpoint_s: number | null;
  readonly setpoint_C: number;
  readonly outdoor_C: number;
  readonly series: readonly {
    readonly time_s: number;
    readonly controlled_C: number;
    readonly cold_inlet_C: number;
  }[];
}

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

/** `cycle`: the operating point and its cycle alone. */
export type Work = 'curves' | 'cycle' | 'house';

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
  | { readonly type: 'house'; readonly run: HouseSeries };

export type Answer =
  | { readonly type: 'machines'; readonly machines: readonly MachineCard[] }
  | ({ readonly id: number } & (
      | Result
      | { readonly type: 'begun' }
      /** 0 to 1 of a house run. */
      | { readonly type: 'progress'; readonly share: number }
      | { readonly type: 'done' }
    ));

/** What of a report may be pointed to, by the id it has in the HTML of its chapter. */
export interface ReportPlace {
  readonly id: string;
  /** Of figures, through the whole report; absent for a heading. */
  readonly figure?: number;
  readonly words: string;
}

export interface ReportChapter {
  readonly id: string;
  readonly title: string;
  /** Headings and figures, in their order. */
  readonly places: readonly ReportPlace[];
  /** Texts are escaped; what stands inside of figures is as it was stored. */
  readonly html: string;
}

/** The stored report, drawn as the page of `elastocool validate --report` is. */
export interface DrawnReport {
  readonly title: string;
  readonly subtitle?: string | undefined;
  readonly version: string;
  readonly seed: number;
  readonly samples: number;
  readonly fingerprint: string;
  /** HTML; '' where nothing is judged. */
  readonly verdicts: string;
  readonly chapters: readonly ReportChapter[];
}

/** What the worker of the report makes of the text of `report.json`; `problem`: where it is not one, and why. */
export type ReportAnswer = { readonly report: DrawnReport } | { readonly problem: string };

/** An input of a trained model: an axis of a map, or what is held. */
export interface MapInput {
  /** With its unit, "blow_flow_kg_per_s". */
  readonly name: string;
  /** As `sim` reads it ("degC"); '' for a pure number. */
  readonly unit: string;
  /** What the model was trained on. */
  readonly low: number;
  readonly high: number;
  /** `group.key` of the machine; null where the page knows no such machine. */
  readonly key: string | null;
}

export interface MapOutput {
  readonly name: string;
  readonly unit: string;
  /** Held-out rows that were counted, and their errors; null without rows. */
  readonly rows: number;
  readonly medianPercent: number | null;
  readonly p99Percent: number | null;
  readonly worstPercent: number | null;
}

/** What a model says of itself. */
export interface MapCard {
  readonly machine: string;
  readonly claim: string;
  readonly inputs: readonly MapInput[];
  readonly outputs: readonly MapOutput[];
  readonly trainedRows: number;
  readonly heldOutRows: number;
  /** Where a signal ended its training. */
  readonly stopped: { readonly atStep: number; readonly ofSteps: number } | null;
  /** What is alike at all its points and differs from the machine, by `group.key`; null where that is not known. */
  readonly held: ReadonlyMap<string, string> | null;
  /** What computes its maps. */
  readonly by: 'TensorFlow.js' | 'plain';
  /** Colours from the lowest to the highest value of a map. */
  readonly ramp: readonly string[];
}

export interface MapAsk {
  readonly type: 'map';
  /** Places of inputs, of the output that is coloured, and of the one that is drawn as lines. */
  readonly x: number;
  readonly y: number;
  readonly fill: number;
  readonly lines: number | null;
  /** Values of all inputs. */
  readonly at: readonly number[];
}

export type MapQuestion =
  | { readonly type: 'open'; readonly name: string; readonly json: string; readonly weights: ArrayBuffer }
  | { readonly type: 'example' }
  | MapAsk
  | { readonly type: 'point'; readonly at: readonly number[] };

export interface MapLine {
  readonly level: number;
  /** In the units of the axes. */
  readonly points: readonly (readonly [x: number, y: number])[];
}

/** Row by row from the lowest y; middles of the cells. */
export interface MapGrid {
  readonly of: MapAsk;
  readonly x: Float64Array;
  readonly y: Float64Array;
  /** 1 within the validity domain. */
  readonly inside: Uint8Array;
  /** NaN where there is none. */
  readonly fill: Float64Array;
  readonly lines: Float64Array | null;
  readonly contours: readonly MapLine[];
}

export interface MapPoint {
  readonly at: readonly number[];
  /** Null where there is none. */
  readonly values: readonly (number | null)[];
  /** Why the model says nothing; null where it does. */
  readonly refusal: string | null;
}

/** Each question has one answer; `name`: of the file, '' for the example; `problem`: a file is no model of this program. */
export type MapAnswer =
  | { readonly type: 'opened'; readonly name: string; readonly card: MapCard }
  | { readonly type: 'problem'; readonly sentence: string }
  | { readonly type: 'map'; readonly grid: MapGrid }
  | { readonly type: 'point'; readonly point: MapPoint };
