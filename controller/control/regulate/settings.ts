/** The `regulator` section of a rig file: who decides how much the machine cools, and within what bounds. */
import { z } from 'zod';
import type { OutputLimits, PidSettings } from './pid.ts';
import { MpcSection } from './predict/settings.ts';
import { SeekSection } from './seek.ts';

const positive = z.number().positive();

const Thermostat = z.strictObject({
  /** Full width of the hysteresis. */
  band_K: positive.max(5),
  /** Shortest run and rest, device time. */
  min_run_s: z.number().min(0).max(600),
  min_rest_s: z.number().min(0).max(600),
});

const shared = {
  integral_s: positive.max(100_000),
  derivative_s: z.number().min(0).max(10_000),
  /** The lag of the derivative is derivative_s divided by this. */
  derivative_filter: z.number().min(2).max(100),
  setpoint_weight: z.number().min(0).max(1),
  /** How fast a saturated integral comes back. */
  tracking_s: positive.max(100_000),
  /** The mean over whole cycles is at least this long, and the output moves as often, device time. */
  sample_s: z.number().min(0.2).max(600),
  /** Adds what the model of the preset expects to be needed. */
  feed_forward: z.boolean(),
};
const test = {
  hysteresis_K: positive.max(2),
  /** Further from the set-point the relay test ends. */
  most_K: positive.max(10),
  longest_s: positive.max(50_000),
};

const FrequencyPid = z.strictObject({
  manipulated: z.literal('frequency_Hz'),
  gain_Hz_per_K: positive.max(100),
  lowest_Hz: z.number().min(0.05).max(10),
  highest_Hz: z.number().min(0.05).max(10),
  rate_Hz_per_s: positive.max(10),
  ...shared,
  relay_test: z.strictObject({ amplitude_Hz: positive.max(5), ...test }),
});

const FlowPid = z.strictObject({
  manipulated: z.literal('blow_flow_kg_per_s'),
  gain_kg_per_s_K: positive.max(10),
  lowest_kg_per_s: z.number().min(0).max(2),
  highest_kg_per_s: positive.max(2),
  rate_kg_per_s2: positive.max(1),
  ...shared,
  relay_test: z.strictObject({ amplitude_kg_per_s: positive.max(1), ...test }),
});

export const RegulatorSection = z.strictObject({
  /** In charge at the start; the page can change it. All but `thermostat` need the section of that name. */
  kind: z.enum(['thermostat', 'pid', 'mpc', 'seek']),
  setpoint_C: z.number().min(10).max(40),
  thermostat: Thermostat,
  pid: z.discriminatedUnion('manipulated', [FrequencyPid, FlowPid]).optional(),
  /** The model drives. Needs `pid`, by frequency, to fall back to. */
  mpc: MpcSection.optional(),
  /** The PID holds the house and the blow seeks the highest COP. Needs `pid`, by frequency. */
  seek: SeekSection.optional(),
});
export type RegulatorSection = z.infer<typeof RegulatorSection>;

export type Manipulated = 'frequency_Hz' | 'blow_flow_kg_per_s';

/** The PID section in the terms of the controller: U is the unit of the manipulated quantity. */
export interface PidPlan {
  readonly manipulated: Manipulated;
  readonly unit: 'Hz' | 'kg/s';
  readonly settings: PidSettings;
  readonly limits: OutputLimits;
  readonly sample_s: number;
  readonly feed_forward: boolean;
  readonly relay: {
    readonly amplitude_U: number;
    readonly hysteresis_K: number;
    readonly most_K: number;
    readonly longest_s: number;
  };
}

type PidSection = NonNullable<RegulatorSection['pid']>;

export function pidPlan(pid: Readonly<PidSection>): PidPlan {
  const { manipulated, integral_s, derivative_s, derivative_filter, setpoint_weight, tracking_s } = pid;
  const isFrequency = manipulated === 'frequency_Hz';
  const gain = isFrequency ? pid.gain_Hz_per_K : pid.gain_kg_per_s_K;
  const { hysteresis_K, most_K, longest_s } = pid.relay_test;
  return {
    manipulated,
    unit: isFrequency ? 'Hz' : 'kg/s',
    settings: {
      // More output cools more.
      gain_U_per_K: -gain,
      integral_s,
      derivative_s,
      derivative_filter,
      setpoint_weight,
      derivative_weight: 0,
      tracking_s,
    },
    limits: isFrequency
      ? { lowest_U: pid.lowest_Hz, highest_U: pid.highest_Hz, rate_U_per_s: pid.rate_Hz_per_s }
      : { lowest_U: pid.lowest_kg_per_s, highest_U: pid.highest_kg_per_s, rate_U_per_s: pid.rate_kg_per_s2 },
    sample_s: pid.sample_s,
    feed_forward: pid.feed_forward,
    relay: {
      amplitude_U: isFrequency ? pid.relay_test.amplitude_Hz : pid.relay_test.amplitude_kg_per_s,
      hysteresis_K,
      most_K,
      longest_s,
    },
  };
}

/** What does not fit together with the recipe, as `key: given, allowed`; null where all does. */
export function regulatorProblem(
  { kind, pid, mpc, seek }: Readonly<RegulatorSection>,
  recipe: Readonly<Record<Manipulated, number>>,
): string | null {
  if ((mpc ?? seek) !== undefined && pid?.manipulated !== 'frequency_Hz')
    return `regulator.${mpc === undefined ? 'seek' : 'mpc'}: given, allowed is only beside a regulator.pid that moves frequency_Hz.`;
  if (kind !== 'thermostat' && { pid, mpc, seek }[kind] === undefined)
    return `regulator.kind: ${kind} given, allowed is thermostat where there is no regulator.${kind}.`;
  if (pid === undefined) return null;
  const { lowest_U, highest_U } = pidPlan(pid).limits;
  const given = recipe[pid.manipulated];
  if (lowest_U < highest_U && given >= lowest_U && given <= highest_U) return null;
  return `recipe.${pid.manipulated}: ${given} given, allowed is within the bounds of regulator.pid, ${lowest_U} to ${highest_U}.`;
}
