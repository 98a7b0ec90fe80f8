import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { beforeAll, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { type VerificationCase, verify } from '../../sim/index.ts';
import { breakthrough } from '../../sim/study/verification/breakthrough.ts';
import { atLeast, atMost, near, observedOrder, runCheck } from '../../sim/study/verification/case.ts';
import { meanNusselt } from '../../sim/study/verification/graetz.ts';

import { kilowattPreset } from './kilowatt.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const command = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, 'verify', ...args], { encoding: 'utf8' });

describe('the cases of elastocool verify', () => {
  let cases: VerificationCase[] = [];
  beforeAll(() => {
    cases = verify([kilowattPreset({ gap_tolerance: '0' })]);
  }, 300_000);

  it('all hold', () => {
    expect(cases.filter(({ pass }) => !pass)).toEqual([]);
  });

  it('cover every subject, each with a name of its own, a tolerance and its reason', () => {
    expect(new Set(cases.map(({ subject }) => subject))).toEqual(
      new Set(['regenerator', 'breakthrough', 'thermal entry', 'material', 'machine', 'slopes', 'presets']),
    );
    expect(new Set(cases.map(({ name }) => name)).size).toBe(cases.length);
    for (const { error, allowed, pass, reason } of cases) {
      expect(pass).toBe(error <= allowed);
      // tolerances of zero are those of bounds
      expect(allowed).toBeLessThan(0.25);
      expect(reason.length).toBeGreaterThan(10);
    }
  });

  it('try the regenerator at eight points and more, from NTU 2 to 60 and utilization 0.05 to 1.2', () => {
    const points = cases.filter(({ name }) => name.includes('independent solution'));
    expect(points.length).toBeGreaterThanOrEqual(8);
    for (const corner of ['NTU 2, utilization 0.05', 'NTU 2, utilization 1.2', 'NTU 60, utilization 1.2'])
      expect(points.some(({ name }) => name.startsWith(corner))).toBe(true);
  });

  it('call published only what stands in the bibliography', () => {
    const file = new URL('../../fixtures/bibliography.yaml', import.meta.url);
    const known = Object.keys(parse(readFileSync(file, 'utf8')) as Record<string, unknown>);
    for (const { name, source } of cases) {
      if (source !== undefined) expect(known).toContain(source);
      if (name.includes('published')) expect(source).toBeDefined();
    }
  });

  it.each([
    { mode: 'tension', transformation_strain: '0.06', entropy_change: '60 J/(kg K)' },
    { equilibrium_temperature: '-60 degC', mean_temperature: '-5 degC' },
    { hysteresis_energy: '0.4 MJ/m^3', end_hardening: '0 MJ/m^3' },
    { hysteresis_energy: '12 MJ/m^3', linear_hardening: '2 MJ/m^3', equilibrium_temperature: '20 degC' },
  ])('of the law hold for other alloys: %j', (changes) => {
    const other = verify([kilowattPreset(changes)], { only: 'material: ' });
    other.push(...verify([kilowattPreset(changes)], { only: 'machine: ' }));
    expect(other.length).toBeGreaterThan(15);
    expect(other.filter(({ pass }) => !pass)).toEqual([]);
  });

  it('can be picked by a part of subject or name', () => {
    const seen: string[] = [];
    const picked = verify([kilowattPreset()], {
      only: 'DEAD',
      onCase: (done, total, name) => seen.push(`${done}/${total} ${name}`),
    });
    expect(picked.map(({ name }) => name.slice(0, 12))).toEqual(Array(3).fill('dead volumes'));
    expect(seen[0]).toBe(`0/${picked.length} ${picked[0].name}`);
  });

  it('fail where the error is larger than allowed, or is no number', () => {
    const judge = (finding: ReturnType<typeof near>) =>
      runCheck({ subject: 's', name: 'n', reason: 'r', measure: () => finding }).pass;
    expect(judge(near(1.01, 1, 0.02))).toBe(true);
    expect(judge(near(1.03, 1, 0.02))).toBe(false);
    expect(judge(near(Number.NaN, 1, 0.02))).toBe(false);
    expect(judge(atMost(1, 1))).toBe(true);
    expect(judge(atMost(1.001, 1))).toBe(false);
    expect(judge(atMost(Number.NaN, 1))).toBe(false);
    expect(judge(atLeast(-1e-9, 0))).toBe(false);
    // errors 0.9 h²
    expect(observedOrder([1 + 0.9, 1 + 0.225, 1 + 0.05625], 2)).toBeCloseTo(2, 12);
  });
});

describe('the references themselves', () => {
  it('Anzelius-Schumann: symmetric at Λ = η up to the Bessel term, monotone, 0 to 1', () => {
    // T(Λ, η) + T(η, Λ) = 1 + e^(−Λ−η) I₀(2√(Λη)); at Λ = η = 10: e^(−20) I₀(20) = 0.0897803
    expect(2 * breakthrough(10, 10) - 1).toBeCloseTo(0.0897803, 6);
    expect(breakthrough(10, 0.01)).toBeLessThan(1e-3);
    expect(breakthrough(10, 60)).toBeGreaterThan(0.999);
  });

  it('Graetz: twice the cells change nothing, and a thin layer does not know the other wall', () => {
    const graetz = [1e4, 300, 30];
    const [coarse, fine] = [meanNusselt(2, graetz, 150), meanNusselt(2, graetz, 300)];
    // second order in cells that crowd at the wall: 1e-4 at the shortest
    for (const [k, value] of fine.entries()) expect(Math.abs(coarse[k] / value - 1)).toBeLessThan(3e-4);
    // the layers of both walls meet about where Gz is 1e3; at 1e6 they are a tenth as thick
    const [one, two] = [meanNusselt(1, [1e6]), meanNusselt(2, [1e6])];
    expect(Math.abs(one[0] / two[0] - 1)).toBeLessThan(1e-3);
  });
});

describe('the command', () => {
  it('prints JSON of the promised shape', () => {
    const { stdout, stderr, status } = command('--only', 'exit at reduced time', '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const { cases } = JSON.parse(stdout) as { cases: VerificationCase[] };
    expect(cases.length).toBeGreaterThan(10);
    for (const one of cases) {
      expect(one.name).toBeTypeOf('string');
      for (const key of ['value', 'reference', 'error', 'allowed'] as const)
        expect(one[key]).toBeTypeOf('number');
      expect(one.pass).toBe(true);
    }
  });

  it('prints a table by subject and a summary', () => {
    const { stdout, status } = command('--only', 'dead volumes');
    expect(status).toBe(0);
    expect(stdout).toMatch(/value +reference +error +allowed\n\nmachine\n {2}dead volumes/);
    expect(stdout).toMatch(/All 3 cases hold: machine 3\/3\./);
  });

  it('says so where nothing is picked', () => {
    const { stdout, stderr, status } = command('--only', 'phlogiston');
    expect(stdout).toBe('');
    expect(stderr).toMatch(/--only phlogiston: no case has this/);
    expect(status).toBe(2);
  });
});
