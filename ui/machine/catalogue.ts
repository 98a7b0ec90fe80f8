/** What the parts of the drawing are: their names, what they mean, which channels tell of them, which limits apply. */
import { t } from '../language.ts';
import { CELL_PARTS, type PartId } from './alarm-parts.ts';
import type { LimitSpec } from './headroom.ts';

export interface PartSpec {
  readonly title: () => string;
  readonly meaning: () => string;
  /** As the view `channels` knows them. */
  readonly channels: readonly string[];
  readonly limits: readonly LimitSpec[];
}

const STRESS: LimitSpec = {
  of: 'stressMPa',
  key: 'over_stress',
  unit: 'MPa',
  decimals: 0,
  isFloor: false,
  now: 'tick.stress_MPa',
  ofCycle: 'cycle.peak_stress_MPa',
};
const PRESSURE: LimitSpec = {
  of: 'pressureBar',
  key: 'over_pressure',
  unit: 'bar',
  decimals: 2,
  isFloor: false,
  now: 'tick.pressure_bar',
  ofCycle: 'cycle.peak_pressure_bar',
};
const AGE: LimitSpec = {
  of: 'dataAgeMs',
  key: 'lost_link',
  unit: 'ms',
  decimals: 0,
  isFloor: false,
  now: 'tick.link_age_ms',
  ofCycle: null,
};

const cellLimits = (n: number): readonly LimitSpec[] => [
  {
    of: 'temperatureHighC',
    key: 'over_temperature',
    unit: '°C',
    decimals: 1,
    isFloor: false,
    now: `tick.cell_${n}_C`,
    ofCycle: `cycle.cell_${n}_max_C`,
  },
  {
    of: 'temperatureLowC',
    key: 'under_temperature',
    unit: '°C',
    decimals: 1,
    isFloor: true,
    now: `tick.cell_${n}_C`,
    ofCycle: `cycle.cell_${n}_min_C`,
  },
  STRESS,
];

const cell = (n: number): PartSpec => ({
  title: () => t('Cell {{n}}', { n }),
  meaning: () =>
    t(
      'Tubes of nickel-titanium: squeezed they give off heat, released they take it up. The cells share one force; the fluid passes them in parallel.',
    ),
  channels: [`tick.cell_${n}_C`, `cycle.cell_${n}_mean_C`, `cycle.cell_${n}_min_C`, `cycle.cell_${n}_max_C`],
  limits: cellLimits(n),
});

const cells = Object.fromEntries(CELL_PARTS.map((id, i) => [id, cell(i + 1)])) as Record<
  (typeof CELL_PARTS)[number],
  PartSpec
>;

