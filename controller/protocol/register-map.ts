/**
 * The register map of the machine's electronics, Modbus addresses counted from zero. The virtual rig answers with
 * it and the controller reads by it; `elastocool virtual-rig --register-map` prints it. f32, u32 and i32 are two
 * registers, high word first (ABCD). The unit stands in every name.
 */

export type RegisterType = 'u16' | 'i16' | 'u32' | 'f32';

export interface Register {
  readonly name: string;
  readonly address: number;
  readonly type: RegisterType;
  /** How many consecutive values of this type stand here (ten cells, say). */
  readonly count: number;
  readonly help: string;
}

export interface RegisterBlock {
  readonly title: string;
  readonly table: 'input' | 'holding';
  readonly start: number;
  /** Registers from `start` to the end of the block: read as one piece. */
  readonly length: number;
  readonly registers: readonly Register[];
}

type Row = readonly [name: string, type: RegisterType, help: string, count?: number];

export const registersPer = (type: RegisterType): number => (type === 'u32' || type === 'f32' ? 2 : 1);

function block(
  title: string,
  table: 'input' | 'holding',
  start: number,
  rows: readonly Row[],
): RegisterBlock {
  const registers: Register[] = [];
  let address = start;
  for (const [name, type, help, count = 1] of rows) {
    registers.push({ name, address, type, count, help });
    address += registersPer(type) * count;
  }
  return { title, table, start, length: address - start, registers };
}

export const CELL_COUNT = 10;
/** Phase bins of one recorded cycle, and how many of them one waveform page carries. */
export const WAVEFORM_BINS = 128;
export const WAVEFORM_BINS_PER_PAGE = 8;
export const WAVEFORM_PAGES = WAVEFORM_BINS / WAVEFORM_BINS_PER_PAGE;
export const MAGIC = 0x4543; // "EC"
export const MAP_VERSION = 1;

/**
 * Every input register stands a second time, read-only, in the holding table at its address + INPUT_MIRROR: FC23
 * writes the heartbeat and reads the status in one exchange, and it reads holding registers only.
 */
export const INPUT_MIRROR = 10_000;

/** Who answers. Read once after the line opens, before anything is written. */
export const IDENTITY = block('identity', 'input', 0, [
  ['magic', 'u16', '0x4543: this is an elastocool machine'],
  ['map_version', 'u16', 'version of this register map'],
  ['device_kind', 'u16', '1 virtual rig, 2 hardware'],
  ['cell_count', 'u16', 'cells in the load train'],
  ['waveform_bins', 'u16', 'phase bins of a recorded cycle'],
  ['firmware_version', 'u16', 'firmware version x 100'],
  ['serial_number', 'u32', 'device serial number'],
]);
export const DEVICE_KIND = { virtualRig: 1, hardware: 2 } as const;

/** The present: one read per supervision tick. */
export const STATUS = block('status', 'input', 100, [
  ['device_clock_ms', 'u32', 'device clock since power-up; the time base of every reading'],
  [
    'drive_state',
    'u16',
    '0 disabled, 1 enabled, 2 running, 3 unloading or pump running on, 4 tripped, 5 manual',
  ],
  ['fault_word', 'u16', 'latched faults, bit by bit (see FAULT_BITS)'],
  ['watchdog_state', 'u16', '0 disarmed, 1 armed, 2 tripped'],
  ['heartbeat_echo', 'u16', 'the last heartbeat the device took'],
  ['acceleration', 'u16', 'simulated seconds a second; 1 on hardware'],
  ['cycle_number', 'u32', 'cycles completed since power-up'],
  ['phase', 'f32', 'phase of the cycle, 0 to 1; 0 at the start of loading'],
  ['force_kN', 'f32', 'force of the load train'],
  ['stress_MPa', 'f32', 'highest cell stress, compression positive'],
  ['stroke_mm', 'f32', 'shortening of the load train measured at the actuator'],
  ['flow_kg_per_s', 'f32', 'fluid flow through all cells: + hot blow, - cold blow'],
  ['pressure_bar', 'f32', 'pressure drop across cells, valves and lines'],
  ['cold_inlet_C', 'f32', 'fluid temperature in the cold loop, entering the cells'],
  ['hot_inlet_C', 'f32', 'fluid temperature in the hot loop, entering the cells'],
  ['cold_outlet_C', 'f32', 'fluid temperature leaving the cells towards the cold loop'],
  ['hot_outlet_C', 'f32', 'fluid temperature leaving the cells towards the hot loop'],
  ['room_C', 'f32', 'air temperature in the model house'],
  ['outdoor_C', 'f32', 'outdoor air temperature'],
  ['cell_C', 'f32', 'temperature at mid-length of the tubes of each cell', CELL_COUNT],
]);
export const DRIVE_STATE = {
  disabled: 0,
  enabled: 1,
  running: 2,
  unloading: 3,
  tripped: 4,
  manual: 5,
} as const;
export const WATCHDOG_STATE = { disarmed: 0, armed: 1, tripped: 2 } as const;
/** Bit numbers of `fault_word`. The firmware acts on its own limits whether or not a host is listening. */
export const FAULT_BITS = {
  overStress: 0,
  overPressure: 1,
  overTemperature: 2,
  underTemperature: 3,
  watchdog: 4,
  badRecipe: 5,
  emergencyStop: 6,
} as const;

