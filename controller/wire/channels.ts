/**
 * The channel table: what every column of a telemetry frame means. Sent in `hello`, so a client needs no other
 * knowledge. Seven groups flow side by side:
 *   tick      what the supervisor read in one 20 ms tick, one row a frame
 *   cycle     the latched summary of one whole cycle, one row a frame
 *   waveform  one whole numbered cycle in phase bins, one row a bin
 *   model     what a model run beside the rig expects of a cycle, and what is measured beyond that; one row a frame
 *   picture   one whole cycle of that model in phase bins: entropy, martensite, temperatures along a cell; one row a bin,
 *             at most one a second
 *   stream    what the device samples at its own full rate (1 kHz), many rows a frame; the device says what its columns are
 *   summary   lowest and highest of every channel of tick and stream in one second of the device clock; one row a frame
 * Time is the device clock. NaN is absence: a reading that was not there or is not to be believed.
 */
export const GROUPS = ['tick', 'cycle', 'waveform', 'model', 'picture', 'stream', 'summary'] as const;
export type GroupName = (typeof GROUPS)[number];

/** A whole cycle is one thing: a frame of these groups is never merged with another, nor cut. */
export const isWholeCycle = (group: GroupName): group is 'waveform' | 'picture' =>
  group === 'waveform' || group === 'picture';

/** Kept for so long that a page is given the newest first, and the rest while it is live already. */
export const isLongKept = (group: GroupName): group is 'stream' | 'summary' =>
  group === 'stream' || group === 'summary';

export interface Channel {
  readonly name: string;
  /** Display unit; the empty string for pure numbers. */
  readonly unit: string;
  readonly title: string;
}

export const groupRecord = <T>(make: (group: GroupName) => T): Record<GroupName, T> => ({
  tick: make('tick'),
  cycle: make('cycle'),
  waveform: make('waveform'),
  model: make('model'),
  picture: make('picture'),
  stream: make('stream'),
  summary: make('summary'),
});

export const CELLS = 10;

const cells = (suffix: string, title: (n: number) => string): Channel[] =>
  Array.from({ length: CELLS }, (_, i) => ({
    name: `cell_${i + 1}_${suffix}`,
    unit: '°C',
    title: title(i + 1),
  }));

const channel = (name: string, unit: string, title: string): Channel => ({ name, unit, title });

/** Channels of `cycle` that the model beside the rig predicts, with the same name and unit. */
export const MODELLED = [
  'cooling_power_W',
  'heating_power_W',
  'mechanical_power_W',
  'peak_stress_MPa',
  'peak_force_kN',
  'peak_pressure_bar',
  'cold_outlet_mean_C',
  'hot_outlet_mean_C',
] as const;
export type Modelled = (typeof MODELLED)[number];

/** What the model says of the account of a cycle beyond these: mean powers. */
export const ACCOUNTED = [
  'loading_power_W',
  'pump_power_W',
  'housing_loss_W',
  'stored_power_W',
  'hysteresis_power_W',
  'account_residual_W',
] as const;
export type Accounted = (typeof ACCOUNTED)[number];

/** Of a picture: moments of the cycle, and stretches along the cell whose profile it holds. */
export const PICTURE_BINS = 64;
export const PICTURE_STRETCHES = 16;

const along = (name: string, unit: string, title: string): Channel[] =>
  Array.from({ length: PICTURE_STRETCHES }, (_, i) =>
    channel(
      name.replace('#', String(i + 1)),
      unit,
      `${title}, stretch ${i + 1} of ${PICTURE_STRETCHES} from the cold end`,
    ),
  );

const ofEachCell = (name: string, unit: string, title: string): Channel[] =>
  Array.from({ length: CELLS }, (_, i) =>
    channel(`cell_${i + 1}_${name}`, unit, `cell ${i + 1}, ${title}, mean along the alloy`),
  );

/** Differences of °C are K. */
const differenceUnit = (unit: string): string => (unit === '°C' ? 'K' : unit);

const modelled = (name: Modelled, { unit, title }: Channel): Channel[] => [
  channel(name, unit, `${title}, as the model expects it`),
  channel(`${name}_residual`, differenceUnit(unit), `${title}: measured minus model`),
  channel(`${name}_trend`, differenceUnit(unit), `${title}: the residual, smoothed`),
  channel(`${name}_alarm`, '', `${title}: 1 more, -1 less than model and band allow, 0 within`),
];

const CYCLE: readonly Channel[] = [
  channel('cycle_number', '', 'cycle'),
  channel('skipped', '', 'cycles completed since the previous row and not read'),
  channel('period_ms', 'ms', 'period'),
  channel('cooling_power_W', 'W', 'cooling power'),
  channel('heating_power_W', 'W', 'heat rejected'),
  channel('mechanical_power_W', 'W', 'net mechanical power'),
  channel('loading_power_W', 'W', 'loading power'),
  channel('pump_power_W', 'W', 'pump power'),
  channel('peak_stress_MPa', 'MPa', 'peak stress'),
  channel('peak_force_kN', 'kN', 'peak force'),
  channel('peak_stroke_mm', 'mm', 'stroke'),
  channel('peak_pressure_bar', 'bar', 'peak pressure drop'),
  channel('temperature_lift_K', 'K', 'temperature lift'),
  channel('cold_outlet_mean_C', '°C', 'out of the cells into the cold loop, mean of the cold blow'),
  channel('hot_outlet_mean_C', '°C', 'out of the cells into the hot loop, mean of the hot blow'),
  channel('cop_material', '', 'COP of the material: cooling / net mechanical work'),
  channel('cop_system', '', 'COP of the system: cooling / (loading work, no recovery, + pump)'),
  ...cells('min_C', (n) => `cell ${n}, lowest`),
  ...cells('mean_C', (n) => `cell ${n}, mean`),
  ...cells('max_C', (n) => `cell ${n}, highest`),
];

