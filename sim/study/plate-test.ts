/**
 * A thin plate pulled, held and let go in still air, at strain rates from isothermal to adiabatic: what Tusek,
 * Engelbrecht and Pryds did (dtu-plate-2016). One lump of alloy, strained evenly, loses heat to air and grips through
 * one time constant; real plates transform in bands that travel, so that their slow rates heat locally: this is an
 * average over the plate.
 *
 * Of what the test published, +14 K on loading and −12.5 K on unloading at 0.33 1/s are met by two numbers of the
 * alloy, its entropy and its hysteresis: a calibration, not a verification. What the model predicts is how these fall
 * at slower rates, to be held against "adiabatic above 0.1 1/s".
 */
import { LoadTrain } from '../machine/load-train.ts';
import { type LawKind, makeLaw } from '../material/make-law.ts';
import type { SuperelasticParameters } from '../material/superelastic.ts';

/** Published (dtu-plate-2016): temperature changes on loading and unloading, K, at this strain and rate, 1/s. */
export const PUBLISHED_PLATE = {
  heating: 14,
  cooling: -12.5,
  strain: 0.042,
  rate: 0.33,
  adiabaticAbove: 0.1,
};

/**
 * Time constant of the heat loss to air and grips, s, assumed. Still air (10 to 15 W/(m² K) with radiation, both faces
 * of 0.2 mm) alone gives 21 to 32 s, grips 25 mm apart alone L²/(π² a) = 16 s: together about 10.
 */
export const PLATE_COOLING_TIME = { value: 10, low: 5, high: 20 };

export interface PlateTest {
  /** Room and plate at the start, K. */
  readonly roomTemperature: number;
  readonly strain: number;
  /** s */
  readonly coolingTime: number;
  /** Only the distributed law has elements. */
  readonly elements: number;
}

export const USUAL_PLATE: PlateTest = {
  roomTemperature: 293.15,
  strain: PUBLISHED_PLATE.strain,
  coolingTime: PLATE_COOLING_TIME.value,
  elements: 5,
};

export interface PlatePoint {
  /** 1/s */
  rate: number;
  /** Largest rise of temperature while it is loaded, K. */
  heating_K: number;
  /** Largest fall while it is unloaded from equilibrium, K, negative. */
  cooling_K: number;
  peak_stress_MPa: number;
}

const STEPS = 400;
/** Heat is exchanged with the room until this is left, K. */
const EQUILIBRIUM = 1e-3;
/** Any size gives the same temperatures; m and m². */
const LENGTH = 0.025;
const AREA = 1e-6;
const RIGID = 1e12;

/** Loads to `strain` at `rate` (1/s), holds to equilibrium, unloads at the same rate. */
export function testPlate(
  kind: LawKind,
  alloy: SuperelasticParameters,
  rate: number,
  test: PlateTest = USUAL_PLATE,
): PlatePoint {
  const { roomTemperature: room, strain, coolingTime } = test;
  const law = makeLaw(kind, alloy, test.elements, 1, room);
  const train = new LoadTrain([{ law, area: AREA, nodeLength: LENGTH }], RIGID);
  const dt = strain / rate / STEPS;
  const lose = (time: number) => {
    law.temperature[0] += (room - law.temperature[0]) * -Math.expm1(-time / coolingTime);
  };
  const free = train.shortening;
  let [heating, cooling, stress] = [0, 0, 0];
  const ramp = (from: number, to: number) => {
    for (let k = 1; k <= STEPS; k++) {
      lose(0.5 * dt);
      train.advance(free + LENGTH * (from + ((to - from) * k) / STEPS));
      lose(0.5 * dt);
      heating = Math.max(heating, law.temperature[0] - room);
      cooling = Math.min(cooling, law.temperature[0] - room);
      stress = Math.max(stress, train.stress);
    }
  };
  ramp(0, strain);
  for (let k = 0; Math.abs(law.temperature[0] - room) > EQUILIBRIUM && k < 10_000; k++) {
    lose(0.1 * coolingTime);
    train.advance(free + LENGTH * strain);
  }
  const loadingHeat = heating;
  cooling = 0;
  ramp(strain, 0);
  return { rate, heating_K: loadingHeat, cooling_K: cooling, peak_stress_MPa: stress / 1e6 };
}

export interface RateStudy {
  law: LawKind;
  cooling_time_s: number;
  points: PlatePoint[];
  /** Slowest rate, 1/s, from which 95 % of the adiabatic change is kept, loading and unloading; to hold against 0.1. */
  rate_for_95_percent: number;
}

