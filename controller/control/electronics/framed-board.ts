/**
 * A board that speaks the reference firmware contract (controller/firmware/PROTOCOL.md). What it has and calls things
 * the dictionary says; what this machine lacks is absent, not zero.
 */
import type { BytePort, Clock } from '../../protocol/byte-port.ts';
import type { Dictionary } from '../../protocol/framed-dictionary.ts';
import type { FieldValues } from '../../protocol/framed-fields.ts';
import { FramedLink } from '../../protocol/framed-link.ts';
import type { FramedStatus } from '../../protocol/framed-status.ts';
import { COMMAND } from '../../protocol/register-map.ts';
import { failure, type Result } from '../../protocol/transaction.ts';
import type { Channel } from '../../wire/channels.ts';
import { asCycleSummary, type Status } from '../line/readings.ts';
import type { Recipe } from '../rig-file.ts';
import type { Electronics, Identity, StreamRows } from './electronics.ts';
import { framedStatus } from './framed-readings.ts';
import { streamRateHz, streamTable } from './framed-stream-table.ts';
import { readFramedWaveform } from './framed-waveform.ts';
import type { FramedBoard } from './settings.ts';

export interface FramedBoardOptions {
  readonly port: BytePort;
  readonly clock: Clock;
  readonly settings: FramedBoard;
  /** Drawn at random, 1 to 2^32 − 1. */
  readonly nonce: number;
  /** Texts of dictionaries met before; the one met now is added. */
  readonly known: string[];
}

/** A dictionary is some kilobytes; this many devices on one line, one after the other, are more than there will be. */
const MOST_KNOWN = 4;
const COMMAND_NAMES: ReadonlyMap<number, string> = new Map([
  [COMMAND.clearFaults, 'clear_faults'],
  [COMMAND.enable, 'enable'],
  [COMMAND.run, 'run'],
  [COMMAND.stop, 'stop'],
  [COMMAND.abort, 'abort'],
  [COMMAND.disable, 'disable'],
]);
/** Without these the machine could not be driven or made safe. */
const NEEDED = [...COMMAND_NAMES.values(), 'arm_watchdog', 'disarm_watchdog'];
const NEEDED_CHANNELS = ['force_kN', 'stress_MPa', 'stroke_mm'];

