/** The command as a stranger uses it. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import { calibratedPresetText } from '../../sim/command/calibrated-preset.ts';
import { loadPreset } from '../../sim/command/preset-file.ts';
import { solveOperatingPoint } from '../../sim/study/operating-point.ts';
import type { MeasurementTable } from '../../sim/study/calibration/measurement-table.ts';

const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
const directory = mkdtempSync(join(tmpdir(), 'calibrate-'));
afterAll(() => rmSync(directory, { recursive: true }));
const at = (name: string) => join(directory, name);
const calibrate = (...args: string[]) =>
  spawnSync(process.execPath, [PROGRAM, 'calibrate', ...args], { encoding: 'utf8' });

const QUICK = ['nodes=8', 'blow_steps=6', 'ramp_steps=4', 'courant=1'].flatMap((one) => ['--set', one]);
writeFileSync(
  at('run.csv'),
  'lift_K,cooling_power_W,cooling_power_W_sd\n0,76.0,1\n5,58.4,1\n10,39.9,1\n15,22.8,1\n20,4.7,1\n',
);

describe('elastocool calibrate', () => {
  const figure = at('fit.svg');
  const out = at('my-machine.yaml');
  const call = ['ljubljana-2022', '--data', at('run.csv'), '--fit', 'outer_gap', '--starts', '2', ...QUICK];
  const done = calibrate(...call, '--set', 'frequency=1.4 Hz', '--out', out, '--figure', figure);

  it('prints a report, and nothing on stderr where that is no terminal', () => {
    expect(done.stderr).toBe('');
    expect(done.status).toBe(0);
    expect(done.stdout).toMatch(
      /^ {2}channel\.outer_gap +0\.148 +0\.\d+ +0\.\d+ to 0\.\d+ +0\.1 to 0\.5 +mm$/m,
    );
    expect(done.stdout).toMatch(/^ {2}1 \(preset\) +0\.148 → 0\.\d+ .* converged$/m);
    expect(done.stdout).toMatch(/^chi²\/dof [\d.]+ with 4 degrees of freedom\.$/m);
    expect(done.stdout).toMatch(/^WARNING: the intervals hold only if/m);
    expect(done.stdout).toContain(`Written: ${out}`);
    expect(readFileSync(figure, 'utf8')).toMatch(/^<svg[\s\S]*fitted model[\s\S]*<\/svg>\s*$/);
  });

  it('writes a machine that simulates to the fit', () => {
    const { device, provenance, targets, claim } = loadPreset(out, new Map());
    expect(provenance['channel.outer_gap']).toMatchObject({ status: 'fitted', range: [1e-4, 5e-4] });
    expect(provenance['channel.outer_gap'].note).toMatch(/run\.csv; 95 % interval 0\.\d+ mm to 0\.\d+ mm$/);
    expect(device.recipe.frequency).toBe(1.4);
    expect(device.numerics.nodes).toBe(8);
    expect(targets).toEqual([]);
    expect(claim).toMatch(/^Calibrated, not validated/);
    const json = JSON.parse(calibrate(...call, '--set', 'frequency=1.4 Hz', '--json').stdout) as {
      parameters: Record<string, { value: number; interval_95: number[]; interval_ends: string[] }>;
      residuals: { line: number; model: number }[];
      chi_squared: number;
    };
    const fitted = json.parameters['channel.outer_gap_mm'];
    expect(fitted.value).toBeCloseTo(1e3 * device.channel.outer_gap, 8);
    expect(fitted.interval_ends).toEqual(['closed', 'closed']);
    const first = json.residuals.find(({ line }) => line === 4)?.model ?? 0;
    const again = solveOperatingPoint({ ...device, operation: { ...device.operation, lift: 10 } });
    // the fit stands at 1e-4 K of the steady state: 1e-4 K of some 15 W/K of blown capacity
    expect(again.cooling_power_W).toBeCloseTo(first, 2);
  });

  it('never writes over a file without --force', () => {
    const { status, stderr, stdout } = calibrate(...call, '--out', out);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toBe(
      `elastocool: --out: ${out} exists; give another name, or --force to write over it.\n`,
    );
  });

  it.each([
    [
      'a missing file',
      ['ljubljana-2022', '--data', at('none.csv'), '--fit', 'outer_gap'],
      'cannot be read; give the path of a CSV table.',
    ],
    [
      'an unknown machine',
      ['nobody', '--data', at('run.csv'), '--fit', 'outer_gap'],
      'there is no preset "nobody"',
    ],
    [
      'an unknown parameter',
      ['ljubljana-2022', '--data', at('run.csv'), '--fit', 'gap'],
      '--fit: gap is not a parameter; did you mean',
    ],
    [
      'a name that is no preset file',
      [...call, '--out', at('x.txt')],
      'is not the name of a preset file; let it end in .yaml.',
    ],
    ['a set column', [...call, '--set', 'lift=3 K'], '--set operation.lift: stands in'],
    [
      'an impossible machine',
      [...call, '--set', 'blow_duty=0.49'],
      'cannot be computed at any of the 2 starts',
    ],
  ])('says no to %s in one sentence', (_, args, sentence) => {
    const { status, stdout, stderr } = calibrate(...args);
    expect([status, stdout]).toEqual([2, '']);
    expect(stderr).toContain(sentence);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it('teaches by example', () => {
    const { stdout, status } = calibrate('--help');
    expect(status).toBe(0);
    for (const file of stdout.matchAll(/fixtures\/measurements\/[\w.-]+/g))
      expect(existsSync(fileURLToPath(new URL(`../../${file[0]}`, import.meta.url))), file[0]).toBe(true);
    expect(calibrate('ljubljana-2022', '--data', at('run.csv')).status).toBe(2);
    expect(calibrate(...call, '--starts', '0').status).toBe(2);
  });
});

describe('a calibrated preset', () => {
  it('gives a bank its own value', () => {
    const base = fileURLToPath(new URL('../../fixtures/presets/hkust-cascade-2024.yaml', import.meta.url));
    const preset = loadPreset('hkust-cascade-2024', new Map());
    const [{ name: bank }] = preset.device.layout.banks;
    const table = { fileName: 'run.csv', values: [[1]], lines: [2] } as unknown as MeasurementTable;
    const name = `${bank}.material.entropy_change`;
    const end = (value: number) => ({ value, end: 'crossed' as const });
    const parameter = { name, range: [28, 50] as const, preset: 34, value: 37.5, standardError: 1 };
    const out = at('cascade.yaml');
    const result = {
      parameters: [{ ...parameter, interval: [end(36), end(39)] as const }],
      warnings: [],
    } as unknown as Parameters<typeof calibratedPresetText>[1]['result'];
    writeFileSync(
      out,
      calibratedPresetText(out, { base, preset, set: { 'recipe.frequency': 0.8 }, table, result }),
    );
    const { device } = loadPreset(out, new Map());
    expect(device.layout.banks[0].material.entropy_change).toBe(37.5);
    expect(device.layout.banks[1]).toEqual(preset.device.layout.banks[1]);
    expect(device.layout.blows).toEqual(preset.device.layout.blows);
    expect(device.recipe.frequency).toBe(0.8);
  });
});