export type ChannelTables = Readonly<Record<GroupName, readonly Channel[]>>;

/** As far as this program knows them; those of `stream` and `summary` are the rig's own: see `tablesOf`. */
export const CHANNELS: Record<GroupName, readonly Channel[]> = {
  tick: [
    channel('phase', '', 'cycle phase'),
    channel('force_kN', 'kN', 'force of the load train'),
    channel('stress_MPa', 'MPa', 'cell stress'),
    channel('stroke_mm', 'mm', 'stroke'),
    channel('flow_kg_per_s', 'kg/s', 'flow (+ hot blow, - cold blow)'),
    channel('pressure_bar', 'bar', 'pressure drop'),
    channel('cold_inlet_C', '°C', 'cold loop, into the cells'),
    channel('hot_inlet_C', '°C', 'hot loop, into the cells'),
    channel('cold_outlet_C', '°C', 'cold loop, out of the cells'),
    channel('hot_outlet_C', '°C', 'hot loop, out of the cells'),
    channel('room_C', '°C', 'house'),
    channel('outdoor_C', '°C', 'outdoors'),
    channel('setpoint_C', '°C', 'set-point'),
    ...cells('C', (n) => `cell ${n}`),
    channel('drive_state', '', 'drive state (register map)'),
    channel('link_age_ms', 'ms', 'age of the reading on arrival'),
    channel('round_trip_ms', 'ms', 'serial round trip'),
  ],
  cycle: CYCLE,
  waveform: [
    channel('strain_percent', '%', 'strain'),
    channel('stress_MPa', 'MPa', 'stress'),
    channel('cold_outlet_C', '°C', 'cold outlet'),
    channel('hot_outlet_C', '°C', 'hot outlet'),
    ...cells('C', (n) => `cell ${n}`),
  ],
  model: [
    channel('cycle_number', '', 'cycle'),
    channel('skipped', '', 'cycles that the model left out to keep up'),
    channel('cpu_share_percent', '%', 'processor time of the model, of one core'),
    ...MODELLED.flatMap((name) =>
      modelled(name, CYCLE.find((one) => one.name === name) ?? channel(name, '', name)),
    ),
    channel('loading_power_W', 'W', 'loading power, as the model expects it'),
    channel('pump_power_W', 'W', 'pump power, as the model expects it'),
    channel('housing_loss_W', 'W', 'heat from the housings to the surroundings, model'),
    channel('stored_power_W', 'W', 'energy that the machine stores from cycle to cycle, model'),
    channel('hysteresis_power_W', 'W', 'work that hysteresis turns into heat in the alloy, model'),
    channel('account_residual_W', 'W', 'what goes in less what goes out and is stored, model: its error'),
  ],
  picture: [
    channel('cell', '', 'cell whose profile this is, 1 at the actuator'),
    channel('net_work_J', 'J', 'net work of the cycle, all cells'),
    channel('tds_J', 'J', '∮ T ds over the alloy of all cells'),
    channel('dissipated_J', 'J', 'work that hysteresis turned into heat in the cycle, all cells'),
    channel('stress_MPa', 'MPa', 'stress'),
    channel('flow_kg_per_s', 'kg/s', 'flow (+ hot blow, - cold blow)'),
    ...ofEachCell('strain_percent', '%', 'strain'),
    ...ofEachCell('alloy_C', '°C', 'temperature'),
    ...ofEachCell('entropy_J_per_kgK', 'J/(kg K)', 'entropy'),
    ...ofEachCell('fraction', '', 'martensite fraction'),
    ...along('alloy_#_C', '°C', 'alloy'),
    ...along('fluid_#_C', '°C', 'fluid'),
    ...along('fraction_#', '', 'martensite fraction'),
  ],
  stream: [],
  summary: [],
};

/** Groups that `summary` is made of, in the order of its columns. */
export const SUMMARIZED = ['tick', 'stream'] as const;

/** The lowest stands in the column of this name, the highest in the next. */
export const summaryName = (group: GroupName, name: string, of: 'min' | 'max'): string =>
  `${of}_${group}_${name}`;

/** The tables of a rig whose device streams these channels. */
export function tablesOf(stream: readonly Channel[]): ChannelTables {
  const tables = { ...CHANNELS, stream };
  const summary = SUMMARIZED.flatMap((group) =>
    tables[group].flatMap(({ name, unit, title }) => [
      channel(summaryName(group, name, 'min'), unit, `${title}, lowest of a second`),
      channel(summaryName(group, name, 'max'), unit, `${title}, highest of a second`),
    ]),
  );
  return { ...tables, summary };
}
