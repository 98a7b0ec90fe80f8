/**
 * Which parts of the drawing an alarm is about. Built-in rows are known by their key; those of a rig file's own are
 * about the part whose channel their sentence names, else about the machine as a whole. Pure.
 */
import type { Fault } from '../../controller/wire/messages.ts';

export const CELL_PARTS = [
  'cell-1',
  'cell-2',
  'cell-3',
  'cell-4',
  'cell-5',
  'cell-6',
  'cell-7',
  'cell-8',
  'cell-9',
  'cell-10',
] as const;
export const PART_IDS = [
  'machine',
  'actuator',
  'frame',
  ...CELL_PARTS,
  'hot-manifold',
  'cold-manifold',
  'valves',
  'pumps',
  'hot-exchanger',
  'outdoors',
  'cold-exchanger',
  'house',
  'electronics',
] as const;
export type PartId = (typeof PART_IDS)[number];

const TRAIN: readonly PartId[] = ['actuator', 'frame'];
const ELECTRONICS: readonly PartId[] = ['electronics'];
const CIRCUIT: readonly PartId[] = ['pumps', 'valves'];

/** A sentence that names a cell narrows `CELL_PARTS` down to that cell. */
const PARTS_OF_KEY: Readonly<Record<string, readonly PartId[]>> = {
  wrong_reply: ELECTRONICS,
  lost_link: ELECTRONICS,
  device_restarted: ELECTRONICS,
  stale_data: ELECTRONICS,
  late_replies: ELECTRONICS,
  device_fault: ELECTRONICS,
  device_watchdog: ELECTRONICS,
  watchdog_tripped: ELECTRONICS,
  unprotected: ELECTRONICS,
  device_bad_recipe: ELECTRONICS,
  preparation_failed: ELECTRONICS,
  no_proof: ELECTRONICS,
  enable_mismatch: ['actuator', 'electronics'],
  device_emergency_stop: ['actuator', 'electronics'],
  over_stress: CELL_PARTS,
  device_over_stress: CELL_PARTS,
  over_temperature: CELL_PARTS,
  device_over_temperature: CELL_PARTS,
  under_temperature: CELL_PARTS,
  device_under_temperature: CELL_PARTS,
  no_temperature_swing: CELL_PARTS,
  loop_area_drift: CELL_PARTS,
  cycle_budget: CELL_PARTS,
  force_drop: [...TRAIN, ...CELL_PARTS],
  force_drift: TRAIN,
  stroke_drift: TRAIN,
  stroke_without_force: TRAIN,
  force_without_stroke: TRAIN,
  over_pressure: CIRCUIT,
  device_over_pressure: CIRCUIT,
  no_flow: CIRCUIT,
  blow_missing: ['valves'],
  outlets_crossed: ['valves', 'hot-manifold', 'cold-manifold'],
  energy_balance: ['hot-exchanger', 'cold-exchanger'],
};

/** Words by which a sentence names what it measured: `cell_3_C`, `Cell 3`, `force_kN`. */
const NAMED: readonly (readonly [words: RegExp, parts: readonly PartId[]])[] = [
  [/\b(force|load cell|stress)/i, TRAIN],
  [/\bstroke/i, ['actuator']],
  [/\bflow/i, ['pumps']],
  [/\bpressure/i, ['pumps']],
  [/\bcold[_ ](outlet|inlet)/i, ['cold-manifold']],
  [/\bhot[_ ](outlet|inlet)/i, ['hot-manifold']],
  [/\broom/i, ['house']],
  [/\boutdoor/i, ['outdoors']],
];

function cellNamedIn(sentence: string): PartId | undefined {
  const number = /\bcell[_ ](\d+)/i.exec(sentence)?.[1];
  return CELL_PARTS.find((id) => id === `cell-${number}`);
}

/** Never empty: what fits no part is about the machine. */
export function partsOf({ key, sentence }: Pick<Fault, 'key' | 'sentence'>): readonly PartId[] {
  const known = PARTS_OF_KEY[key];
  const cell = cellNamedIn(sentence);
  if (cell !== undefined && (known === undefined || known.includes(cell))) return [cell];
  return known ?? NAMED.find(([words]) => words.test(sentence))?.[1] ?? ['machine'];
}

export const faultsOf = (part: PartId, faults: readonly Fault[]): Fault[] =>
  faults.filter((fault) => partsOf(fault).includes(part));
