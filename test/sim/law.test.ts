/** The smooth law: its formulas, and the loop that steps it inside a load train. */
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { LoadTrain } from '../../sim/machine/load-train.ts';
import { SmoothLaw } from '../../sim/material/smooth-law.ts';
import {
  branchStress,
  clausiusClapeyron,
  drivingForce,
  internalEnergy,
  strain,
} from '../../sim/material/superelastic.ts';
import { T, alloy } from './law-path.ts';

const p = alloy('niti-compression');
type Force = typeof drivingForce;

/** The same law with the ½(1/E_M−1/E_A)σ² term left out of the driving force: the mistake this file must catch. */
const mutantForce: Force = (q, stress, temperature, xi) =>
  drivingForce(q, stress, temperature, xi) - 0.5 * q.complianceChange * stress * stress;

/** Stress at which X = target, by bisection: X grows with stress. */
function stressFor(force: Force, target: number, temperature: number, xi: number): number {
  let [low, high] = [0, 3e9];
  for (let i = 0; i < 100; i++) {
    const middle = (low + high) / 2;
    if (force(p, middle, temperature, xi) < target) low = middle;
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
    const targets = k === n ? [p.dissipation, -p.dissipation] : [k < n ? p.dissipation : -p.dissipation];
    for (const target of targets) {
      const stress = stressFor(force, target, T, xi);
      const point: [number, number] = [stress, strain(p, stress, T, xi)];
      if (last) area += 0.5 * (point[0] + last[0]) * (point[1] - last[1]);
      last = point;
    }
  }
  // the elastic way back from the end of unloading to the start of loading, at ξ = 0
  const start = stressFor(force, p.dissipation, T, 0);
  if (last) area += 0.5 * (start + last[0]) * (strain(p, start, T, 0) - last[1]);
  return area;
}

describe('the superelastic law', () => {
  it('encloses exactly the dissipated energy in an isothermal loop', () => {
    // trapezoid over a stress that is smooth in ξ: relative error about 1e-5 at n = 400
    expect(loopArea(drivingForce, 400) / (2 * p.dissipation)).toBeCloseTo(1, 4);
  });

  it('would not, without the compliance term in the driving force', () => {
    // ∮ ½ dS σ² dξ is some 5-15 % of 2Y here
    expect(Math.abs(loopArea(mutantForce, 400) / (2 * p.dissipation) - 1)).toBeGreaterThan(0.03);
  });

  it.each([0.2, 0.5, 0.8])('has its branch stress and slope in closed form, at ξ = %d', (xi) => {
    for (const target of [p.dissipation, -p.dissipation]) {
      const stress = stressFor(drivingForce, target, T, xi);
      // bisection resolves stress to 1e-6 Pa, the central difference adds O(h²)
      expect(branchStress(p, target, T, xi) / stress).toBeCloseTo(1, 10);
      const h = 1e-3;
      const slope =
        (stressFor(drivingForce, target, T + h, xi) - stressFor(drivingForce, target, T - h, xi)) / (2 * h);
      expect(slope / clausiusClapeyron(p, stress)).toBeCloseTo(1, 6);
    }
    const linear = { ...p, complianceChange: 0 };
    const stress = branchStress(linear, p.dissipation, T, xi);
    expect(drivingForce(linear, stress, T, xi) / p.dissipation).toBeCloseTo(1, 10);
  });

  it('derives strain, driving force and energy from one potential (Maxwell relations)', () => {
    const h = 1e3;
    for (const [stress, xi] of [
      [2e8, 0.3],
      [6e8, 0.7],
    ]) {
      const dX = (drivingForce(p, stress + h, T, xi) - drivingForce(p, stress - h, T, xi)) / (2 * h);
      const dE = (strain(p, stress, T, xi + 1e-6) - strain(p, stress, T, xi - 1e-6)) / 2e-6;
      expect(dX / dE).toBeCloseTo(1, 6);
      const mutant = (mutantForce(p, stress + h, T, xi) - mutantForce(p, stress - h, T, xi)) / (2 * h);
      expect(Math.abs(mutant / dE - 1)).toBeGreaterThan(0.05);
    }
  });
});

const AREA = 16e-6;
const LENGTH = 0.1;

function made(Make: typeof SmoothLaw = SmoothLaw) {
  const law = new Make(p, 1, T);
  return { law, train: new LoadTrain([{ law, area: AREA, nodeLength: LENGTH }], 1e12) };
}

