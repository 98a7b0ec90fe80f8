/**
 * The channel table: what every column of a telemetry frame means. Sent in `hello`, so a client needs no other
 * knowledge. Four groups flow side by side:
 *   tick      what the supervisor read in one 20 ms tick, one row a frame
 *   cycle     the latched summary of one whole cycle, one row a frame
 *   waveform  one whole numbered cycle in phase bins, one row a bin
 *   model     what a model run beside the rig expects of a cycle, and what is measured beyond that; one row a frame
 * Time is the device clock. NaN is absence: a reading that was not there or is not to be believed.
 */
export const GROUPS = ['tick', 'cycle', 'waveform', 'model'] as const;
export type GroupName = (typeof GROUPS)[number];

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
  ],
};
