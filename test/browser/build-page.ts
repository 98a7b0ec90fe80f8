/** The page as people get it, built from the source of now. */
import { spawnSync } from 'node:child_process';
import { ROOT } from '../house/source-files.ts';

/** Does nothing where it is built already. */
export function buildPage(): void {
  // Away from vitest's own variables, which would make vite build for a test.
  const { VITEST: _, NODE_ENV: __, ...env } = process.env;
  const built = spawnSync(process.execPath, ['controller/command/prepare.mjs', 'page'], { cwd: ROOT, env });
  if (built.status !== 0) throw new Error(`the page does not build: ${built.stderr.toString()}`);
}
