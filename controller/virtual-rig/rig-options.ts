/** How a virtual rig is started: one JSON object as the first argument of `main.ts`. */
import { type PlannedFault, planProblem } from './faults/plan.ts';
import { MOST_ACCELERATION } from './pace.ts';

export interface VirtualRigOptions {
  /** Path of a device preset. */
  readonly presetFile: string;
  /** TCP port on 127.0.0.1; 0, the default, lets the system choose. */
  readonly tcpPort?: number;
  /** The same for the framed contract. */
  readonly framedTcpPort?: number;
  /** Speed of the emulated line in bits a second, 300 to 4,000,000; default 921600. */
  readonly baudRate?: number;
  /** Simulated seconds a second at the start, 1 to 20; default 1. */
  readonly acceleration?: number;
  /** More sensors than the machine needs, in the stream of the framed contract; default false. */
  readonly instrumented?: boolean;
  /** What breaks by itself, and when. */
  readonly faults?: readonly PlannedFault[];
}

export const DEFAULT_BAUD_RATE = 921_600;

/** Whole-number options with their bounds. */
const NUMBERS: Readonly<Record<string, readonly [low: number, high: number]>> = {
  tcpPort: [0, 65_535],
  framedTcpPort: [0, 65_535],
  baudRate: [300, 4_000_000],
  acceleration: [1, MOST_ACCELERATION],
};

/** @returns the options, or one sentence that says what is wrong with them */
export function readRigOptions(json: string | undefined): VirtualRigOptions | string {
  let given: unknown;
  try {
    given = JSON.parse(json ?? '');
  } catch {
    return 'The virtual rig takes one argument, a JSON object such as {"presetFile":"preset.yaml","tcpPort":5020}.';
  }
  if (given === null || typeof given !== 'object' || Array.isArray(given))
    return `The options of the virtual rig are ${json}; a JSON object is expected.`;
  const options = given as Record<string, unknown>;
  for (const [key, value] of Object.entries(options)) {
    const problem = optionProblem(key, value);
    if (problem !== null) return problem;
  }
  if (options.presetFile === undefined) return 'presetFile is missing: give the path of a device preset.';
  return given as VirtualRigOptions;
}

function optionProblem(key: string, value: unknown): string | null {
  if (key === 'presetFile')
    return typeof value === 'string' ? null : `presetFile is ${JSON.stringify(value)}; give a path as text.`;
  if (key === 'faults') return planProblem(value);
  if (key === 'instrumented')
    return typeof value === 'boolean'
      ? null
      : `instrumented is ${JSON.stringify(value)}; give true or false.`;
  const bounds = NUMBERS[key];
  if (bounds === undefined)
    return `${key} is no option of the virtual rig; known are presetFile, faults, instrumented, ${Object.keys(NUMBERS).join(', ')}.`;
  const [low, high] = bounds;
  if (typeof value === 'number' && Number.isInteger(value) && value >= low && value <= high) return null;
  return `${key} is ${JSON.stringify(value)}; a whole number from ${low} to ${high} is allowed.`;
}
