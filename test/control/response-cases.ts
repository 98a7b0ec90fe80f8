/** The faults that prove the rows of the response monitors, and what is just still allowed. */
import type { Observation } from '../../controller/control/safety/interlock.ts';
import { NO_RESPONSE, type ResponseView } from '../../controller/control/safety/response/response.ts';
import type { Fault } from '../../controller/wire/messages.ts';
import { readRig, status, summary } from './observation.ts';

/** One row of the table, and what makes it true. */
export interface Case {
  readonly key: string;
  readonly action: Fault['action'];
  /** The fault. */
  readonly broken: Partial<Observation>;
  /** As close to it as is still allowed. */
  readonly allowed: Partial<Observation>;
  readonly withinMs: number;
  readonly says: RegExp;
}

const answers = (given: Partial<ResponseView>): Partial<Observation> => ({
  response: { ...NO_RESPONSE, ...given },
});
const REFERENCE = { force_kN: 10, stroke_mm: 46, loop_J: 130, hottest_C: 48 };
const recent = (given: Partial<typeof REFERENCE>): Partial<Observation> =>
  answers({ reference: REFERENCE, recent: { ...REFERENCE, ...given } });
const fall = (fall_MPa: number): Partial<Observation> =>
  answers({ shape: { cycle_number: 9, peak_MPa: 600, fall_MPa, fall_strain_percent: 3 } });
const outlets = (cold_outlet_mean_C: number, hot_outlet_mean_C: number): Partial<Observation> => ({
  summary: summary({ cold_outlet_mean_C, hot_outlet_mean_C }),
});
const budget = (cycle_number: number): Partial<Observation> => ({
  rig: { ...readRig(), cycle_budget: 1000 },
  status: status({ cycle_number }),
});
const now = { withinMs: 0 } as const;

export const RESPONSE_CASES: readonly Case[] = [
  {
    key: 'wrong_reply',
    action: 'abort',
    broken: answers({ wrongReplies: 3 }),
    allowed: answers({ wrongReplies: 2 }),
    ...now,
    says: /3 replies .* belonged to another exchange, allowed 2/,
  },
  {
    key: 'force_drop',
    action: 'stop',
    broken: fall(24.1),
    allowed: fall(23.9),
    ...now,
    says: /fell by 24.1 MPa while strain rose, at 3 %, allowed 24 MPa/,
  },
  {
    key: 'stroke_drift',
    action: 'stop',
    broken: recent({ stroke_mm: 43.6 }),
    allowed: recent({ stroke_mm: 43.8 }),
    ...now,
    says: /stroke is 43.6 mm, 46 mm at the beginning of this run, allowed are ±5 %/,
  },
  {
    key: 'force_drift',
    action: 'stop',
    broken: recent({ force_kN: 10.81 }),
    allowed: recent({ force_kN: 9.21 }),
    ...now,
    says: /peak force is 10.81 kN, 10 kN at the beginning/,
  },
  {
    key: 'loop_area_drift',
    action: 'stop',
    broken: recent({ loop_J: 64 }),
    allowed: recent({ loop_J: 194 }),
    ...now,
    says: /work of a cycle is 64 J, 130 J at the beginning/,
  },
  {
    key: 'blow_missing',
    action: 'stop',
    broken: answers({ oneWayCycles: 2 }),
    allowed: answers({ oneWayCycles: 1 }),
    ...now,
    says: /one port only in 2 cycles/,
  },
  {
    key: 'outlets_crossed',
    action: 'stop',
    broken: outlets(32, 20),
    allowed: outlets(20.9, 20),
    ...now,
    says: /cold outlet is at 32 °C, the hot one at 20 °C/,
  },
  {
    key: 'frozen_sensor',
    action: 'stop',
    broken: answers({ frozen: { name: 'cell_3_C', value: 25, cycles: 10 } }),
    allowed: {},
    ...now,
    says: /cell_3_C has read exactly 25 for 10 cycles/,
  },
  {
    key: 'cycle_budget',
    action: 'stop',
    broken: budget(1001),
    allowed: budget(1000),
    ...now,
    says: /counted 1001 cycles, the budget of the specimen is 1000/,
  },
  {
    key: 'late_replies',
    action: 'warn',
    broken: answers({ waitedTicks: 16 }),
    allowed: answers({ waitedTicks: 15 }),
    ...now,
    says: /16 of 50 ticks .* allowed 15/,
  },
];