/** The last whole cycle, its peaks latched by the firmware: nothing aliases, however fast the machine runs. */
export const CYCLE_SUMMARY = block('cycle summary', 'input', 200, [
  ['cycle_number', 'u32', 'the cycle these values belong to'],
  ['cycle_end_ms', 'u32', 'device clock at its end'],
  ['period_ms', 'f32', 'its duration'],
  ['cooling_power_W', 'f32', 'net enthalpy flow at the cold port over the cycle'],
  ['heating_power_W', 'f32', 'net enthalpy flow at the hot port over the cycle'],
  ['mechanical_power_W', 'f32', 'net work of the actuator per cycle / period'],
  ['loading_power_W', 'f32', 'work put in while loading / period'],
  ['pump_power_W', 'f32', 'electrical pump power'],
  ['peak_stress_MPa', 'f32', 'highest stress'],
  ['peak_force_kN', 'f32', 'highest force'],
  ['peak_stroke_mm', 'f32', 'largest shortening'],
  ['peak_pressure_bar', 'f32', 'highest pressure drop'],
  ['temperature_lift_K', 'f32', 'cycle-mean hot inlet minus cold inlet'],
  ['cold_outlet_mean_C', 'f32', 'mean of what the cold blow brought to the cold loop, weighted by flow'],
  ['hot_outlet_mean_C', 'f32', 'mean of what the hot blow brought to the hot loop, weighted by flow'],
  ['cell_min_C', 'f32', 'lowest temperature of each cell in the cycle', CELL_COUNT],
  ['cell_mean_C', 'f32', 'mean temperature of each cell over the cycle', CELL_COUNT],
  ['cell_max_C', 'f32', 'highest temperature of each cell in the cycle', CELL_COUNT],
]);

/**
 * One recorded cycle in pages. Writing `waveform_latch` copies the last whole cycle into a buffer that stands still
 * until the next latch; every page repeats the cycle number, so a mixture is seen. Page p starts at
 * `WAVEFORM.start + p * WAVEFORM_PAGE_STRIDE`: header, then bins x channels of scaled i16, bin by bin.
 */
export const WAVEFORM_PAGE = block('waveform page', 'input', 1000, [
  ['cycle_number', 'u32', 'cycle held by the latch; 0 while none was latched'],
  ['cycle_start_ms', 'u32', 'device clock at its start'],
  ['period_us', 'u32', 'its duration'],
  [
    'bins',
    'i16',
    'strain, stress, cold outlet, hot outlet, ten cells; see WAVEFORM_SCALE',
    WAVEFORM_BINS_PER_PAGE * 14,
  ],
]);
export const WAVEFORM_PAGE_STRIDE = 128;
/** Channels of a waveform bin in order, with the value of one count. */
export const WAVEFORM_SCALE: readonly { readonly name: string; readonly perCount: number }[] = [
  { name: 'strain_percent', perCount: 0.001 },
  { name: 'stress_MPa', perCount: 0.1 },
  { name: 'cold_outlet_C', perCount: 0.01 },
  { name: 'hot_outlet_C', perCount: 0.01 },
  ...Array.from({ length: CELL_COUNT }, (_, i) => ({ name: `cell_${i + 1}_C`, perCount: 0.01 })),
];

/** What the host writes every tick (together with the status read, FC23). */
export const HEARTBEAT = block('heartbeat', 'holding', 100, [
  ['heartbeat', 'u16', 'any change kicks the watchdog'],
]);

export const COMMAND_BLOCK = block('command', 'holding', 110, [
  [
    'command',
    'u16',
    '1 clear faults, 2 enable, 3 run, 4 stop (controlled unload), 5 abort (enable off now), 6 disable',
  ],
]);
export const COMMAND = { clearFaults: 1, enable: 2, run: 3, stop: 4, abort: 5, disable: 6 } as const;

/** Staged values; they take effect together at the start of the next cycle after `recipe_apply` is written 1. */
export const RECIPE = block('recipe', 'holding', 120, [
  ['frequency_Hz', 'f32', 'cycles a second'],
  ['strain_percent', 'f32', 'nominal strain of the load train at full stroke'],
  ['blow_flow_kg_per_s', 'f32', 'flow through all cells during a blow'],
  ['blow_duty', 'f32', 'share of the period of each blow, 0.05 to 0.5'],
  ['recipe_apply', 'u16', 'write 1: apply at the next cycle start; reads back 0 once applied'],
]);

