/**
 * Verification as a product: closed forms, conservation and slopes, run on the production kernels where a user can see
 * them. Each case states what it is compared with and how far it may be off; the reasons stand beside the tolerances.
 */
import type { Preset } from '../config/device-config.ts';
import { PLATES } from '../fluid/correlation.ts';
import { superelasticParameters } from '../machine/geometry.ts';
import { LoadTrain } from '../machine/load-train.ts';
import { SmoothLaw } from '../material/smooth-law.ts';
import { type SuperelasticParameters, drivingForce } from '../material/superelastic.ts';
import { solveOperatingPoint } from './operating-point.ts';
import { solveRegenerator } from './regenerator.ts';
import { breakthrough, singleBlow } from './single-blow.ts';

export interface VerificationCase {
  name: string;
  value: number;
  reference: number;
  /** |value − reference| / |reference|; |value| where the reference is 0; what exceeds it where it is a bound. */
  error: number;
  allowed: number;
  pass: boolean;
}

const T = 300;
const LENGTH = 0.1;
const AREA = 16e-6;
/** Stroke, in strain, that completes the transformation of any alloy a preset may hold at 300 K. */
const FULL_STRAIN = 0.052;

/** All cases for a preset; `onCase` is called as each is done. */
export function verify(preset: Preset, onCase?: (name: string) => void): VerificationCase[] {
  const law = superelasticParameters(preset.device.layout.banks[0]);
  const cases: VerificationCase[] = [];
  const record = (name: string, value: number, reference: number, error: number, allowed: number) => {
    cases.push({ name, value, reference, error, allowed, pass: error <= allowed });
    onCase?.(name);
  };
  const add = (name: string, value: number, reference: number, allowed: number) =>
    record(name, value, reference, Math.abs(value - reference) / (Math.abs(reference) || 1), allowed);

  const regenerator = solveRegenerator(12, 0.1);
  // four digits are published
  add('passive regenerator, NTU 12, utilization 0.1 (published)', regenerator.effectiveness, 0.8559, 1e-4);
  // periodic to 1e-8 in temperature
  add(
    'passive regenerator, both sides alike',
    regenerator.effectiveness_cold,
    regenerator.effectiveness,
    1e-6,
  );
  for (const time of [5, 10, 15]) {
    // 320 nodes, hold-up extrapolated to none: second order in 1/320
    add(
      `single blow, NTU 10, exit at reduced time ${time} (Anzelius-Schumann)`,
      singleBlow(10, time),
      breakthrough(10, time),
      2e-3,
    );
  }
  // the blend n = 3.592 leaves the limit by (1.841/7.541)^n/n at Gz = 1e-3
  add('thermal entry, long gap: Nu', PLATES.nusselt(1, 1, 1e-3), 7.541, 1e-4);
  add('thermal entry, short gap: Nu / Gz^(1/3)', PLATES.nusselt(1000, 1000, 1000) / 1e3, 1.841, 1e-4);

  // isothermal in steps of adiabatic straining and return to T: first order, 0.4 % at 1600 steps as measured
  add(
    'isothermal loop: area / dissipated energy',
    isothermalArea(law, 1600) / (2 * law.dissipation),
    1,
    0.01,
  );
  const [low, high] = [T - 0.5, T + 0.5].map((temperature) => stressAtHalf(law, temperature));
  const middle = (low + high) / 2;
  const slope = law.entropyChange / (law.transformationStrain + middle * law.complianceChange);
  // the curvature of σ(T) over 1 K: (ΔT dS slope / (ε_t + σ dS))² / 24, some 1e-6
  add('Clausius-Clapeyron slope, MPa/K', (high - low) / 1e6, slope / 1e6, 1e-5);
  const reversible = adiabaticLoop({ ...law, dissipation: 0 }, 400);
  // without hysteresis unloading retraces loading; what is left is the trapezoid of 400 steps, second order
  add(
    'no hysteresis: net work of an adiabatic loop / loading work',
    reversible.net / reversible.loading,
    0,
    1e-4,
  );
  const irreversible = adiabaticLoop(law, 800);
  // the steps of 800 are second order in all but the ends of the plateaus; 2e-6 as measured
  add(
    'entropy gained / produced in an adiabatic loop',
    irreversible.entropy / irreversible.produced,
    1,
    1e-4,
  );

  const { device } = preset;
  const point = solveOperatingPoint(device);
  add(`${preset.key}: energy residual of a cycle`, point.energy_residual, 0, 1e-6);
  const carnot = (device.operation.mean_temperature - 5) / 10;
  const lifted = solveOperatingPoint({ ...device, operation: { ...device.operation, lift: 10 } });
  const share = (lifted.cop_device_full_recovery ?? 0) / carnot;
  record(
    `${preset.key}: COP at 10 K lift as a share of Carnot, at most 1`,
    share,
    1,
    Math.max(0, share - 1),
    0,
  );
  const power = (steps: number) =>
    solveOperatingPoint({ ...device, numerics: { ...device.numerics, blow_steps: steps, ramp_steps: steps } })
      .cooling_power_W;
  const [a, b, c] = [power(12), power(24), power(48)];
  // transport is second order, the kinetics (a corridor, followed implicitly) first: from 0.5 up the limit is reached
  add(`${preset.key}: order of convergence in time`, Math.log2((a - b) / (b - c)), 1, 0.5);
  return cases;
}

