/**
 * The superelastic law as it is stepped, for the alloys of the presets (their parameters under the smooth law): closed
 * forms of the isothermal loop and of the adiabatic limit, the slope dσ/dT, entropy.
 */
import type { Preset } from '../../config/device-config.ts';
import { superelasticParameters } from '../../machine/geometry.ts';
import { SmoothLaw } from '../../material/smooth-law.ts';
import { type SuperelasticParameters, drivingForce } from '../../material/superelastic.ts';
import { type Check, atLeast, extrapolated, near, once } from './case.ts';
import { Specimen, fullStrain, fullStress, heatedBy, workingTemperature } from './specimen.ts';

interface Alloy {
  readonly name: string;
  readonly law: SuperelasticParameters;
  /** Where it is tested, K. */
  readonly start: number;
}

/** Every alloy once, named after the first preset that has it. */
export function alloysOf(presets: readonly Preset[]): Alloy[] {
  const found = new Map<string, Alloy>();
  for (const { key, device } of presets) {
    const { banks } = device.layout;
    for (const bank of banks) {
      const law = superelasticParameters(bank);
      const start = workingTemperature(law, device.operation.mean_temperature);
      const identity = JSON.stringify([law, start]);
      const isMixed = banks.some((other) => !isSame(other, bank));
      if (!found.has(identity))
        found.set(identity, { name: isMixed ? `${key}/${bank.name}` : key, law, start });
    }
  }
  return [...found.values()];
}

const isSame = (a: Preset['device']['layout']['banks'][number], b: typeof a): boolean =>
  JSON.stringify(superelasticParameters(a)) === JSON.stringify(superelasticParameters(b));

export function materialChecks(presets: readonly Preset[]): Check[] {
  return alloysOf(presets).flatMap(alloyChecks);
}

function alloyChecks({ name, law, start }: Alloy): Check[] {
  const adiabatic = once(() => adiabaticByStress(law, start, 2000));
  const walk = once(() => minorLoops(law, start));
  const straining = once(() => adiabaticByStroke(law, start, 2000));
  const check = (what: string, reason: string, measure: Check['measure']): Check => ({
    subject: 'material',
    name: `alloy of ${name}: ${what}`,
    reason,
    measure,
  });
  const adiabaticReason =
    'implicit steps, 2000 of them: first order in the dissipation alone; the mean stress in the closed form, Y α Δσ/ρc²';
  return [
    check(
      'isothermal loop, area / dissipated energy',
      'adiabatic steps with a return to T: first order, so 800 and 1600 steps give the limit; what is left is their square',
      () => near(isothermalArea(law, start) / (2 * law.dissipation), 1, 2e-4),
    ),
    check(
      'Clausius-Clapeyron slope at ξ = ½, MPa/K',
      'the curvature of σ(T) over 1 K: (ΔT dS slope / (ε_t + σ dS))² / 24, some 1e-6',
      () => {
        const [low, high] = [start - 0.5, start + 0.5].map((temperature) => stressAtHalf(law, temperature));
        const middle = (low + high) / 2;
        const slope = law.entropyChange / (law.transformationStrain + middle * law.complianceChange);
        return near((high - low) / 1e6, slope / 1e6, 1e-5);
      },
    ),
    check('adiabatic loading, rise of temperature, K', adiabaticReason, () => adiabatic().loading),
    check('adiabatic unloading, fall of temperature, K', adiabaticReason, () => adiabatic().unloading),
    check('load train of one node, adiabatic loading, K', adiabaticReason, () => straining().loading),
    check('load train of one node, adiabatic unloading, K', adiabaticReason, () => straining().unloading),
    check(
      'minor loops, least X Δξ of a step / Y',
      'second law: the step ends with X on the side of its branch',
      () => atLeast(walk().leastDissipation, 0),
    ),
    check(
      'minor loops, largest |X| / Y of a node that can still transform',
      'kinetics: a step leaves ξ within 1e-9 of its branch, X within that times its stiffness, some 10 Y',
      () => near(walk().widest, 1, 1e-6),
    ),
    check(
      'no hysteresis, net work of an adiabatic loop / loading work',
      'without hysteresis unloading retraces loading step by step, up to the tolerance of the force, 1e-9 of strain',
      () => {
        const reversible = { ...law, dissipation: 0 };
        const specimen = new Specimen(reversible, start);
        specimen.loop(fullStrain(reversible, heatedBy(reversible, start)), 400);
        return near(specimen.work / specimen.loadingWork, 0, 1e-8);
      },
    ),
    check(
      'adiabatic loop, entropy gained / produced',
      'implicit steps, 2000 of them: first order where the transformation starts and ends, second elsewhere',
      () => straining().entropy,
    ),
  ];
}

/** ∮ σ dε at constant temperature, J/m³, in the limit of many steps. */
function isothermalArea(law: SuperelasticParameters, temperatureK: number): number {
  const area = (steps: number): number => {
    const specimen = new Specimen(law, temperatureK);
    specimen.loop(fullStrain(law, temperatureK), steps, () => specimen.touch(temperatureK));
    return specimen.work;
  };
  return extrapolated(area(800), area(1600), 1);
}

