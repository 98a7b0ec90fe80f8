/** Every kind of case can fail: the sources of `sim` are copied, one mistake is made in them, and the cases must see it. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterAll, describe, expect, it } from 'vitest';
import type { verify as Verify } from '../../sim/index.ts';
import { kilowattPreset } from './kilowatt.ts';

const ROOT = fileURLToPath(new URL('../../', import.meta.url));
const made: string[] = [];

afterAll(() => {
  for (const directory of made) rmSync(directory, { recursive: true });
});

interface Mistake {
  readonly name: string;
  /** Path below sim. */
  readonly file: string;
  readonly from: string | RegExp;
  readonly to: string;
  /** The cases that are run, and the one among them that must fail. */
  readonly only: string;
  readonly fails: RegExp;
}

const MISTAKES: readonly Mistake[] = [
  {
    name: 'upwind instead of van Leer, breakthrough',
    file: 'numerics/van-leer.ts',
    from: 'product > 0 ? here + (2 * half * product) / (behind + ahead) : here',
    to: 'here',
    only: 'NTU 20, exit',
    fails: /NTU 20, exit at reduced time 10/,
  },
  {
    name: 'upwind instead of van Leer, regenerator',
    file: 'numerics/van-leer.ts',
    from: 'product > 0 ? here + (2 * half * product) / (behind + ahead) : here',
    to: 'here',
    only: 'NTU 20, utilization 0.5',
    fails: /independent solution/,
  },
  {
    name: 'upwind instead of van Leer, slope of the cooling power',
    file: 'numerics/van-leer.ts',
    from: 'product > 0 ? here + (2 * half * product) / (behind + ahead) : here',
    to: 'here',
    only: 'order in nodes',
    fails: /cooling power .* order in nodes/,
  },
  {
    name: 'backward Euler instead of the exact exchange, regenerator',
    file: 'numerics/exchange.ts',
    from: /return \(-other \/ total\) \* Math\.expm1\(.*\);/,
    to: 'const x = (conductance * dt * total) / (own * other); return ((other / total) * x) / (1 + x);',
    only: 'NTU 60, utilization 0.5',
    fails: /independent solution/,
  },
  {
    name: 'backward Euler instead of the exact exchange, slope of a blow',
    file: 'numerics/exchange.ts',
    from: /return \(-other \/ total\) \* Math\.expm1\(.*\);/,
    to: 'const x = (conductance * dt * total) / (own * other); return ((other / total) * x) / (1 + x);',
    only: 'single blow, NTU 20',
    fails: /order in nodes/,
  },
  {
    name: 'no ½(1/E_M − 1/E_A)σ² in the driving force',
    file: 'material/smooth-law.ts',
    from: '0.5 * dS * stress * stress + ',
    to: '',
    only: 'isothermal loop',
    fails: /isothermal loop/,
  },
  {
    name: 'no ½(1/E_M − 1/E_A)σ² in the driving force, adiabatic limit',
    file: 'material/smooth-law.ts',
    from: '0.5 * dS * stress * stress + ',
    to: '',
    only: 'material',
    fails: /adiabatic loading/,
  },
  {
    name: 'hardening left out of the energy',
    file: 'material/smooth-law.ts',
    from: 'const whole = own + 0.25 * z * z * (a + 0.5 * b * z * z);',
    to: 'const whole = own;',
    only: 'material',
    fails: /adiabatic/,
  },
  {
    name: 'hysteresis on the way to martensite only',
    file: 'material/smooth-law.ts',
    from: '- (driving > y ? y : -y);',
    to: '- (driving > y ? y : 0);',
    only: 'material',
    fails: /minor loops/,
  },
  {
    name: 'work of a step by the force at its end',
    file: 'machine/machine.ts',
    from: 'const work = 0.5 * (force + train.force) * (train.shortening - shortening);',
    to: 'void force; const work = train.force * (train.shortening - shortening);',
    only: 'energy of every step',
    fails: /energy of every step/,
  },
  {
    name: 'flow of a step taken at its end instead of its middle',
    file: 'cycle-schedule.ts',
    from: 'const since = wrap(end - shares[i] / 2 - windows[b].opens);',
    to: 'const since = wrap(end - windows[b].opens);',
    only: 'cooling power',
    fails: /order in time/,
  },
  {
    name: 'a fifth of the thickness of a plate as its conduction path instead of a sixth',
    file: 'machine/bank.ts',
    from: 'isPlate || this.passagesPerCell === 2 ? 6 : 3',
    to: 'isPlate || this.passagesPerCell === 2 ? 5 : 3',
    only: 'never strained',
    fails: /never strained/,
  },
  {
    name: 'first dead volume not mixed',
    file: 'machine/bank.ts',
    from: 'const inlet = enteringK + above * headerMean[cell];',
    to: 'const inlet = enteringK;',
    only: 'dead volumes',
    fails: /washed by 1 of them/,
  },
  {
    name: 'dead volume that gives half of what it loses',
    file: 'machine/bank.ts',
    from: 'firstHeader[cell] -= above * headerLoss[cell];',
    to: 'firstHeader[cell] -= 0.5 * above * headerLoss[cell];',
    only: 'energy of every step',
    fails: /energy of every step/,
  },
  {
    name: 'a cycle that skips its last step',
    file: 'study/steady-state.ts',
    from: 'i < schedule.steps;',
    to: 'i < schedule.steps - 1;',
    only: 'presets',
    fails: /time of a cycle/,
  },
  {
    name: 'steps of int(interval / dt)',
    file: 'cycle-schedule.ts',
    from: 'shares.push(length / count);',
    to: 'shares.push(length / (count + 1));',
    only: 'presets',
    fails: /fluid that all blows move/,
  },
  {
    name: 'housing loss not booked',
    file: 'machine/machine.ts',
    from: 'this.lossJ += banks[k].loseHeat',
    to: 'this.lossJ += 0 * banks[k].loseHeat',
    only: 'first law',
    fails: /first law/,
  },
  {
    name: 'enthalpy from the cold port counted a thousandth too high',
    file: 'machine/circuit.ts',
    from: "if (blow.from === 'cold') this.books.coolingJ += carriedIn;",
    to: "if (blow.from === 'cold') this.books.coolingJ += 1.001 * carriedIn;",
    only: 'first law',
    fails: /first law/,
  },
  {
    name: 'a gap with an inert wall that exchanges as if both were active',
    file: 'fluid/correlation.ts',
    from: /NUSSELT_ONE_SIDED(?=\))|4\.861(?=, 1\.841)/,
    to: '7.541',
    only: 'one wall inert',
    fails: /Gz 10 /,
  },
  {
    name: 'hysteresis that is not there',
    file: 'material/smooth-law.ts',
    from: 'const y = p.dissipation;',
    to: 'const y = p.dissipation + 1e5;',
    only: 'without hysteresis',
    fails: /Carnot\)/,
  },
];

