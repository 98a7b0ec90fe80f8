/** A study that takes seconds, under a name that a careless script would run, and the program that computes it. */
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { sweepCommand } from '../../sim/command/sweep.ts';

export const PROGRAM = fileURLToPath(new URL('../../controller/command/elastocool.mjs', import.meta.url));
/** Few points; and so many that a signal comes before the last of them. */
export const [FEW, MANY] = [12, 60];
/** A few points, said to take a minute each, in tasks of four minutes. */
export const THREE_TASKS = ['--seconds-per-point', '60', '--task-minutes', '4'];

const text = (points: number): string => `machine: hkust-kilowatt-2025
vary:
  lift: { values: [0 K, 5 K, 60 K] }
  blow_flow: { from: 0.1 kg/s, to: 0.25 kg/s }
sample: { method: latin-hypercube, points: ${points / 3}, seed: 2 }
`;

export const sweep = (...args: string[]): SpawnSyncReturns<string> =>
  spawnSync(process.execPath, [PROGRAM, 'sweep', ...args], { encoding: 'utf8' });

/** What the parser says of options that it does not take. */
export async function refusal(...args: string[]): Promise<string> {
  let said = '';
  const command = sweepCommand()
    .exitOverride()
    .configureOutput({ writeErr: (text) => (said += text) });
  for (const part of command.commands) part.copyInheritedSettings(command);
  await command.parseAsync(args, { from: 'user' }).catch(() => {});
  return said;
}

export class SampleStudy {
  readonly folder = mkdtempSync(join(tmpdir(), 'sweep-'));
  readonly file: string;
  readonly name = `it's $(touch pwned) "it";\`touch pwned\``;

  constructor(points: number) {
    const inner = join(this.folder, "o'r $HOME");
    mkdirSync(inner);
    this.file = join(inner, `${this.name}.yaml`);
    writeFileSync(this.file, text(points));
  }

  at(name: string): string {
    return join(this.folder, name);
  }

  /** Bytes of the file that was written to a folder. */
  parquetOf(out: string): Buffer {
    return readFileSync(join(out, `${this.name}.parquet`));
  }

  /** Of a run in one piece. */
  serial(): Buffer {
    const out = this.at('serial');
    const { status, stderr } = sweep('run', this.file, '--out', out);
    if (status !== 0) throw new Error(stderr);
    return this.parquetOf(out);
  }

  wasRun(): boolean {
    return [this.folder, join(this.folder, "o'r $HOME"), process.cwd()].some((one) =>
      existsSync(join(one, 'pwned')),
    );
  }
}

/** Points that stand in a folder so far. */
export function pointsIn(out: string): number {
  if (!existsSync(out)) return 0;
  return readdirSync(out)
    .filter((name) => name.endsWith('.jsonl'))
    .reduce((sum, name) => sum + readFileSync(join(out, name), 'utf8').split('\n').length - 1, 0);
}

export async function until(holds: () => boolean | Promise<boolean>, everyMs = 10): Promise<void> {
  while (!(await holds())) await new Promise((resolve) => setTimeout(resolve, everyMs));
}

/** The commands that the comments of a script tell to type. */
export const toldCommands = (script: string): string =>
  script
    .split('\n')
    .flatMap((line) => (line.startsWith('#   ') ? [line.slice(4)] : []))
    .join('\n');