/** Takes over the port. */
export function framedBoard({ port, clock, settings, nonce, known }: FramedBoardOptions): Electronics {
  const { timeoutMs, attempts } = settings;
  const link = new FramedLink(port, clock, { timeoutMs, attempts, nonce, known });
  let dictionary: Dictionary | null = null;
  /** Whoever hears the stream; null while nobody does. */
  let onRows: ((rows: StreamRows) => void) | null = null;

  const asStatus = (answer: Result<FramedStatus>): Result<Status> => {
    if (!answer.ok) return answer;
    return dictionary === null ? notIdentified : { ...answer, value: framedStatus(dictionary, answer.value) };
  };
  const has = (parameter: string): boolean =>
    dictionary?.parameters.some(({ name }) => name === parameter) ?? false;
  /** Null, or what does not fit. */
  const write = async (name: string, value: number): Promise<string | null> => {
    const answer = await link.writeParameter(name, value);
    if (!answer.ok) return `${name} could not be written: ${answer.sentence}`;
    return reads(name, answer.value, value);
  };

  const subscribe = (acceleration: number): Promise<Result<number>> => {
    const names = dictionary?.channels.map(({ name }) => name) ?? [];
    const rateHz = dictionary === null ? 1 : streamRateHz(dictionary, settings.baudRate) / acceleration;
    return link.subscribe(names, rateHz, (rows) => onRows?.(rows));
  };

  const stream = async (listener: (rows: StreamRows) => void): Promise<Result<readonly Channel[]>> => {
    onRows = listener;
    const answer = await subscribe(1);
    return answer.ok ? { ...answer, value: streamTable(dictionary) } : answer;
  };

  return {
    async identify() {
      const answer = await link.connect();
      if (!answer.ok) return `The device could not be identified: ${answer.sentence}`;
      dictionary = answer.value;
      remember(known, link.dictionaryText);
      return identityOf(dictionary);
    },
    beat: async (heartbeat) => asStatus(await link.beat(heartbeat)),
    look: async () => asStatus(await link.look()),
    command(command) {
      const name = COMMAND_NAMES.get(command) ?? String(command);
      return link.command(name, {}, { urgent: command === COMMAND.stop || command === COMMAND.abort });
    },
    async writeLimits({ stress_MPa, pressure_bar, temperature_high_C, temperature_low_C }) {
      const limits = {
        stress_limit_MPa: stress_MPa,
        pressure_limit_bar: pressure_bar,
        temperature_high_C,
        temperature_low_C,
      };
      for (const [name, value] of Object.entries(limits)) {
        const problem = await write(name, value);
        if (problem !== null) return problem;
      }
      return null;
    },
    async writeStopOrder({ pump_overrun_s }) {
      // A board without it has no overrun, which is just what 0 asks for.
      return pump_overrun_s === 0 && !has('pump_overrun_s') ? null : write('pump_overrun_s', pump_overrun_s);
    },
    async armWatchdog(timeout_ms) {
      return sentence(await link.command('arm_watchdog', { timeout_ms }));
    },
    async disarmWatchdog() {
      return sentence(await link.command('disarm_watchdog'));
    },
    async stageRecipe(recipe) {
      const whole = await completed(link, recipe);
      if (!whole.ok) return `The recipe could not be read: ${whole.sentence}`;
      const answer = await link.uploadRecipe(whole.value);
      return answer.ok ? null : `The recipe could not be applied: ${answer.sentence}`;
    },
    async accelerate(acceleration) {
      const problem = await write('acceleration', acceleration);
      // As many rows a second of wall time as before: the line carries no more.
      if (problem === null && onRows !== null) await subscribe(acceleration);
      return problem;
    },
    async jog({ stroke_mm_per_s, flow_kg_per_s, force_kN, lifeMs }) {
      const args = { stroke_mm_per_s, flow_kg_per_s, force_limit_kN: force_kN, life_ms: lifeMs };
      return sentence(await link.command('jog', args));
    },
    async recipeMismatch(recipe) {
      const answer = await link.readRecipe();
      return answer.ok ? { ...answer, value: mismatch(answer.value, recipe) } : answer;
    },
    async readCycle() {
      const answer = await link.readSummary();
      return answer.ok ? { ...answer, value: asCycleSummary(writable(answer.value)) } : answer;
    },
    readWaveform: () => readFramedWaveform(link, dictionary),
    ...(settings.stream === true ? { stream } : {}),
    close: () => link.close(),
  };
}

const notIdentified = failure('refused', 'The device was not identified yet.');

const sentence = (answer: Result<null>): string | null => (answer.ok ? null : answer.sentence);

function identityOf({
  kind,
  device,
  serial_number,
  firmware_version,
  commands,
  channels,
}: Dictionary): Identity | string {
  const lacks = NEEDED.find((needed) => commands.every(({ name }) => name !== needed));
  if (lacks !== undefined) return `${device} has no command ${lacks}; without it it cannot be driven.`;
  const blind = NEEDED_CHANNELS.find((needed) => channels.every(({ name }) => name !== needed));
  if (blind !== undefined) return `${device} has no channel ${blind}; without it it cannot be supervised.`;
  return {
    isVirtual: kind === 'virtual',
    title: `${device} number ${serial_number}, firmware ${firmware_version.toFixed(2)}`,
  };
}

function remember(known: string[], text: string | null): void {
  if (text === null || known.includes(text)) return;
  known.push(text);
  if (known.length > MOST_KNOWN) known.shift();
}

/** The device's own recipe with our values in it: what else it has, a stroke shape say, stays as it is. */
async function completed(link: FramedLink, recipe: Recipe): Promise<Result<FieldValues>> {
  const answer = await link.readRecipe();
  return answer.ok ? { ...answer, value: { ...answer.value, ...recipe } } : answer;
}

const mismatch = (given: FieldValues, wanted: Recipe): string | null =>
  Object.entries(wanted)
    .map(([name, value]) => reads(name, Number(given[name]), value))
    .find((problem) => problem !== null) ?? null;

/** The line holds f32: what was written is compared as such. */
const reads = (name: string, given: number, written: number): string | null =>
  given === Math.fround(written) || given === written
    ? null
    : `${name} reads back ${given}, ${written} was written.`;

const writable = (values: FieldValues): Record<string, number | number[]> =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) => [name, typeof value === 'number' ? value : [...value]]),
  );