/** Copies `sim` with a mistake in it; returns its directory. */
function mutate({ file, from, to }: Mistake): string {
  const directory = mkdtempSync(join(tmpdir(), 'mutant-'));
  made.push(directory);
  cpSync(join(ROOT, 'sim'), join(directory, 'sim'), {
    recursive: true,
    // it extends one that is not copied
    filter: (path) => !path.endsWith('tsconfig.json'),
  });
  for (const linked of ['node_modules', 'fixtures']) symlinkSync(join(ROOT, linked), join(directory, linked));
  const path = join(directory, 'sim', file);
  const source = readFileSync(path, 'utf8');
  const mutant = source.replace(from, to);
  expect(mutant, 'the mistake could not be made: its line has changed').not.toBe(source);
  writeFileSync(path, mutant);
  writeFileSync(join(directory, 'package.json'), '{"type":"module"}');
  return directory;
}

describe('elastocool verify sees', () => {
  it.each(MISTAKES)('$name', async (mistake) => {
    const index = pathToFileURL(join(mutate(mistake), 'sim', 'index.ts')).href;
    const { verify } = (await import(index)) as { verify: typeof Verify };
    const cases = verify([kilowattPreset({ gap_tolerance: '0' })], { only: mistake.only });
    const failed = cases.filter(({ pass }) => !pass).map(({ name }) => name);
    expect(
      failed.some((name) => mistake.fails.test(name)),
      failed.join('\n'),
    ).toBe(true);
  });

  it('and its command says so: exit status 1, the case and its reason', () => {
    const mistake = MISTAKES.find(({ name }) => name === 'first dead volume not mixed');
    if (!mistake) throw new Error('no such mistake');
    const url = pathToFileURL(join(mutate(mistake), 'sim', 'command', 'verify.ts')).href;
    const program = `const { verifyCommand } = await import('${url}');
      await verifyCommand().parseAsync(['--only', 'dead volumes'], { from: 'user' });`;
    const { stdout, status } = spawnSync(process.execPath, ['--input-type=module', '-e', program], {
      encoding: 'utf8',
    });
    expect(status).toBe(1);
    expect(stdout).toMatch(
      /3 of 3 cases FAIL: machine 0\/3\.\n {2}machine: dead volumes .*\n {4}allowed because: /,
    );
  });
});
