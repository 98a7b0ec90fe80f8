import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { plateTestCommand } from '../../sim/command/plate-test.ts';
import { LAW_KINDS, makeLaw } from '../../sim/material/make-law.ts';
import { xyFigure } from '../../sim/report/xy-figure.ts';
import {
  PUBLISHED_PLATE,
  USUAL_PLATE,
  calibratePlate,
  studyRates,
  testPlate,
} from '../../sim/study/plate-test.ts';
import { alloy } from './law-path.ts';

const p = alloy('niti-tension');

describe('the plate test', () => {
  it('meets the two published figures that the alloy was fitted to', () => {
    const { heating_K, cooling_K } = testPlate('smooth', p, PUBLISHED_PLATE.rate);
    expect(heating_K).toBeCloseTo(14, 1);
    expect(cooling_K).toBeCloseTo(-12.5, 1);
  });

  it('finds entropy and hysteresis again from elsewhere', () => {
    const away = { ...p, entropyChange: 0.85 * p.entropyChange, dissipation: 0.7 * p.dissipation };
    const found = calibratePlate(away);
    // the file gives four and three digits
    expect(found.entropyChange / p.entropyChange).toBeCloseTo(1, 3);
    expect(found.dissipation / p.dissipation).toBeCloseTo(1, 2);
  });

  it.each(LAW_KINDS)('is a plain adiabatic path of the %s law when it is fast enough', (kind) => {
    const law = makeLaw(kind, p, 5, 1, USUAL_PLATE.roomTemperature);
    const { heating_K, peak_stress_MPa } = testPlate(kind, p, 1e7);
    // the same law, stress-controlled to the same stress
    let stress = 0;
    for (let k = 1; k <= 400; k++) {
      law.stress = stress;
      law.begin();
      stress = (peak_stress_MPa * 1e6 * k) / 400;
      law.stress = stress;
      law.attempt();
      law.accept();
    }
    // steps differ, both first order: some 1e-3
    expect(heating_K / (law.temperature[0] - USUAL_PLATE.roomTemperature)).toBeCloseTo(1, 2);
    expect(law.strainSum).toBeCloseTo(USUAL_PLATE.strain, 4);
  });

  it('depends on rate times cooling time alone', () => {
    const slow = testPlate('smooth', p, 0.003, { ...USUAL_PLATE, coolingTime: 20 });
    const fast = testPlate('smooth', p, 0.006, { ...USUAL_PLATE, coolingTime: 10 });
    expect(slow.heating_K).toBeCloseTo(fast.heating_K, 9);
    expect(slow.cooling_K).toBeCloseTo(fast.cooling_K, 9);
  });

  it('is close to the balance of heat and loss when it is slow', () => {
    // T − room → heat rate × cooling time; the heat of the ramp, (adiabatic rise) × ρc, comes over less than the ramp
    const rate = 1e-5;
    const { heating_K } = testPlate('smooth', p, rate);
    const adiabatic = testPlate('smooth', p, 1e7).heating_K;
    const even = (adiabatic * USUAL_PLATE.coolingTime) / (USUAL_PLATE.strain / rate);
    expect(heating_K / even).toBeGreaterThan(1);
    expect(heating_K / even).toBeLessThan(2);
  });

  it.each(LAW_KINDS)('predicts with the %s law that it saturates below the published 0.1 1/s', (kind) => {
    const study = studyRates(kind, p, USUAL_PLATE, 4);
    const heating = study.points.map((x) => x.heating_K);
    const cooling = study.points.map((x) => -x.cooling_K);
    for (const values of [heating, cooling])
      for (let k = 1; k < values.length; k++) expect(values[k]).toBeGreaterThan(values[k - 1]);
    expect(study.rate_for_95_percent).toBeGreaterThan(0.01);
    expect(study.rate_for_95_percent).toBeLessThan(PUBLISHED_PLATE.adiabaticAbove);
  });
});

