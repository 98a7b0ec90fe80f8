/**
 * Orders of convergence in time and in nodes, and how far the resolution in use is from the limit: of a passive single
 * blow, whose limit is known, and of the cooling power of a preset.
 */
import type { DeviceConfig, Preset } from '../../config/device-config.ts';
import { solveOperatingPoint } from '../operating-point.ts';
import { breakthrough, singleBlow } from './breakthrough.ts';
import { type Check, extrapolated, near, observedOrder, once } from './case.ts';

const SUBJECT = 'slopes';

/** NTU and reduced time of the blows: in the middle of the front, where the slope is steep. */
const BLOWS: readonly (readonly [length: number, time: number])[] = [
  [5, 5],
  [10, 10],
  [20, 20],
];

export function slopeChecks(preset: Preset | undefined): Check[] {
  return [
    ...BLOWS.flatMap(([length, time]) => blowChecks(length, time)),
    ...(preset ? powerChecks(preset) : []),
  ];
}

function blowChecks(length: number, time: number): Check[] {
  const exits = once(() => [40, 80, 160].map((nodes) => singleBlow(length, time, nodes)));
  const name = `single blow, NTU ${length}, reduced time ${time}`;
  return [
    {
      subject: SUBJECT,
      name: `${name}: order in nodes`,
      reason: 'van Leer and the symmetric splitting are of second order; an upwind scheme would be of first',
      measure: () => near(observedOrder(exits(), 2), 2, 0.1),
    },
    {
      subject: SUBJECT,
      name: `${name}: exit at infinitely many nodes (Anzelius-Schumann)`,
      reason:
        'relative to the step: what is left is the square of the smaller hold-up, 0.01, and its curvature',
      measure: () => near(extrapolated(exits()[1], exits()[2], 2), breakthrough(length, time), 2e-4, 1),
    },
  ];
}

function powerChecks({ key, device }: Preset): Check[] {
  const alike = withoutSpread(device);
  const { nodes, blow_steps, ramp_steps } = device.numerics;
  const power = (numerics: Partial<DeviceConfig['numerics']>): number =>
    solveOperatingPoint({ ...alike, numerics: { ...device.numerics, ...numerics } }).cooling_power_W;
  const inTime = once(() =>
    [0.5, 2, 8].map((factor) =>
      power({ blow_steps: Math.ceil(factor * blow_steps), ramp_steps: Math.ceil(factor * ramp_steps) }),
    ),
  );
  const inSpace = once(() => [0.25, 0.5, 1].map((factor) => power({ nodes: Math.ceil(factor * nodes) })));
  const check = (name: string, reason: string, measure: Check['measure']): Check => ({
    subject: SUBJECT,
    name: `cooling power of ${key}: ${name}`,
    reason,
    measure,
  });
  return [
    check(
      'order in time',
      'transport is of second order, the kinetics (a corridor, followed implicitly) of first; a fifth for the steps on which nodes happen to begin and end',
      () => near(observedOrder(inTime(), 4), 1, 0.2),
    ),
    check(
      `order in nodes, ${nodes / 4} to ${nodes}`,
      'second, as for the single blow; a fifth for the nodes on which a front happens to end',
      () => near(observedOrder(inSpace(), 2), 2, 0.2),
    ),
    check(
      'at its own steps against the limit of many, W',
      'what the presets say of their steps: within 0.5 %',
      () => near(power({}), limitInTime(inTime()), 0.005),
    ),
    check(
      'at its own nodes against the limit of many, W',
      'what the presets say of their nodes: within 0.1 %',
      () => near(inSpace()[2], extrapolated(inSpace()[1], inSpace()[2], 2), 0.001),
    ),
  ];
}

/** First order, the last step a quarter of the one before. */
const limitInTime = ([, coarse, fine]: readonly number[]): number => fine + (fine - coarse) / 3;

/** All cells of a bank alike, so that one stands for all: the same numerics in a tenth of the time. */
function withoutSpread(device: DeviceConfig): DeviceConfig {
  const banks = device.layout.banks.map((bank) => ({
    ...bank,
    channel: { ...bank.channel, gap_tolerance: 0 },
  }));
  return { ...device, layout: { ...device.layout, banks } };
}
