/** The dictionary of the virtual rig: the names of its register map, told to a host that knows none of them. */
import { PROFILE_PLACES } from '../../sim/index.ts';
import { asciiBytes, type Dictionary, type Field, parseDictionary } from '../protocol/framed-dictionary.ts';
import {
  CELL_COUNT,
  COMMAND,
  CYCLE_SUMMARY,
  DRIVE_STATE,
  FAULT_BITS,
  LIMITS,
  RECIPE,
  STATUS,
  WATCHDOG_STATE,
  WAVEFORM_BINS,
  WAVEFORM_SCALE,
} from '../protocol/register-map.ts';
import { RECIPE_RANGES } from './recipe-registers.ts';
import { MOST_ACCELERATION } from './pace.ts';

/** The stream's base period. */
export const SAMPLE_PERIOD_US = 1000;
export const BLACK_BOX_ROWS = 1024;
const BATCH_MS = 10;
/** A temperature in hundredths of a degree, to save the line half of its bytes; the lowest raw value says absent. */
const TEMPERATURE = { type: 'i16', scale: 0.01, absent: -0x8000 } as const;

/** `_kN` of `force_kN`; the dictionary is ASCII. */
const unitOf = (name: string): string =>
  /_(kg_per_s|[A-Za-z]+)$/.exec(name)?.[1]?.replace('_per_', '/') ?? '';
const UNITLESS = new Set(['phase', 'drive_state', 'acceleration', 'cycle_number', 'blow_duty']);

const text = (help: string): string => help.replaceAll(/[^\x20-\x7e]/g, '?');

type Given = Partial<Field> & { readonly name: string };
const field = ({ name, type = 'f32', ...rest }: Given) => ({
  name,
  type,
  unit: UNITLESS.has(name) ? '' : unitOf(name),
  ...rest,
});

const helpOf = (name: string): string =>
  text(STATUS.registers.find((register) => register.name === name)?.help ?? name);

const channel = (name: string, rest: Partial<Field> = {}) => field({ name, help: helpOf(name), ...rest });

const CHANNELS = [
  channel('phase'),
  channel('force_kN'),
  channel('stress_MPa'),
  channel('stroke_mm'),
  channel('flow_kg_per_s'),
  channel('pressure_bar'),
  ...['cold_inlet_C', 'hot_inlet_C', 'cold_outlet_C', 'hot_outlet_C', 'room_C', 'outdoor_C'].map((name) =>
    channel(name, TEMPERATURE),
  ),
  ...Array.from({ length: CELL_COUNT }, (_, i) =>
    field({
      name: `cell_${i + 1}_C`,
      help: `tubes of cell ${i + 1}, temperature at mid-length`,
      ...TEMPERATURE,
    }),
  ),
  channel('drive_state', { type: 'u8' }),
  channel('acceleration', { type: 'u8' }),
];

const names = CHANNELS.map(({ name }) => name);

/** Of a rig that was instrumented for research: not in the status, only in the stream. */
const INSTRUMENTS = [
  ...Array.from({ length: CELL_COUNT }, (_, cell) =>
    PROFILE_PLACES.map((place) =>
      field({
        name: `cell_${cell + 1}_at_${100 * place}_percent_C`,
        unit: 'C',
        help: `tube of cell ${cell + 1}, ${100 * place} % of the length from the cold end`,
        ...TEMPERATURE,
      }),
    ),
  ).flat(),
  ...Array.from({ length: CELL_COUNT }, (_, cell) =>
    field({
      name: `cell_${cell + 1}_flow_kg_per_s`,
      help: `flow through cell ${cell + 1} (+ hot blow, - cold blow)`,
      type: 'i16',
      scale: 1e-5,
      absent: -0x8000,
    }),
  ),
  field({ name: 'hot_valve', unit: '', type: 'u8', help: 'valves of the hot blow: 1 open, 0 shut' }),
  field({ name: 'cold_valve', unit: '', type: 'u8', help: 'valves of the cold blow: 1 open, 0 shut' }),
];

/** What does not lie on a straight line between two steps of the plant: what is commanded, and states. */
const HELD = /^(.*flow_kg_per_s|drive_state|acceleration|hot_valve|cold_valve)$/;
export const isHeld = (name: string): boolean => HELD.test(name);

const command = (name: keyof typeof COMMAND, snake: string, help: string) => ({
  id: COMMAND[name],
  name: snake,
  safe: name === 'stop' || name === 'abort',
  help,
});

