/**
 * The rig file: what the host must know about one machine, as a frozen value. Parsed once and strictly; an unknown
 * key is an error. The unit stands in every key.
 */
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import { outOfBounds } from '../wire/recipe.ts';
import { toWireBounds, toWireRecipe } from './operate/wire-recipe.ts';
import { ElectronicsSettings, lossProblem } from './electronics/settings.ts';
import { ModelSection } from '../model/settings.ts';
import { RegulatorSection, regulatorProblem } from './regulate/settings.ts';
import { InterlockSettings } from './rig/interlock-settings.ts';
import { issueSentence } from '../device/issue-sentence.ts';
import { interlockTable } from './safety/table.ts';

const positive = z.number().positive();

const Limits = z.strictObject({
  stress_MPa: positive.max(1500),
  pressure_bar: positive.max(1.5),
  temperature_high_C: z.number().min(20).max(120),
  temperature_low_C: z.number().min(-60).max(20),
  /** Oldest reading that may be acted on; 40 ms of margin stay below the promised 250 ms. */
  data_age_ms: z.int().min(60).max(500),
});

const Plausibility = z.strictObject({
  /** Below this force the train counts as unloaded. */
  unloaded_force_kN: positive.max(5),
  /** From this stroke on there must be force. */
  loaded_stroke_mm: positive.max(500),
  /** From this force on there must be stroke: at least `jam_stroke_mm`. */
  jam_force_kN: positive.max(500),
  jam_stroke_mm: positive.max(100),
  /**
   * By what share of itself the peak force rises with every kelvin that the cells get at their warmest (Clausius-Clapeyron);
   * 0 where their temperatures are not measured, or are too slow for the cycle.
   */
  force_percent_per_K: z.number().min(0).max(3).default(0),
});

const Recipe = z.strictObject({
  frequency_Hz: z.number().min(0.05).max(10),
  strain_percent: positive.max(8),
  blow_flow_kg_per_s: z.number().min(0).max(2),
  blow_duty: z.number().min(0.05).max(0.5),
});
export type Recipe = Readonly<z.infer<typeof Recipe>>;

const between = (value: z.ZodNumber) =>
  z.tuple([value, value]).refine(([low, high]) => low <= high, 'the lower bound comes first');

/** What a person may make of the recipe on the page. */
const RecipeRange = z.strictObject({
  frequency_Hz: between(Recipe.shape.frequency_Hz),
  strain_percent: between(Recipe.shape.strain_percent),
  blow_flow_kg_per_s: between(Recipe.shape.blow_flow_kg_per_s),
  blow_duty: between(Recipe.shape.blow_duty),
});

/**
 * What manual mode may move, and how fast. Presses are closed by hold-to-run at no more than 10 mm/s (EN 692, EN 693);
 * a train of tubes is shorter.
 */
const Manual = z.strictObject({
  stroke_mm_per_s: positive.max(5),
  flow_kg_per_s: positive.max(0.2),
  /** Loading stops at this force. */
  force_kN: positive.max(100),
});

const Stop = z.strictObject({
  /** After the train is unloaded the pump runs on for this long, device time, before valves shut and enable goes off. */
  pump_overrun_s: z.number().min(0).max(60).default(0),
});

