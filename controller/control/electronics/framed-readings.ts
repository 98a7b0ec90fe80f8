/** What a board of the framed contract says, in the words of the register map: by name, whatever its numbers are. */
import type { Dictionary } from '../../protocol/framed-dictionary.ts';
import type { FramedStatus } from '../../protocol/framed-status.ts';
import { DRIVE_STATE, FAULT_BITS, WATCHDOG_STATE } from '../../protocol/register-map.ts';
import { asStatus, type Status } from '../line/readings.ts';

/** Readings of the supervisor that a board may not have. */
const OPTIONAL = ['flow_kg_per_s', 'pressure_bar', 'phase'].concat(
  ['cold_inlet', 'hot_inlet', 'cold_outlet', 'hot_outlet', 'room', 'outdoor'].map((name) => `${name}_C`),
);
const CELL = /^cell_\d+_C$/;

export function framedStatus(dictionary: Dictionary, given: FramedStatus): Status {
  const { channels, enumerations, status } = dictionary;
  const cells = status.filter((name) => CELL.test(name));
  const values = asStatus({
    ...(given.channels as Record<string, number>),
    device_clock_ms: given.device_us / 1000,
    drive_state: codeOf(enumerations['drive_state'], given.drive_state, DRIVE_STATE),
    watchdog_state: codeOf(enumerations['watchdog_state'], given.watchdog_state, WATCHDOG_STATE),
    fault_word: faultWord(dictionary, given.fault_word),
    heartbeat_echo: given.heartbeat_echo,
    acceleration: channels.some(({ name }) => name === 'acceleration')
      ? Number(given.channels['acceleration'])
      : 1,
    cycle_number: given.cycle_number,
    cell_C: cells.map((name) => Number(given.channels[name])),
  });
  const absent = OPTIONAL.filter((name) => !status.includes(name));
  if (cells.length === 0) absent.push('cell_C');
  return { ...values, absent, device_faults: otherFaults(dictionary, given.fault_word) };
}

/** The number of the register map for a word of the device's enumeration; NaN for one that it does not know. */
function codeOf(
  words: readonly string[] = [],
  index: number,
  codes: Readonly<Record<string, number>>,
): number {
  return codes[words[index] ?? ''] ?? Number.NaN;
}

const camel = (name: string): string => name.replaceAll(/_(.)/g, (_, letter: string) => letter.toUpperCase());
const bitOf = (name: string): number | undefined => FAULT_BITS[camel(name) as keyof typeof FAULT_BITS];

/** Names of the bits that are set. */
const faultsIn = ({ faults }: Dictionary, word: number): string[] =>
  Array.from({ length: 16 }, (_, bit) => faults[bit] ?? `fault ${bit}`).filter(
    (_, bit) => ((word >> bit) & 1) === 1,
  );

const faultWord = (dictionary: Dictionary, word: number): number =>
  faultsIn(dictionary, word).reduce((sum, name) => sum | (1 << (bitOf(name) ?? 31)), 0) & 0xffff;

/** Faults that the register map has no bit for, as the device calls them. */
const otherFaults = (dictionary: Dictionary, word: number): string[] =>
  faultsIn(dictionary, word)
    .filter((name) => bitOf(name) === undefined)
    .map((name) => `${dictionary.device} reports ${name.replaceAll('_', ' ')}`);
