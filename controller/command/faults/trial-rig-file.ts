/** The rig file of the trials: the virtual kilowatt machine with the patience that a real machine must have. */
import { readFileSync, writeFileSync } from 'node:fs';
import { parseDocument } from 'yaml';
import { inHouse } from '../child.ts';

const SHIPPED = inHouse('fixtures/rigs/virtual-kilowatt.yaml');
/** Only `counter-jump` comes near it. */
const CYCLE_BUDGET = 1_000_000;

export function trialRigText(): string {
  const document = parseDocument(readFileSync(SHIPPED, 'utf8'));
  document.setIn(['limits', 'data_age_ms'], 200);
  document.set('watchdog_timeout_ms', 400);
  document.set('cycle_budget', CYCLE_BUDGET);
  return String(document);
}

export const writeTrialRigFile = (path: string): void => writeFileSync(path, trialRigText());
