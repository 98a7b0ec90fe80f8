/** What axe finds on a page. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { ROOT } from '../house/source-files.ts';

const AXE = readFileSync(join(ROOT, 'node_modules', 'axe-core', 'axe.min.js'), 'utf8');

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly unknown[]; readonly failureSummary?: string }[];
}

/** One line an element. `how` are options of axe.run. */
export async function axeFinds(page: Page, how: object = {}): Promise<string[]> {
  await page.evaluate(AXE);
  const violations = await page.evaluate(
    async (options) =>
      (
        await (
          globalThis as unknown as {
            axe: { run(where: Document, how: object): Promise<{ violations: Violation[] }> };
          }
        ).axe.run(document, { resultTypes: ['violations'], ...options })
      ).violations,
    how,
  );
  return violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id}: ${target.join(' ')}: ${failureSummary ?? ''}`),
  );
}
