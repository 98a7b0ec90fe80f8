import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { superelasticParameters } from '../../sim/machine/geometry.ts';
import { LoadTrain } from '../../sim/machine/load-train.ts';
import {
  type SuperelasticParameters,
  drivingForce,
  internalEnergy,
  strain,
} from '../../sim/material/superelastic.ts';
import { kilowatt } from './kilowatt.ts';

const device = kilowatt();
const law = superelasticParameters(device);
const T = 300;
type Force = typeof drivingForce;

/** The same law with the ½(1/E_M−1/E_A)σ² term left out of the driving force: the mistake this file must catch. */
const mutantForce: Force = (p, stress, temperature, xi) =>
  drivingForce(p, stress, temperature, xi) - 0.5 * p.complianceChange * stress * stress;

/** Stress at which X = target, by bisection: X grows with stress. */
function stressFor(force: Force, target: number, temperature: number, xi: number): number {
  let [low, high] = [0, 3e9];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (force(law, middle, temperature, xi) < target) low = middle;
    else high = middle;
  }
  return low;
}

/** ∮ σ dε of a full isothermal loop, ξ from 0 to 1 and back in n steps each, trapezoidal; converges as 1/n². */
function loopArea(force: Force, n: number): number {
  let area = 0;
  let last: [number, number] | undefined;
  for (let k = 0; k <= 2 * n; k++) {
    const xi = k <= n ? k / n : 2 - k / n;
    const targets =
      k === n ? [law.dissipation, -law.dissipation] : [k < n ? law.dissipation : -law.dissipation];
    for (const target of targets) {
      const stress = stressFor(force, target, T, xi);
      const point: [number, number] = [stress, strain(law, stress, T, xi)];
      if (last) area += 0.5 * (point[0] + last[0]) * (point[1] - last[1]);
      last = point;
    }
  }
  // the elastic way back from the end of unloading to the start of loading, at ξ = 0
  const start = stressFor(force, law.dissipation, T, 0);
  if (last) area += 0.5 * (start + last[0]) * (strain(law, start, T, 0) - last[1]);
  return area;
}

describe('the superelastic law', () => {
  it('encloses exactly the dissipated energy in an isothermal loop', () => {
    // trapezoid over a stress that is smooth in ξ: relative error about 1e-5 at n = 400
    expect(loopArea(drivingForce, 400) / (2 * law.dissipation)).toBeCloseTo(1, 4);
  });

  it('would not, without the compliance term in the driving force', () => {
    // ∮ ½ dS σ² dξ is some 5-15 % of 2Y here
    expect(Math.abs(loopArea(mutantForce, 400) / (2 * law.dissipation) - 1)).toBeGreaterThan(0.03);
  });

  it.each([0.2, 0.5, 0.8])(
    'has the Clausius-Clapeyron slope that follows from its constants, at ξ = %d',
    (xi) => {
      const h = 1e-3;
      const slope =
        (stressFor(drivingForce, law.dissipation, T + h, xi) -
          stressFor(drivingForce, law.dissipation, T - h, xi)) /
        (2 * h);
      const stress = stressFor(drivingForce, law.dissipation, T, xi);
      const expected = law.entropyChange / (law.transformationStrain + stress * law.complianceChange);
      // bisection resolves stress to 1e-6 Pa, the central difference adds O(h²)
      expect(slope / expected).toBeCloseTo(1, 6);
    },
  );

  it('derives strain, driving force and energy from one potential (Maxwell relations)', () => {
    const h = 1e3;
    for (const [stress, xi] of [
      [2e8, 0.3],
      [6e8, 0.7],
    ]) {
      const dX = (drivingForce(law, stress + h, T, xi) - drivingForce(law, stress - h, T, xi)) / (2 * h);
      const dE = (strain(law, stress, T, xi + 1e-6) - strain(law, stress, T, xi - 1e-6)) / 2e-6;
      expect(dX / dE).toBeCloseTo(1, 6);
      const mutant = (mutantForce(law, stress + h, T, xi) - mutantForce(law, stress - h, T, xi)) / (2 * h);
      expect(Math.abs(mutant / dE - 1)).toBeGreaterThan(0.05);
    }
  });
});

type Train = typeof LoadTrain;

function train(Make: Train): LoadTrain {
  const shape = { cells: 1, nodes: 1, cellLength: 0.1, area: 16e-6, frameStiffness: 1e12, multiplicity: 1 };
  return new Make(law, shape, 0.33, T);
}

/** ∮ F du per volume of a train kept at constant temperature, n steps each way to 5.2 % strain. */
function isothermalTrainArea(Make: Train, n: number): number {
  const t = train(Make);
  let area = 0;
  for (let k = 1; k <= 2 * n; k++) {
    const share = k <= n ? k / n : 2 - k / n;
    const [force, length] = [t.force, t.shortening];
    t.advance(0.1 * 0.052 * share);
    t.temperature.fill(T);
    area += 0.5 * (force + t.force) * (t.shortening - length);
  }
  return area / (0.1 * 16e-6);
}