/** Beside those of the register map. */
export const MORE_COMMANDS = { armWatchdog: 7, disarmWatchdog: 8, jog: 9 } as const;

const COMMANDS = [
  command('clearFaults', 'clear_faults', 'forgets faults, once released: tripped -> disabled'),
  command('enable', 'enable', 'disabled -> enabled'),
  command('run', 'run', 'enabled -> running'),
  command('stop', 'stop', 'controlled unload, then enabled'),
  command('abort', 'abort', 'enable off now; the train releases'),
  command('disable', 'disable', 'unloads where it runs, then disabled'),
  {
    id: MORE_COMMANDS.armWatchdog,
    name: 'arm_watchdog',
    args: [{ name: 'timeout_ms', type: 'u16', unit: 'ms', min: 50, max: 5000 }],
    help: 'without a new heartbeat for this long in wall time the device unloads and trips',
  },
  { id: MORE_COMMANDS.disarmWatchdog, name: 'disarm_watchdog' },
  {
    id: MORE_COMMANDS.jog,
    name: 'jog',
    args: [
      { name: 'stroke_mm_per_s', type: 'f32', unit: 'mm/s', min: -5, max: 5 },
      { name: 'flow_kg_per_s', type: 'f32', unit: 'kg/s', min: -0.2, max: 0.2 },
      { name: 'force_limit_kN', type: 'f32', unit: 'kN', min: 0, max: 100 },
      { name: 'life_ms', type: 'u16', unit: 'ms', min: 50, max: 500 },
    ],
    help: 'hold to run, disabled or manual: one axis moves until life_ms of wall time are over; loading stops at the force',
  },
];

/** Position is the number; `LIMITS` first, in its order. */
const PARAMETERS = [
  ...LIMITS.registers.map(({ name, help }) => field({ name, help: text(help) })),
  field({
    name: 'watchdog_timeout_ms',
    type: 'u16',
    min: 50,
    max: 5000,
    help: 'in force from the next arming on',
  }),
  field({
    name: 'pump_overrun_s',
    min: 0,
    max: 60,
    help: 'what follows disable once the train is unloaded: the pump runs on, device time',
  }),
  field({
    name: 'acceleration',
    type: 'u8',
    min: 1,
    max: MOST_ACCELERATION,
    help: 'simulated seconds a second',
  }),
];

const registerFields = ({ registers }: typeof CYCLE_SUMMARY) =>
  registers.map(({ name, type, count, help }) => field({ name, type, count, help: text(help) }));

const DOCUMENT = {
  contract: 1,
  device: 'elastocool virtual rig',
  kind: 'virtual',
  serial_number: 1,
  firmware_version: 1,
  sample_period_us: SAMPLE_PERIOD_US,
  sampling:
    'sensors: straight lines between steps of the plant model, which are 1 to 20 ms apart; commanded flow and states: held',
  batch_ms: BATCH_MS,
  channels: CHANNELS,
  status: names,
  commands: COMMANDS,
  parameters: PARAMETERS,
  recipe: RECIPE.registers
    .filter(({ name }) => name !== 'recipe_apply')
    .map(({ name, help }) => {
      const range = RECIPE_RANGES.find(([key]) => key === name);
      return field({ name, min: range?.[1] ?? 0, max: range?.[2] ?? 0, help: text(help) });
    }),
  summary: registerFields(CYCLE_SUMMARY),
  waveform: {
    bins: WAVEFORM_BINS,
    fields: WAVEFORM_SCALE.map(({ name, perCount }) => field({ name, type: 'i16', scale: perCount })),
  },
  black_box: { rows: BLACK_BOX_ROWS, channels: names },
  faults: Object.keys(FAULT_BITS).map(snake),
  enumerations: { drive_state: Object.keys(DRIVE_STATE), watchdog_state: Object.keys(WATCHDOG_STATE) },
};

function snake(name: string): string {
  return name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

/** What is sent, and what a host makes of it. */
export function rigDictionary(isInstrumented = false): {
  readonly text: Uint8Array;
  readonly dictionary: Dictionary;
} {
  const channels = isInstrumented ? [...CHANNELS, ...INSTRUMENTS] : CHANNELS;
  const written = JSON.stringify({ ...DOCUMENT, channels });
  const dictionary = parseDictionary(written);
  if (typeof dictionary === 'string') throw new Error(dictionary);
  return { text: asciiBytes(written), dictionary };
}