/** The firmware's own limits; crossing one trips the drive and sets its fault bit. */
export const LIMITS = block('limits', 'holding', 140, [
  ['stress_limit_MPa', 'f32', 'over-stress trip'],
  ['pressure_limit_bar', 'f32', 'over-pressure trip'],
  ['temperature_high_C', 'f32', 'over-temperature trip of any cell'],
  ['temperature_low_C', 'f32', 'under-temperature (freezing) trip of any cell'],
]);

/** Without a heartbeat within the timeout (wall time) an armed device unloads by itself, then drops enable. */
export const WATCHDOG = block('watchdog', 'holding', 160, [
  ['watchdog_timeout_ms', 'u16', '50 to 5000'],
  ['watchdog_arm', 'u16', '1 armed, 0 disarmed'],
]);

export const WAVEFORM_LATCH = block('waveform latch', 'holding', 170, [
  ['waveform_latch', 'u16', 'write 1: hold the last whole cycle for reading'],
]);

/** Exists only in the virtual rig; any other device answers exception 2. */
export const ACCELERATION = block('acceleration', 'holding', 180, [
  ['acceleration', 'u16', 'simulated seconds a second, 1 to 20'],
]);

/**
 * Hold to run. Written again and again while a button is held; the device moves until `manual_life_ms` (wall time) after
 * the last write, then stands still where it is, enabled. Taken in `disabled` and `manual` only (exception 4), one axis at
 * a time (exception 3). Stop unloads and disables.
 */
export const MANUAL = block('manual', 'holding', 190, [
  ['manual_stroke_mm_per_s', 'f32', '-5 to 5; + loads, not beyond the stroke of the recipe'],
  ['manual_flow_kg_per_s', 'f32', '-0.2 to 0.2; + hot blow, - cold blow'],
  ['manual_force_limit_kN', 'f32', '0 to 100; loading stops at this force'],
  ['manual_life_ms', 'u16', '50 to 500'],
]);

/** What follows `disable` once the train is unloaded: the pump runs on, valves shut, enable off. */
export const STOP_ORDER = block('stop order', 'holding', 200, [
  [
    'pump_overrun_s',
    'f32',
    '0 to 60, device time; through the cells into the hot loop, at the flow of a blow',
  ],
]);

export const REGISTER_MAP: readonly RegisterBlock[] = [
  IDENTITY,
  STATUS,
  CYCLE_SUMMARY,
  WAVEFORM_PAGE,
  HEARTBEAT,
  COMMAND_BLOCK,
  RECIPE,
  LIMITS,
  WATCHDOG,
  WAVEFORM_LATCH,
  ACCELERATION,
  MANUAL,
  STOP_ORDER,
];

/** Values of a block by name; arrays where `count` > 1. */
export type BlockValues = Record<string, number | number[]>;

/** Reads a block's registers (as many 16-bit words as `block.length`) into numbers. */
export function decodeBlock(blockDefinition: RegisterBlock, words: ArrayLike<number>): BlockValues {
  if (words.length !== blockDefinition.length) {
    throw new RangeError(
      `${blockDefinition.title}: ${words.length} registers given, ${blockDefinition.length} expected`,
    );
  }
  const values: BlockValues = {};
  for (const register of blockDefinition.registers) {
    const size = registersPer(register.type);
    const read = (i: number) =>
      decodeValue(register.type, words, register.address - blockDefinition.start + i * size);
    values[register.name] =
      register.count === 1 ? read(0) : Array.from({ length: register.count }, (_, i) => read(i));
  }
  return values;
}

/** The inverse of `decodeBlock`; every register of the block must be given. */
export function encodeBlock(blockDefinition: RegisterBlock, values: BlockValues): Uint16Array {
  const words = new Uint16Array(blockDefinition.length);
  for (const register of blockDefinition.registers) {
    const given = values[register.name];
    if (given === undefined) throw new RangeError(`${blockDefinition.title}: ${register.name} is missing`);
    const list = Array.isArray(given) ? given : [given];
    const size = registersPer(register.type);
    for (let i = 0; i < register.count; i++) {
      encodeValue(
        register.type,
        list[i] ?? Number.NaN,
        words,
        register.address - blockDefinition.start + i * size,
      );
    }
  }
  return words;
}

const scratch = new DataView(new ArrayBuffer(4));

function decodeValue(type: RegisterType, words: ArrayLike<number>, at: number): number {
  scratch.setUint16(0, words[at] ?? 0);
  if (type === 'u16') return scratch.getUint16(0);
  if (type === 'i16') return scratch.getInt16(0);
  scratch.setUint16(2, words[at + 1] ?? 0);
  return type === 'u32' ? scratch.getUint32(0) : scratch.getFloat32(0);
}

function encodeValue(type: RegisterType, value: number, words: Uint16Array, at: number): void {
  if (type === 'u16') scratch.setUint16(0, value);
  else if (type === 'i16') scratch.setInt16(0, value);
  else if (type === 'u32') scratch.setUint32(0, value);
  else scratch.setFloat32(0, value);
  words[at] = scratch.getUint16(0);
  if (registersPer(type) === 2) words[at + 1] = scratch.getUint16(2);
}
