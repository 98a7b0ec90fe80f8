/** The alloys of fixtures/alloys, their training and their life. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { superelasticParameters } from '../../sim/machine/geometry.ts';
import { listAlloys, loadAlloy } from '../../sim/command/alloy-file.ts';
import { UserError } from '../../sim/index.ts';
import { fatigueLife } from '../../sim/material/fatigue.ts';
import { SmoothLaw } from '../../sim/material/smooth-law.ts';
import {
  type SuperelasticParameters,
  branchStress,
  clausiusClapeyron,
} from '../../sim/material/superelastic.ts';
import { type Training, trained } from '../../sim/material/training.ts';
import { FULL, Path, alloy } from './law-path.ts';

const USUAL_TRAINING: Training = {
  residualStrain: 0.005,
  plateauDrop: 80e6,
  hysteresisShare: 0.4,
  cycles: 30,
};
const ROOM = 293.15;
const bibliography = parse(
  readFileSync(new URL('../../fixtures/bibliography.yaml', import.meta.url), 'utf8'),
) as Record<string, { sure: string }>;

/** Fall of temperature on full adiabatic unloading from equilibrium, K. */
function cooling(p: SuperelasticParameters, temperature: number): number {
  const path = new Path(new SmoothLaw(p, 1, temperature), true).walk(FULL, 400);
  expect(path.law.fraction[0]).toBe(1);
  const { law } = path;
  let stress = FULL;
  for (let k = 399; k >= 0; k--) {
    law.stress = stress;
    law.begin();
    stress = (FULL * k) / 400;
    law.stress = stress;
    law.attempt();
    law.accept();
  }
  expect(law.fraction[0]).toBe(0);
  return temperature - law.temperature[0];
}

/** Temperature above which the unloaded alloy is all austenite, K: X = −Y at ξ = 0. */
const austeniteFinish = (p: SuperelasticParameters) =>
  p.equilibriumTemperature + (p.dissipation + p.linearHardening + p.endHardening) / p.entropyChange;

describe('the alloys', () => {
  it('are these', () => {
    expect(listAlloys().toSorted()).toEqual(['niti-compression', 'niti-low-af', 'niti-tension', 'tinicu']);
  });

  it.each(listAlloys())('%s has a slope in the published band, and cools by 12 to 20 K', (key) => {
    const alloy = loadAlloy(key);
    const p = superelasticParameters(alloy);
    const { mode } = alloy.material;
    const [low, high] = mode === 'tension' ? [4, 7] : [8, 12];
    for (const target of [p.dissipation, -p.dissipation]) {
      const slope = clausiusClapeyron(p, branchStress(p, target, ROOM, 0.5)) / 1e6;
      expect(slope).toBeGreaterThan(low);
      expect(slope).toBeLessThan(high);
    }
    expect(cooling(p, ROOM)).toBeGreaterThan(12);
    expect(cooling(p, ROOM)).toBeLessThan(20);
    // superelastic at room temperature
    expect(austeniteFinish(p)).toBeLessThan(ROOM - 15);
  });

  it.each(listAlloys())('%s calls published only what has a source that was read', (key) => {
    for (const [name, entry] of Object.entries(loadAlloy(key).provenance)) {
      if (entry.source !== undefined) expect(bibliography, name).toHaveProperty(entry.source);
      if (entry.status === 'published' || entry.status === 'derived')
        expect(bibliography[entry.source ?? '']?.sure, name).toMatch(/[TP2]/);
    }
  });

  it('niti-low-af meets the two published figures it was made for', () => {
    const p = alloy('niti-low-af');
    expect(austeniteFinish(p) - 273.15).toBeCloseTo(-20.8, 1);
    expect(cooling(p, 273.15)).toBeCloseTo(16.3, 1);
  });

  it('tinicu cools by the 14.8 K it was fitted to', () => {
    // 0.1 K: the figure has three digits
    expect(Math.abs(cooling(alloy('tinicu'), ROOM) - 14.8)).toBeLessThan(0.1);
  });

  it('answers a name it does not know with those it knows', () => {
    expect(() => loadAlloy('steel')).toThrow(/no alloy "steel"; known are niti-/);
    expect(() => loadAlloy('steel')).toThrow(UserError);
  });
});

