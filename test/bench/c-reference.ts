/** Compiles reference.c where there is a compiler, and runs it on a case. */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const SOURCE = fileURLToPath(new URL('reference.c', import.meta.url));
export const C_OPTIONS = ['-O2', '-fno-tree-vectorize'];

export interface CReference {
  /** Marches the case of reference-case.ts: the state it prints, and the processor seconds of the timed cycles. */
  run(values: readonly number[]): { state: Float64Array; seconds: number };
  remove(): void;
}

/** @returns null where the system has no C compiler called cc */
export function compileReference(): CReference | null {
  const folder = mkdtempSync(join(tmpdir(), 'elastocool-bench-'));
  const program = join(folder, 'reference');
  const remove = () => rmSync(folder, { recursive: true, force: true });
  const compiler = spawnSync('cc', [...C_OPTIONS, '-std=c11', '-o', program, SOURCE, '-lm'], {
    encoding: 'utf8',
  });
  if (compiler.error) {
    remove();
    return null;
  }
  if (compiler.status !== 0) {
    remove();
    throw new Error(`cc refuses reference.c:\n${compiler.stderr}`);
  }
  return {
    run(values) {
      const { status, stdout, stderr } = spawnSync(program, { input: values.join('\n'), encoding: 'utf8' });
      if (status !== 0) throw new Error(`the C reference stopped: ${stderr}`);
      const numbers = stdout.trim().split('\n').map(Number);
      return { state: Float64Array.from(numbers.slice(0, -1)), seconds: numbers[numbers.length - 1] };
    },
    remove,
  };
}

/** Largest difference of two states, each entry relative to its own size; entries near 0 to 1. */
export function largestDifference(a: Float64Array, b: Float64Array): number {
  if (a.length !== b.length) return Number.POSITIVE_INFINITY;
  return a.reduce((most, v, i) => Math.max(most, Math.abs(v - b[i]) / Math.max(1, Math.abs(v))), 0);
}