/** ∮ F du per volume of a train kept at constant temperature, n steps each way to 5.2 % strain. */
function isothermalTrainArea(Make: typeof SmoothLaw, n: number): number {
  const { law, train } = made(Make);
  let area = 0;
  for (let k = 1; k <= 2 * n; k++) {
    const share = k <= n ? k / n : 2 - k / n;
    const [force, length] = [train.force, train.shortening];
    train.advance(LENGTH * 0.052 * share);
    law.temperature.fill(T);
    area += 0.5 * (force + train.force) * (train.shortening - length);
  }
  return area / (LENGTH * AREA);
}

describe('the load train with it', () => {
  it('obeys the law: every moving node sits on its branch, strain and energy are the law’s own', () => {
    const { law, train } = made();
    let energy = internalEnergy(p, 0, T, 0);
    let most = 0;
    for (let k = 1; k <= 120; k++) {
      const before = [train.force, train.shortening, law.fraction[0]];
      train.advance(LENGTH * 0.05 * (k <= 60 ? k / 60 : 2 - k / 60));
      const stress = train.force / AREA;
      const [temperature, xi] = [law.temperature[0], law.fraction[0]];
      const x = drivingForce(p, stress, temperature, xi);
      // the node solve leaves ξ within 1e-9 of the branch, X within 1e-9 of its stiffness (~1e7 J/m³)
      if (xi > before[2] && xi < 1) expect(x / p.dissipation).toBeCloseTo(1, 6);
      if (xi < before[2] && xi > 0) expect(x / p.dissipation).toBeCloseTo(-1, 6);
      expect(train.shortening).toBeCloseTo(
        LENGTH * strain(p, stress, temperature, xi) + train.force / 1e12,
        12,
      );
      const work =
        (0.5 *
          (before[0] + train.force) *
          (train.shortening - before[1] - (train.force - before[0]) / 1e12)) /
        (LENGTH * AREA);
      const next = internalEnergy(p, stress, temperature, xi);
      // first law: round-off of energies of 1e7 J/m³
      expect(Math.abs(next - energy - work)).toBeLessThan(1e-5);
      energy = next;
      most = Math.max(most, xi);
    }
    expect(most).toBe(1);
    expect(law.fraction[0]).toBeLessThan(0.2);
  });

  it('encloses 2Y when it is held at constant temperature, and converges to it', () => {
    const error = (n: number) => isothermalTrainArea(SmoothLaw, n) / (2 * p.dissipation) - 1;
    const [coarse, fine] = [error(400), error(1600)];
    expect(Math.abs(fine)).toBeLessThan(0.02);
    // adiabatic step, then back to T: first order in the step, so four times finer is about four times better
    expect(Math.abs(coarse / fine)).toBeGreaterThan(2.5);
  });

  it('fails this when the compliance term is taken out of its source', async () => {
    const source = readFileSync(new URL('../../sim/material/smooth-law.ts', import.meta.url), 'utf8');
    const mutant = source
      .replace('0.5 * dS * stress * stress + ', '')
      .replace('./superelastic.ts', new URL('../../sim/material/superelastic.ts', import.meta.url).href);
    expect(mutant).not.toContain('0.5 * dS * stress * stress');
    const file = join(mkdtempSync(join(tmpdir(), 'mutant-')), 'smooth-law.ts');
    writeFileSync(file, mutant);
    const module = (await import(pathToFileURL(file).href)) as { SmoothLaw: typeof SmoothLaw };
    const error = (n: number) => isothermalTrainArea(module.SmoothLaw, n) / (2 * p.dissipation) - 1;
    expect(Math.abs(error(1600))).toBeGreaterThan(0.03);
  });

  it('stays inside the corridor |X| ≤ Y on any path, and never heals by itself (X dξ ≥ 0)', () => {
    const { law, train } = made();
    // a walk with minor loops: strokes in percent of the length
    let stroke = 0;
    for (const goal of [3.0, 1.7, 3.4, 2.2, 2.8, 1.0, 4.6, 0]) {
      const from = stroke;
      for (let k = 1; k <= 40; k++) {
        stroke = from + ((goal - from) * k) / 40;
        const xi = law.fraction[0];
        train.advance(LENGTH * 0.01 * stroke);
        const x = drivingForce(p, train.force / AREA, law.temperature[0], law.fraction[0]);
        if (law.fraction[0] > 0 && law.fraction[0] < 1)
          expect(Math.abs(x) / p.dissipation).toBeLessThan(1 + 1e-6);
        expect(x * (law.fraction[0] - xi)).toBeGreaterThanOrEqual(0);
      }
    }
    expect(law.fraction[0]).toBeLessThan(0.05);
  });

  it('never pulls: without stroke there is no force', () => {
    const { train } = made();
    train.advance(0.004);
    expect(train.force).toBeGreaterThan(1000);
    train.advance(-0.001);
    expect(train.force).toBe(0);
  });
});