describe('training', () => {
  const p = alloy('niti-compression');
  const loading = (q: SuperelasticParameters) => branchStress(q, q.dissipation, ROOM, 0.5);
  const width = (q: SuperelasticParameters) => loading(q) - branchStress(q, -q.dissipation, ROOM, 0.5);

  it('changes nothing before the first cycle', () => {
    const { parameters, residualStrain } = trained(p, USUAL_TRAINING, 0);
    expect(residualStrain).toBe(0);
    expect(parameters.equilibriumTemperature).toBeCloseTo(p.equilibriumTemperature, 9);
    expect(parameters.dissipation).toBe(p.dissipation);
  });

  it('settles: plateau, hysteresis and residual strain approach what they are given', () => {
    const end = trained(p, USUAL_TRAINING, 1e6);
    expect(loading(p) - loading(end.parameters)).toBeCloseTo(USUAL_TRAINING.plateauDrop, 0);
    expect(end.parameters.dissipation / p.dissipation).toBeCloseTo(1 - USUAL_TRAINING.hysteresisShare, 12);
    expect(end.residualStrain).toBeCloseTo(USUAL_TRAINING.residualStrain, 12);
    expect(width(end.parameters)).toBeLessThan(width(p));
    // what the alloy is stays: slope and heat of transformation
    expect(end.parameters.entropyChange).toBe(p.entropyChange);
  });

  it('is done by a share of 1 − 1/e after its cycles, ever more slowly', () => {
    const strains = [0, 1, 2, 3].map((k) => trained(p, USUAL_TRAINING, 30 * k).residualStrain);
    expect(strains[1] / USUAL_TRAINING.residualStrain).toBeCloseTo(1 - Math.exp(-1), 12);
    const gains = strains.slice(1).map((s, k) => s - strains[k]);
    expect(gains[1] / gains[0]).toBeCloseTo(Math.exp(-1), 12);
    expect(gains[2]).toBeLessThan(gains[1]);
  });

  it('refuses what cannot be', () => {
    expect(() => trained(p, USUAL_TRAINING, -1)).toThrow(/give 0 or more/);
    expect(() => trained(p, { ...USUAL_TRAINING, plateauDrop: 900e6 }, 100)).toThrow(
      /plateau of \d+ MPa cannot drop by 900 MPa/,
    );
  });
});

describe('fatigue life', () => {
  it('meets the handbook points in tension and goes straight in logarithms between them', () => {
    for (const [strain, cycles] of [
      [0.04, 1e5],
      [0.06, 100],
      [0.08, 1],
    ]) {
      const life = fatigueLife('NiTi', 'tension', strain);
      expect((life.cycles ?? 0) / cycles).toBeCloseTo(1, 9);
      expect(life.kind).toBe('estimate');
    }
    // the geometric middle of the strains has the geometric middle of the lives
    const middle = fatigueLife('NiTi', 'tension', Math.sqrt(0.04 * 0.06));
    expect((middle.cycles ?? 0) / Math.sqrt(1e5 * 100)).toBeCloseTo(1, 9);
  });

  it('does not extrapolate: below it is a bound, beyond it says nothing', () => {
    const mild = fatigueLife('NiTi', 'tension', 0.02);
    expect([mild.cycles, mild.kind]).toEqual([1e5, 'lower bound']);
    expect(mild.sentence).toMatch(/at least/);
    expect(fatigueLife('NiTi', 'tension', 0.081)).toMatchObject({ cycles: null, kind: 'outside the data' });
    expect(fatigueLife('NiTi', 'compression', 0.03)).toMatchObject({
      cycles: 300_000,
      kind: 'lower bound',
      source: 'ljubljana-2022',
    });
    expect(fatigueLife('NiTi', 'compression', 0.05).cycles).toBeNull();
    expect(fatigueLife('TiNiCu', 'tension', 0.012)).toMatchObject({ cycles: 1e7, kind: 'lower bound' });
    expect(fatigueLife('TiNiCu', 'tension', 0.03).cycles).toBeNull();
    expect(() => fatigueLife('NiTi', 'tension', 0)).toThrow(UserError);
  });

  it('names sources that stand in the bibliography', () => {
    for (const life of [
      fatigueLife('NiTi', 'tension', 0.05),
      fatigueLife('NiTi', 'compression', 0.03),
      fatigueLife('TiNiCu', 'compression', 0.01),
    ])
      expect(bibliography[life.source ?? '']?.sure).toBe('T');
  });
});
