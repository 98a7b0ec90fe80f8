/** A priority that counts against the whole computer: Linux shares the processor among sessions before processes. */
import { existsSync, readFileSync } from 'node:fs';
import { getPriority } from 'node:os';
import { expect, it } from 'vitest';
import { forkChild } from '../../controller/command/child.ts';

/** Anybody may ask for less than others have; for more only a privileged user. */
const PATIENT = 10;

it.skipIf(!existsSync('/proc/self/autogroup'))('a child in a session of its own, and that session', () => {
  const child = forkChild('controller/virtual-rig/main', ['{}'], { priority: PATIENT, says: 'ignore' });
  const { pid = 0 } = child;
  expect(getPriority(pid)).toBe(PATIENT);
  expect(readFileSync(`/proc/${pid}/autogroup`, 'utf8')).toMatch(new RegExp(`nice ${PATIENT}\\n$`));
  child.kill('SIGKILL');
});
