/**
 * Verification as a product: closed forms, conservation and slopes, run on the production kernels where a user can see
 * them. Each case states what it is compared with, how far it may be off and why.
 */
import type { Preset } from '../../config/device-config.ts';
import { breakthroughChecks } from './breakthrough.ts';
import { type Check, type VerificationCase, runCheck } from './case.ts';
import { machineChecks } from './machine.ts';
import { materialChecks } from './material.ts';
import { presetChecks } from './presets.ts';
import { regeneratorChecks } from './regenerator.ts';
import { slopeChecks } from './slopes.ts';
import { thermalEntryChecks } from './thermal-entry.ts';

export type { VerificationCase } from './case.ts';

/** The machine whose slopes are taken, and whose alloy and fluid the limits of the machine are tried with. */
const STANDARD = 'hkust-kilowatt-2025';

export interface VerifyOptions {
  /** Runs only the cases whose subject or name contains this, upper and lower case alike. */
  readonly only?: string;
  /** Called before each case. */
  readonly onCase?: (done: number, total: number, name: string) => void;
}

/** Runs all cases for these presets, subject by subject. */
export function verify(presets: readonly Preset[], options: VerifyOptions = {}): VerificationCase[] {
  const wanted = (options.only ?? '').toLowerCase();
  const checks = listChecks(presets).filter(({ subject, name }) =>
    `${subject}: ${name}`.toLowerCase().includes(wanted),
  );
  return checks.map((check, k) => {
    options.onCase?.(k, checks.length, check.name);
    return runCheck(check);
  });
}

function listChecks(presets: readonly Preset[]): Check[] {
  const standard = presets.find(({ key }) => key === STANDARD);
  return [
    ...regeneratorChecks(),
    ...breakthroughChecks(),
    ...thermalEntryChecks(),
    ...materialChecks(presets),
    ...(standard ? machineChecks(standard) : []),
    ...slopeChecks(standard),
    ...presets.flatMap(presetChecks),
  ];
}