/** One cell of one node in a rigid frame. */
function specimen(parameters: SuperelasticParameters, temperature: number) {
  const alloy = new SmoothLaw(parameters, 1, temperature);
  return { alloy, train: new LoadTrain([{ law: alloy, area: AREA, nodeLength: LENGTH }], 1e12) };
}

/** ∮ σ dε at constant temperature, J/m³. */
function isothermalArea(law: SuperelasticParameters, steps: number): number {
  const { train: t, alloy } = specimen(law, T);
  let area = 0;
  for (let k = 1; k <= 2 * steps; k++) {
    const [force, length] = [t.force, t.shortening];
    t.advance(LENGTH * FULL_STRAIN * (k <= steps ? k / steps : 2 - k / steps));
    alloy.temperature.fill(T);
    area += 0.5 * (force + t.force) * (t.shortening - length);
  }
  return area / (LENGTH * AREA);
}

/** Stress on the forward branch at ξ = ½, met by straining slowly at constant temperature, Pa. */
function stressAtHalf(law: SuperelasticParameters, temperature: number): number {
  const { train: t, alloy } = specimen(law, temperature);
  const steps = 5000;
  for (let k = 1; k <= steps && alloy.fraction[0] < 0.5; k++) {
    t.advance((LENGTH * FULL_STRAIN * k) / steps);
    alloy.temperature.fill(temperature);
  }
  const stress = t.force / AREA;
  // from where the last step ended back to the branch at ξ = ½, along dX/dσ
  const excess = drivingForce(law, stress, temperature, 0.5) - law.dissipation;
  return stress - excess / (law.transformationStrain + stress * law.complianceChange);
}

function adiabaticLoop(law: SuperelasticParameters, steps: number) {
  const { train: t, alloy } = specimen(law, T);
  const entropy = () =>
    (law.heatCapacity * Math.log(alloy.temperature[0]) -
      (law.thermalExpansion * t.force) / AREA -
      law.entropyChange * alloy.fraction[0]) *
    LENGTH *
    AREA;
  const start = entropy();
  let net = 0;
  let loading = 0;
  for (let k = 1; k <= 2 * steps; k++) {
    const [force, length] = [t.force, t.shortening];
    t.advance(LENGTH * FULL_STRAIN * (k <= steps ? k / steps : 2 - k / steps));
    const work = 0.5 * (force + t.force) * (t.shortening - length);
    net += work;
    loading += Math.max(0, work);
  }
  return { net, loading, entropy: entropy() - start, produced: t.entropyProduced() };
}