const RigFile = z.strictObject({
  name: z.string().min(1).max(80),
  /** Name of a file of fixtures/presets. */
  preset: z.string().regex(/^[a-z0-9][a-z0-9-]*$/),
  electronics: ElectronicsSettings,
  /** What `elastocool start` simulates; nothing else reads it. */
  virtual_rig: z.strictObject({ instrumented: z.boolean() }).optional(),
  limits: Limits,
  /** Dead-man time of the device. */
  watchdog_timeout_ms: z.int().min(50).max(1000),
  /** First answer to ABORT: enable off at once, or a controlled unload where loaded cells drive the screw back. */
  stopPolicy: z.enum(['enable_off', 'unload_first']),
  /** What STOP and COMPLETE do between unloading and enable off. */
  stop: Stop.default({ pump_overrun_s: 0 }),
  /** Without it there is no manual mode. */
  manual: Manual.optional(),
  /** What follows when nobody has control any more: HOLD and then STOP, or nothing, where nothing can be hurt. */
  operator_lost: z.enum(['hold', 'continue']).default('hold'),
  /** Longest hold; then STOP. */
  holdLimitS: positive.max(600),
  /** Cycles that the specimen may see, by the counter of the device; no budget where it is left out. */
  cycle_budget: z.int().min(1).max(4_000_000_000).optional(),
  plausibility: Plausibility,
  /** Rows of the interlock table: built-in ones tuned, own ones added. */
  interlocks: z.array(InterlockSettings).max(64).default([]),
  regulator: RegulatorSection,
  /** Without it no model runs beside the rig. */
  model: ModelSection.optional(),
  recipe: Recipe,
  /** Lowest and highest value of each; without it the recipe is fixed. */
  recipe_bounds: RecipeRange.optional(),
});

type DeepReadonly<T> = T extends object ? { readonly [K in keyof T]: DeepReadonly<T[K]> } : T;
export type RigFile = DeepReadonly<z.infer<typeof RigFile>>;

/** Reads the text of a rig file; returns one sentence where it is not one. */
export function parseRigFile(text: string): RigFile | string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [summary] = problem.message.split('\n');
    return `The rig file is not YAML (line ${problem.linePos?.[0].line ?? '?'}): ${summary}`;
  }
  const value: unknown = document.toJS();
  const parsed = RigFile.safeParse(value);
  if (parsed.success) return checkTogether(freeze(parsed.data));
  const [issue] = parsed.error.issues;
  return issue === undefined ? 'The rig file is not valid.' : issueSentence(issue, document, lines);
}

function checkTogether(rig: RigFile): RigFile | string {
  const { limits, watchdog_timeout_ms, electronics } = rig;
  if (limits.temperature_low_C >= limits.temperature_high_C) {
    return `limits.temperature_low_C: ${limits.temperature_low_C} given, allowed is below limits.temperature_high_C (${limits.temperature_high_C}).`;
  }
  const shortest = Math.min(limits.data_age_ms, watchdog_timeout_ms);
  // One lost reply alone must not look like a lost link or a dead host.
  const loss = lossProblem(electronics, shortest);
  if (loss !== null) return loss;
  const table = interlockTable(rig);
  if (typeof table === 'string') return table;
  return regulatorProblem(rig.regulator, rig.recipe) ?? boundsProblem(rig) ?? rig;
}

function boundsProblem({ recipe, recipe_bounds }: RigFile): string | null {
  if (recipe_bounds === undefined) return null;
  const [first] = outOfBounds(toWireRecipe(recipe), toWireBounds(recipe_bounds));
  return first === undefined ? null : `recipe: not within recipe_bounds, ${first.sentence}`;
}

/**
 * Why these settings are not for a machine that can hurt somebody, or null. A virtual rig may wait longer for a busy
 * computer; on hardware a lost link is safe within 250 ms and a lost host within 500 ms.
 */
export function problemOnHardware({ limits, watchdog_timeout_ms, operator_lost }: RigFile): string | null {
  const check = (key: string, given: number, most: number): string | null =>
    given <= most
      ? null
      : `${key}: ${given} given, allowed on a machine that is not a virtual rig is at most ${most}; write a rig file for it.`;
  return (
    check('limits.data_age_ms', limits.data_age_ms, 210) ??
    check('watchdog_timeout_ms', watchdog_timeout_ms, 500) ??
    (operator_lost === 'hold'
      ? null
      : 'operator_lost: continue given, allowed on a machine that is not a virtual rig is hold; write a rig file for it.')
  );
}

function freeze<T extends object>(value: T): T {
  for (const inner of Object.values(value)) if (typeof inner === 'object' && inner !== null) freeze(inner);
  return Object.freeze(value);
}
