/** From results to the curves of the figures; a pinned reference is drawn first, grey, beneath. */
import { t } from '../language.ts';
import type { BankProfile, CycleTrace, OperatingPoint } from '../worker/messages.ts';
import type { CurvePoint, Curves } from './curves.ts';
import type { HouseRun } from './state.ts';
import type { Line } from './xy-chart.ts';

const REFERENCE = { colour: 'muted', width: 1.3 } as const;

/** Lines of the pinned result in the reference's look, before those of the present one. */
export function withReference<T>(now: T | null, pinned: T | null, lines: (of: T) => Line[]): Line[] {
  const grey =
    pinned === null || pinned === now
      ? []
      : lines(pinned).map(
          ({ x, y, dash }): Line => ({ ...REFERENCE, name: t('pinned'), x, y, ...(dash ? { dash } : {}) }),
        );
  return [...grey, ...(now === null ? [] : lines(now))];
}

type Value = (point: OperatingPoint) => number | null;

function curve(
  name: string,
  colour: Line['colour'],
  points: readonly CurvePoint[],
  present: number,
  value: Value,
  dash?: readonly number[],
): Line {
  return {
    name,
    colour,
    x: points.map(({ x }) => x),
    y: points.map(({ point }) => value(point) ?? Number.NaN),
    dots: true,
    mark: points.findIndex(({ x }) => x === present),
    ...(dash ? { dash } : {}),
  };
}

const swept = (c: Curves, over: 'lift' | 'frequency') =>
  [c[over], over === 'lift' ? c.liftK : c.frequencyHz] as const;

export const powerLines =
  (over: 'lift' | 'frequency') =>
  (c: Curves): Line[] => [curve(t('cooling power'), 'coldIn', ...swept(c, over), (p) => p.cooling_power_W)];

/** A COP is shown where there is cooling: below zero power it means nothing. */
const cooling =
  (value: Value): Value =>
  (point) =>
    point.cooling_power_W > 0 ? value(point) : null;

export const copLines =
  (over: 'lift' | 'frequency') =>
  (c: Curves): Line[] => {
    const of = swept(c, over);
    return [
      curve(
        t('COP, material'),
        'material',
        ...of,
        cooling((p) => p.cop_material),
      ),
      curve(
        t('COP, device'),
        'hotOut',
        ...of,
        cooling((p) => p.cop_device),
        [7, 3],
      ),
      curve(
        t('COP, system'),
        'system',
        ...of,
        cooling((p) => p.cop_system),
        [2, 3],
      ),
    ];
  };

/** A closed loop a load train: the cycle ends where it began. */
export const loopLines = (trace: CycleTrace): Line[] =>
  trace.stress_MPa.map((stress, i) => {
    const strain = trace.strain_percent[i];
    return {
      name: trace.stress_MPa.length === 1 ? t('stress') : t('stress, train {{n}}', { n: i + 1 }),
      colour: i % 2 === 0 ? 'system' : 'outdoor',
      x: Float64Array.of(...strain, strain[0]),
      y: Float64Array.of(...stress, stress[0]),
      ...(i === 0 ? {} : { dash: [6, 3] }),
    };
  });

const PROFILES = [
  { key: 'alloy_after_hot_blow_C', name: () => t('alloy, end of hot blow'), colour: 'hotIn' },
  { key: 'fluid_after_hot_blow_C', name: () => t('fluid, end of hot blow'), colour: 'hotOut', dash: [6, 3] },
  { key: 'alloy_after_cold_blow_C', name: () => t('alloy, end of cold blow'), colour: 'coldIn' },
  {
    key: 'fluid_after_cold_blow_C',
    name: () => t('fluid, end of cold blow'),
    colour: 'coldOut',
    dash: [6, 3],
  },
] as const satisfies readonly (Partial<Omit<Line, 'name'>> & {
  name: () => string;
  key: keyof BankProfile;
})[];

/** Banks stand side by side along x: bank i from i to i + 1, its cold end first; a gap between them. */
export const profileLines = (trace: CycleTrace): Line[] =>
  PROFILES.map(({ key, name, ...look }) => ({
    ...look,
    name: name(),
    x: trace.banks.flatMap(({ position }, at) => [...position, 1].map((x) => at + x)),
    y: trace.banks.flatMap((bank) => [...bank[key], Number.NaN]),
  }));

export const stressLines = (trace: CycleTrace): Line[] =>
  overPhase(trace.phase, t('stress'), 'system', trace.stress_MPa);

/** The layout of most machines calls its blows by where they end; other names are shown as they are. */
const blowName = (name: string): string => {
  if (name === 'hot') return t('hot blow');
  return name === 'cold' ? t('cold blow') : name;
};

export const flowLines = (trace: CycleTrace): Line[] =>
  trace.blows.map(({ name, flow_kg_per_s }, i) => ({
    name: blowName(name),
    colour: name.startsWith('cold') ? 'coldIn' : 'hotIn',
    x: trace.phase,
    y: flow_kg_per_s,
    ...(i < 2 ? {} : { dash: [6, 3] }),
  }));

export const outletLines = (trace: CycleTrace): Line[] => [
  ...overPhase(trace.phase, t('hot outlet'), 'hotOut', [trace.hot_outlet_C]),
  ...overPhase(trace.phase, t('cold outlet'), 'coldOut', [trace.cold_outlet_C]),
];

const overPhase = (
  x: Float64Array,
  name: string,
  colour: Line['colour'],
  all: readonly Float64Array[],
): Line[] =>
  all.map((y, i) => ({
    name: all.length === 1 ? name : `${name} ${i + 1}`,
    colour,
    x,
    y,
    ...(i === 0 ? {} : { dash: [6, 3] }),
  }));

export function houseLines({ pulldown }: HouseRun): Line[] {
  const { series, setpoint_C, outdoor_C } = pulldown;
  const minutes = series.map(({ time_s }) => time_s / 60);
  const ends = [0, minutes.at(-1) ?? 0];
  return [
    { name: t('outdoors'), colour: 'outdoor', x: ends, y: [outdoor_C, outdoor_C], width: 1.6 },
    { name: t('set-point'), colour: 'ink', x: ends, y: [setpoint_C, setpoint_C], width: 1.4, dash: [4, 3] },
    { name: t('house'), colour: 'ink', x: minutes, y: series.map(({ controlled_C }) => controlled_C) },
    {
      name: t('cold loop'),
      colour: 'coldIn',
      x: minutes,
      y: series.map(({ cold_inlet_C }) => cold_inlet_C),
      width: 1.5,
    },
  ];
}