const PARTS: Readonly<Record<PartId, PartSpec>> = {
  machine: {
    title: () => t('The whole machine'),
    meaning: () =>
      t(
        'It pumps heat from the house to the outdoors by squeezing and releasing tubes; these are the figures of the last whole cycle.',
      ),
    channels: [
      'cycle.cooling_power_W',
      'cycle.mechanical_power_W',
      'cycle.pump_power_W',
      'cycle.cop_system',
      'cycle.temperature_lift_K',
    ],
    limits: [STRESS, PRESSURE],
  },
  ...cells,
  actuator: {
    title: () => t('Actuator and crosshead'),
    meaning: () =>
      t('It shortens the whole train of cells by the stroke and lets it go again, once a cycle.'),
    channels: [
      'tick.stroke_mm',
      'tick.force_kN',
      'cycle.peak_stroke_mm',
      'cycle.peak_force_kN',
      'cycle.loading_power_W',
    ],
    limits: [STRESS],
  },
  frame: {
    title: () => t('Frame'),
    meaning: () =>
      t(
        'It holds the far end of the train: the force of the actuator passes through every cell and ends here.',
      ),
    channels: ['tick.force_kN', 'tick.stress_MPa', 'cycle.peak_stress_MPa'],
    limits: [STRESS],
  },
  'hot-manifold': {
    title: () => t('Hot manifold'),
    meaning: () => t('It joins the hot ends of the ten cells: heat leaves them here in the hot blow.'),
    channels: ['tick.hot_inlet_C', 'tick.hot_outlet_C', 'cycle.hot_outlet_mean_C'],
    limits: [],
  },
  'cold-manifold': {
    title: () => t('Cold manifold'),
    meaning: () =>
      t('It joins the cold ends of the ten cells: what cools the house leaves them here in the cold blow.'),
    channels: ['tick.cold_inlet_C', 'tick.cold_outlet_C', 'cycle.cold_outlet_mean_C'],
    limits: [],
  },
  valves: {
    title: () => t('Valves'),
    meaning: () =>
      t(
        'They lead the fluid from the cold side to the hot one after loading, and back after unloading. They report no position: which are open follows from the sign of the measured flow.',
      ),
    channels: ['tick.flow_kg_per_s', 'tick.phase'],
    limits: [PRESSURE],
  },
  pumps: {
    title: () => t('Pumps'),
    meaning: () =>
      t(
        'They press the fluid through the cells; they turn in the drawing as fast as fluid was measured to flow.',
      ),
    channels: ['tick.flow_kg_per_s', 'tick.pressure_bar', 'cycle.peak_pressure_bar', 'cycle.pump_power_W'],
    limits: [PRESSURE],
  },
  'hot-exchanger': {
    title: () => t('Hot exchanger'),
    meaning: () => t('It gives the heat of the house and the work of the machine to the air outdoors.'),
    channels: ['cycle.heating_power_W', 'cycle.hot_outlet_mean_C', 'tick.hot_inlet_C', 'tick.outdoor_C'],
    limits: [],
  },
  outdoors: {
    title: () => t('Outdoors'),
    meaning: () => t('The warmer it is out there, the more the machine has to lift, and the less it cools.'),
    channels: ['tick.outdoor_C', 'tick.hot_inlet_C', 'cycle.temperature_lift_K'],
    limits: [],
  },
  'cold-exchanger': {
    title: () => t('Cold exchanger'),
    meaning: () => t('It takes heat from the air of the house into the cold loop.'),
    channels: ['cycle.cooling_power_W', 'cycle.cold_outlet_mean_C', 'tick.cold_inlet_C', 'tick.room_C'],
    limits: [],
  },
  house: {
    title: () => t('House'),
    meaning: () => t('The room that is cooled, and the temperature that was asked for.'),
    channels: ['tick.room_C', 'tick.setpoint_C', 'tick.cold_inlet_C'],
    limits: [],
  },
  electronics: {
    title: () => t('Electronics'),
    meaning: () =>
      t(
        'The board that reads the sensors and drives the actuator; everything in this drawing came through it.',
      ),
    channels: ['tick.link_age_ms', 'tick.round_trip_ms', 'tick.drive_state'],
    limits: [AGE],
  },
};

export const partSpec = (id: PartId): PartSpec => PARTS[id];

/** Keeps a link short: the view `channels` has two axes a chart, so units share a chart in pairs at most. */
const MOST_UNITS = 2;

/** `tick.force_kN.0*tick.stroke_mm.1 ...`: the wall of charts that shows the channels of a part, as its address says it. */
export function wallText(channels: readonly { readonly id: string; readonly unit: string }[]): string {
  const charts: { units: Set<string>; ids: string[] }[] = [];
  for (const [colour, { id, unit }] of channels.entries()) {
    const fits = charts.find(({ units }) => units.has(unit) || units.size < MOST_UNITS);
    const chart = fits ?? { units: new Set<string>(), ids: [] };
    if (fits === undefined) charts.push(chart);
    chart.units.add(unit);
    chart.ids.push(`${id}.${colour}`);
  }
  return charts.map(({ ids }) => ids.join('*')).join(' ');
}