describe('elastocool plate-test', () => {
  afterEach(() => vi.restoreAllMocks());
  const run = (...args: string[]) => {
    let out = '';
    vi.spyOn(process.stdout, 'write').mockImplementation((text) => {
      out += String(text);
      return true;
    });
    plateTestCommand().parse(args, { from: 'user' });
    return out;
  };

  it('prints a table that says what is calibrated', () => {
    const out = run('--law', 'smooth');
    expect(out).toMatch(/smooth law: loading at 0\.33 1\/s\s+14\.0\d K/);
    expect(out).toMatch(/smooth law: unloading at 0\.33 1\/s\s+-12\.5\d K/);
    expect(out).toMatch(/Calibration, not verification/);
  });

  it('prints JSON and writes the figure', () => {
    const file = join(mkdtempSync(join(tmpdir(), 'plate-')), 'plate.svg');
    const result = JSON.parse(run('--json', '--figure', file)) as {
      claim: string;
      studies: { law: string; points: unknown[] }[];
    };
    expect(result.studies.map(({ law }) => law)).toEqual([...LAW_KINDS]);
    expect(result.studies[0].points.length).toBeGreaterThan(20);
    const svg = readFileSync(file, 'utf8');
    expect(svg).toMatch(/^<svg xmlns/);
    for (const word of ['strain rate (1/s)', 'smooth law', 'distributed law', 'brinson law', 'Calibration'])
      expect(svg).toContain(word);
  });

  it('says when the figure cannot be written', () => {
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation(() => true);
    run('--law', 'smooth', '--figure', '/nowhere/at/all.svg');
    expect(stderr.mock.calls[0][0]).toMatch(/--figure: \/nowhere\/at\/all.svg cannot be written/);
    expect(process.exitCode).toBe(2);
    process.exitCode = 0;
  });
});

describe('an XY figure', () => {
  const figure = {
    title: 'a < b & c',
    x: { label: 'rate', unit: '1/s', scale: 'log', domain: [0.01, 100] },
    y: { label: 'power', unit: 'W', domain: [0, 10] },
    series: [
      { kind: 'line', label: 'one', x: [0.01, 1, 100], y: [0, 5, 10] },
      { kind: 'band', x: [0.1, 10], low: [1, 1], high: [2, 2] },
      { kind: 'points', label: 'measured', x: [1], y: [5], low: [4], high: [6] },
    ],
  } as const;
  const svg = xyFigure(figure);

  it('puts data where the axes say', () => {
    // 720 × 460, left 68, right 24, top 44, bottom 460 − 52 − one row of legend 18 = 390: the middle of both axes
    const middle = { x: (68 + 696) / 2, y: (44 + 390) / 2 };
    expect(svg).toContain(`<path d="M68,390L${middle.x},${middle.y}L696,44" fill="none"`);
    expect(svg).toContain(`<circle cx="${middle.x}" cy="${middle.y}"`);
    // the error bar: 4 to 6 of 10 over 346 px
    expect(svg).toContain(`M${middle.x},251.6V182.4`);
    expect(svg).toContain('>rate (1/s)<');
    expect(svg).toContain('a &lt; b &amp; c');
  });

  it('draws bands under everything else, and is the same to the last byte', () => {
    expect(svg.indexOf('fill-opacity="0.14"')).toBeLessThan(svg.indexOf('M68,390L'));
    expect(xyFigure(figure)).toBe(svg);
    expect(svg).not.toMatch(/NaN|undefined|Infinity/);
  });

  it('breaks a line where there is no value', () => {
    const broken = xyFigure({
      ...figure,
      x: { label: 'x', unit: '' },
      series: [{ kind: 'line', x: [0, 1, 2, 3, 4], y: [1, 2, Number.NaN, 4, 5] }],
    });
    expect(broken.match(/d="M[^"]*M[^"]*" fill="none" stroke="#0072b2"/)).not.toBeNull();
    expect(broken).not.toContain('NaN');
  });

  it('refuses what it cannot draw', () => {
    const empty = { ...figure, x: { label: 'x', unit: '', scale: 'log' as const } };
    expect(() => xyFigure({ ...empty, series: [{ kind: 'line', x: [-1, 0], y: [1, 2] }] })).toThrow(
      /nothing to draw on the axis "x"/,
    );
  });
});
