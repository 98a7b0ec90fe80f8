/**
 * A person who brings the machine to a state by its buttons. A computer that is busy with other things makes the machine
 * abort by itself, and rightly; a person then clears it and goes on. Out of HELD nobody is helped: that is for a test to see.
 */
import { errors, type Page } from 'playwright-core';

const TOWARDS = {
  EXECUTE: { ABORTED: 'clear', STOPPED: 'reset', IDLE: 'start' },
  IDLE: { ABORTED: 'clear', STOPPED: 'reset' },
  STOPPED: { ABORTED: 'clear', IDLE: 'stop', EXECUTE: 'stop' },
} as const;
const ASKS_BEFORE: readonly string[] = ['clear', 'start'];
/** After that a button that may not be pressed any more is left, and the state is looked at anew. */
const PATIENCE_MS = 5000;

/** Resolves when the page shows the state; a wait in vain is ended by the test's own limit. */
export async function bring(page: Page, to: keyof typeof TOWARDS): Promise<void> {
  const shown = page.getByTestId('state');
  const steps: Readonly<Record<string, string>> = TOWARDS[to];
  for (;;) {
    const word = (await shown.getByText(/^(EXECUTE|ABORTED|STOPPED|IDLE)$/).textContent()) ?? '';
    if (word === to) return;
    try {
      if (steps[word] !== undefined) await press(page, steps[word]);
      const left = shown.getByText(word, { exact: true });
      await left.waitFor({ state: 'detached', timeout: PATIENCE_MS });
    } catch (error) {
      if (!(error instanceof errors.TimeoutError)) throw error;
    }
  }
}

/** A question that was left open stands where its button would. */
async function press(page: Page, id: string): Promise<void> {
  const question = page.getByTestId(`confirm-${id}`);
  if (!(await question.isVisible())) await page.getByTestId(id).click({ timeout: PATIENCE_MS });
  if (ASKS_BEFORE.includes(id)) await question.click({ timeout: PATIENCE_MS });
}