/** Stress on the forward branch at ξ = ½, met by straining slowly at constant temperature, Pa. */
function stressAtHalf(law: SuperelasticParameters, temperatureK: number): number {
  const specimen = new Specimen(law, temperatureK);
  const full = fullStrain(law, temperatureK);
  for (let k = 1; k <= 5000 && specimen.law.fraction[0] < 0.5; k++) {
    specimen.strainTo(full, k / 5000);
    specimen.touch(temperatureK);
  }
  // from where the last step ended back to the branch at ξ = ½, along dX/dσ
  const excess = drivingForce(law, specimen.stress, temperatureK, 0.5) - law.dissipation;
  return specimen.stress - excess / (law.transformationStrain + specimen.stress * law.complianceChange);
}

/** A walk in the strain with turns at shares of the full one; what the law itself says of each step's end. */
function minorLoops(law: SuperelasticParameters, start: number) {
  const specimen = new Specimen(law, start);
  const full = fullStrain(law, heatedBy(law, start));
  const { fraction } = specimen.law;
  let [share, leastDissipation, widest] = [0, Number.POSITIVE_INFINITY, 0];
  for (const goal of [0.65, 0.4, 0.8, 0.55, 0.7, 0.25, 0.9, 0]) {
    const from = share;
    for (let k = 1; k <= 40; k++) {
      share = from + ((goal - from) * k) / 40;
      const before = fraction[0];
      specimen.strainTo(full, share);
      const force = drivingForce(law, specimen.stress, specimen.temperatureK, fraction[0]) / law.dissipation;
      leastDissipation = Math.min(leastDissipation, force * (fraction[0] - before));
      if (fraction[0] > 0 && fraction[0] < 1) widest = Math.max(widest, Math.abs(force));
    }
  }
  return { leastDissipation, widest };
}

/** State at an end of an adiabatic path, and the stresses between which it transformed. */
interface End {
  readonly temperatureK: number;
  readonly fraction: number;
  readonly stress: number;
}

/**
 * Temperature after an adiabatic change of ξ by Δξ at |X| = Y, in closed form. From ρc dT = (ρΔs T + X) dξ + α T dσ
 * with φ = (ρΔs ξ + α σ)/ρc:  T' = e^Δφ [T + (Y/ρc) ∫ e^(φ₀−φ) |dξ|]. In the integral the stress stands at its mean.
 * Hardening does not appear: the balance of energy, in which it stands, must give the same.
 */
function adiabaticEnd(p: SuperelasticParameters, from: End, to: End): number {
  const change = to.fraction - from.fraction;
  const latent = p.entropyChange / p.heatCapacity;
  const elastic = (p.thermalExpansion * (to.stress - from.stress)) / p.heatCapacity;
  const integral = (1 - Math.exp(-latent * change)) / (latent * change);
  const dissipated = (p.dissipation / p.heatCapacity) * Math.abs(change) * integral * Math.exp(-elastic / 2);
  return Math.exp(latent * change + elastic) * (from.temperatureK + dissipated);
}

/** The law by itself, its stress rising to what completes the transformation and falling to nothing. */
function adiabaticByStress(p: SuperelasticParameters, start: number, steps: number) {
  const law = new SmoothLaw(p, 1, start);
  const peak = fullStress(p, heatedBy(p, start));
  const end = (stress: number): End => ({
    temperatureK: law.temperature[0],
    fraction: law.fraction[0],
    stress,
  });
  const ramp = (from: number, to: number): void => {
    for (let k = 1; k <= steps; k++) {
      law.stress = from + ((to - from) * (k - 1)) / steps;
      law.begin();
      law.stress = from + ((to - from) * k) / steps;
      law.attempt();
      law.accept();
    }
  };
  const ends = [end(0)];
  ramp(0, peak);
  ends.push(end(peak));
  ramp(peak, 0);
  ends.push(end(0));
  return riseAndFall(p, ends);
}

/** The same by a load train that is strained. */
function adiabaticByStroke(p: SuperelasticParameters, start: number, steps: number) {
  const specimen = new Specimen(p, start);
  const end = (): End => ({
    temperatureK: specimen.temperatureK,
    fraction: specimen.law.fraction[0],
    stress: specimen.stress,
  });
  const ends = [end()];
  specimen.loop(fullStrain(p, heatedBy(p, start)), steps, (k) => {
    if (k === steps || k === 2 * steps) ends.push(end());
  });
  const entropy = ({ temperatureK, stress, fraction }: End) =>
    p.heatCapacity * Math.log(temperatureK) - p.thermalExpansion * stress - p.entropyChange * fraction;
  return {
    ...riseAndFall(p, ends),
    entropy: near((entropy(ends[2]) - entropy(ends[0])) / specimen.produced, 1, 1e-4),
  };
}

/** Relative to the rise of a whole transformation, whatever was reached. */
function riseAndFall(p: SuperelasticParameters, [start, loaded, unloaded]: readonly End[]) {
  const scale = heatedBy(p, start.temperatureK) - start.temperatureK;
  // a path that ends before the transformation does is no test of it
  const whole = (from: End, to: End) =>
    Math.abs(to.fraction - from.fraction) === 1 ? to.temperatureK : Number.NaN;
  const difference = (from: End, to: End) =>
    near(whole(from, to) - from.temperatureK, adiabaticEnd(p, from, to) - from.temperatureK, 1e-4, scale);
  return { loading: difference(start, loaded), unloading: difference(loaded, unloaded) };
}