describe('the load train', () => {
  it('obeys the law: every moving node sits on its branch, strain and energy are the law’s own', () => {
    const t = train(LoadTrain);
    let energy = internalEnergy(law, 0, T, 0);
    for (let k = 1; k <= 120; k++) {
      const before = [t.force, t.shortening, t.fraction[0]];
      t.advance(0.1 * 0.05 * (k <= 60 ? k / 60 : 2 - k / 60));
      const stress = t.force / 16e-6;
      const [temperature, xi] = [t.temperature[0], t.fraction[0]];
      const x = drivingForce(law, stress, temperature, xi);
      // the node solve leaves ξ within 1e-9 of the branch, X within 1e-9 of its stiffness (~1e7 J/m³)
      if (xi > before[2] && xi < 1) expect(x / law.dissipation).toBeCloseTo(1, 6);
      if (xi < before[2] && xi > 0) expect(x / law.dissipation).toBeCloseTo(-1, 6);
      expect(t.shortening).toBeCloseTo(0.1 * strain(law, stress, temperature, xi) + t.force / 1e12, 12);
      const work =
        (0.5 * (before[0] + t.force) * (t.shortening - before[1] - (t.force - before[0]) / 1e12)) /
        (0.1 * 16e-6);
      const next = internalEnergy(law, stress, temperature, xi);
      // first law: round-off of energies of 1e7 J/m³
      expect(Math.abs(next - energy - work)).toBeLessThan(1e-5);
      energy = next;
    }
    expect(Math.max(...t.fraction)).toBeLessThan(0.2);
  });

  it('encloses 2Y when it is held at constant temperature, and converges to it', () => {
    const error = (n: number) => isothermalTrainArea(LoadTrain, n) / (2 * law.dissipation) - 1;
    const [coarse, fine] = [error(400), error(1600)];
    expect(Math.abs(fine)).toBeLessThan(0.02);
    // adiabatic step, then back to T: first order in the step, so four times finer is about four times better
    expect(Math.abs(coarse / fine)).toBeGreaterThan(2.5);
  });

  it('fails this when the compliance term is taken out of its source', async () => {
    const source = readFileSync(new URL('../../sim/machine/load-train.ts', import.meta.url), 'utf8');
    const mutant = source
      .replace('0.5 * dS * stress * stress + ', '')
      .replace('../material/', new URL('../../sim/material/', import.meta.url).href);
    expect(mutant).not.toContain('0.5 * dS * stress * stress');
    const file = join(mkdtempSync(join(tmpdir(), 'mutant-')), 'load-train.ts');
    writeFileSync(file, mutant);
    const module = (await import(pathToFileURL(file).href)) as { LoadTrain: Train };
    expect(Math.abs(isothermalTrainArea(module.LoadTrain, 1600) / (2 * law.dissipation) - 1)).toBeGreaterThan(
      0.03,
    );
  });

  it('gains the entropy that the transformation produces, with an error that falls with the step', () => {
    const entropy = (t: LoadTrain, p: SuperelasticParameters) =>
      (p.heatCapacity * Math.log(t.temperature[0] / p.referenceTemperature) -
        (p.thermalExpansion * t.force) / 16e-6 -
        p.entropyChange * t.fraction[0]) *
      0.1 *
      16e-6;
    const error = (n: number) => {
      const t = train(LoadTrain);
      const start = entropy(t, law);
      for (let k = 1; k <= 2 * n; k++) t.advance(0.1 * 0.05 * (k <= n ? k / n : 2 - k / n));
      return (entropy(t, law) - start) / t.entropyProduced - 1;
    };
    const [coarse, fine] = [error(50), error(200)];
    expect(Math.abs(fine)).toBeLessThan(0.01);
    expect(Math.abs(coarse / fine)).toBeGreaterThan(2.5);
  });

  it('stays inside the corridor |X| ≤ Y on any path, and never heals by itself (X dξ ≥ 0)', () => {
    const t = train(LoadTrain);
    // a walk with minor loops: strokes in percent of the length
    let stroke = 0;
    for (const goal of [3.4, 2.1, 4.2, 3.0, 3.6, 1.2, 4.8, 0]) {
      const from = stroke;
      for (let k = 1; k <= 40; k++) {
        stroke = from + ((goal - from) * k) / 40;
        const xi = t.fraction[0];
        t.advance(0.1 * 0.01 * stroke);
        const x = drivingForce(law, t.force / 16e-6, t.temperature[0], t.fraction[0]);
        const moved = t.fraction[0] - xi;
        if (t.fraction[0] > 0 && t.fraction[0] < 1)
          expect(Math.abs(x) / law.dissipation).toBeLessThan(1 + 1e-6);
        expect(x * moved).toBeGreaterThanOrEqual(0);
      }
    }
    expect(t.fraction[0]).toBeLessThan(0.05);
  });

  it('never pulls: without stroke there is no force', () => {
    const t = train(LoadTrain);
    t.advance(0.004);
    expect(t.force).toBeGreaterThan(1000);
    t.advance(-0.001);
    expect(t.force).toBe(0);
  });
});
