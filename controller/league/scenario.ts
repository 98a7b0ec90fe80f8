/** What every controller of the league goes through: the same house, the same disturbances, the same noise. */
import type { SceneStep } from '../protocol/lockstep-channel.ts';

export interface Scenario {
  readonly name: string;
  /** One line for people. */
  readonly what: string;
  /** Where the house starts, °C. */
  readonly start_C: number;
  readonly outdoor_C: number;
  /** What counts begins after so long, and how long that is, simulated s. */
  readonly before_s: number;
  readonly counted_s: number;
  readonly scene: readonly SceneStep[];
  readonly noise_K: number;
  /** What is different in the plant from what the controller's model believes, by key of the preset. */
  readonly changes: Readonly<Record<string, string>>;
}

const SETPOINT_C = 21.5;
/** People and lamps, W. */
const GUESTS_W = 120;
const STEADY = {
  start_C: SETPOINT_C,
  outdoor_C: 31,
  before_s: 900,
  counted_s: 1500,
  noise_K: 0,
  changes: {},
} as const;
const GUESTS: readonly SceneStep[] = [
  { at_s: 1000, heat_gain_W: GUESTS_W },
  { at_s: 1900, heat_gain_W: 0 },
];
/** A fifth more or less of everything that a house is fitted from. */
const house = (share: number): Readonly<Record<string, string>> => ({
  wall_transmittance: `${share} W/(m^2 K)`,
  wall_heat_capacity: `${3.2 * share} kJ/(m^2 K)`,
  cold_conductance: `${200 / share} W/K`,
  hot_conductance: `${500 / share} W/K`,
});

export const SCENARIOS: readonly Scenario[] = [
  {
    ...STEADY,
    name: 'pulldown',
    what: 'from 31 °C to the set-point',
    start_C: 31,
    before_s: 0,
    counted_s: 1800,
    scene: [],
  },
  { ...STEADY, name: 'load-step', what: `${GUESTS_W} W of guests come, and leave`, scene: GUESTS },
  {
    ...STEADY,
    name: 'hot-day',
    what: 'outdoors goes from 28 to 34 °C and back within two hours',
    outdoor_C: 28,
    counted_s: 7200,
    scene: [
      { at_s: 900, outdoor_C: 28 },
      { at_s: 4500, outdoor_C: 34 },
      { at_s: 8100, outdoor_C: 28 },
    ],
  },
  {
    ...STEADY,
    name: 'sensor-noise',
    what: 'the load step, with 0.1 K of noise on room and cold inlet',
    scene: GUESTS,
    noise_K: 0.1,
  },
  {
    ...STEADY,
    name: 'model-error-plus',
    what: 'the load step in a house a fifth leakier and heavier behind smaller coils',
    scene: GUESTS,
    changes: house(1.2),
  },
  {
    ...STEADY,
    name: 'model-error-minus',
    what: 'the load step in a house a fifth tighter and lighter behind larger coils',
    scene: GUESTS,
    changes: house(0.8),
  },
  {
    ...STEADY,
    name: 'degraded-tubes',
    what: 'the load step with tubes that have lost a fifth of their latent heat',
    scene: GUESTS,
    changes: { entropy_change: '35.2 J/(kg K)' },
  },
];