/** `count` rates a decade from 1e-4 to 1 1/s. */
export function studyRates(
  kind: LawKind,
  alloy: SuperelasticParameters,
  test: PlateTest = USUAL_PLATE,
  count = 8,
): RateStudy {
  const points: PlatePoint[] = [];
  for (let k = 0; k <= 4 * count; k++) points.push(testPlate(kind, alloy, 10 ** (k / count - 4), test));
  const slowest = slowestAdiabaticRate(kind, alloy, test);
  return { law: kind, cooling_time_s: test.coolingTime, points, rate_for_95_percent: slowest };
}

/** Slowest rate, 1/s, that keeps 95 % of the adiabatic changes, of loading and of unloading; at most 1. */
export function slowestAdiabaticRate(
  kind: LawKind,
  alloy: SuperelasticParameters,
  test: PlateTest = USUAL_PLATE,
): number {
  const adiabatic = testPlate(kind, alloy, 1e6, test);
  const enough = (p: PlatePoint) =>
    Math.min(p.heating_K / adiabatic.heating_K, p.cooling_K / adiabatic.cooling_K) - 0.95;
  let [low, high] = [1e-4, 1];
  for (let k = 0; k < 20; k++) {
    const middle = Math.sqrt(low * high);
    if (enough(testPlate(kind, alloy, middle, test)) < 0) low = middle;
    else high = middle;
  }
  return high;
}

export interface PlateReport {
  claim: string;
  published: typeof PUBLISHED_PLATE;
  studies: RateStudy[];
  /** The first law again, at the ends of the range of the assumed cooling time. */
  cooling_time_band: { fast: RateStudy; slow: RateStudy };
  /** The two numbers of the smooth law that meet both published figures, the rest of the alloy as it is. */
  fitted: { entropy_change_MJ_per_m3_K: number; hysteresis_energy_MJ_per_m3: number };
}

const CLAIM =
  'Calibration, not verification: entropy and hysteresis of the alloy were fitted to the published +14 / −12.5 K at 0.33 1/s. Only the rate dependence predicts, to be held against "adiabatic above 0.1 1/s"; it rests on an assumed cooling time of the plate.';

/** @param kinds at least one */
export function reportPlate(kinds: readonly LawKind[], alloy: SuperelasticParameters): PlateReport {
  const fitted = calibratePlate(alloy);
  const at = (coolingTime: number) => studyRates(kinds[0], alloy, { ...USUAL_PLATE, coolingTime });
  return {
    claim: CLAIM,
    published: PUBLISHED_PLATE,
    studies: kinds.map((kind) => studyRates(kind, alloy)),
    cooling_time_band: { fast: at(PLATE_COOLING_TIME.low), slow: at(PLATE_COOLING_TIME.high) },
    fitted: {
      entropy_change_MJ_per_m3_K: fitted.entropyChange / 1e6,
      hysteresis_energy_MJ_per_m3: (2 * fitted.dissipation) / 1e6,
    },
  };
}

/**
 * Entropy and dissipation of `alloy` changed until the smooth law meets the published +14 and −12.5 K: two numbers for
 * two figures, by Newton with a difference quotient. This is how fixtures/alloys/niti-tension.yaml was fitted.
 */
export function calibratePlate(
  alloy: SuperelasticParameters,
  test: PlateTest = USUAL_PLATE,
): SuperelasticParameters {
  const missed = (p: SuperelasticParameters): [number, number] => {
    const { heating_K, cooling_K } = testPlate('smooth', p, PUBLISHED_PLATE.rate, test);
    return [heating_K - PUBLISHED_PLATE.heating, cooling_K - PUBLISHED_PLATE.cooling];
  };
  const scaled = (p: SuperelasticParameters, entropy: number, dissipation: number) => ({
    ...p,
    entropyChange: p.entropyChange * entropy,
    dissipation: p.dissipation * dissipation,
  });
  let p = alloy;
  for (let k = 0; k < 20; k++) {
    const [a, b] = missed(p);
    if (Math.hypot(a, b) < 1e-4) return p;
    const h = 1e-3;
    const [aS, bS] = missed(scaled(p, 1 + h, 1)).map((v, i) => (v - [a, b][i]) / h);
    const [aY, bY] = missed(scaled(p, 1, 1 + h)).map((v, i) => (v - [a, b][i]) / h);
    const determinant = aS * bY - aY * bS;
    p = scaled(p, 1 - (a * bY - b * aY) / determinant, 1 - (b * aS - a * bS) / determinant);
  }
  throw new RangeError('no entropy and dissipation give the published temperature changes');
}
