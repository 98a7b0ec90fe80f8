import { describe, expect, it } from 'vitest';
import { ACTING, type Proof } from '../../controller/control/state/state-machine.ts';
import { proofsOf, timeoutMs } from '../../controller/control/state/proofs.ts';
import { STATES } from '../../controller/wire/messages.ts';
import { status } from './observation.ts';

const DISABLED = 0;
const ENABLED = 1;
const RUNNING = 2;
const UNLOADING = 3;
const TRIPPED = 4;
const prove = (given: Record<string, number>, nothingPresent = true, prepared = false): Proof[] =>
  proofsOf(status({ force_kN: 0, ...given }), { unloadedForceKN: 0.3, nothingPresent, prepared }).toSorted();

describe('proofs', () => {
  it.each<[string, Record<string, number>, Proof[]]>([
    ['at rest', { drive_state: DISABLED }, ['atRest', 'cleared', 'disabled', 'unloaded']],
    ['enable off under force', { drive_state: DISABLED, force_kN: 5 }, ['cleared', 'disabled']],
    ['pulled the other way', { drive_state: DISABLED, force_kN: -5 }, ['cleared', 'disabled']],
    [
      'a latched fault, even one without a name',
      { drive_state: DISABLED, fault_word: 1 << 15 },
      ['atRest', 'disabled', 'unloaded'],
    ],
    ['enabled', { drive_state: ENABLED }, ['enabled', 'unloaded']],
    ['enabled under force', { drive_state: ENABLED, force_kN: 1 }, ['enabled']],
    ['running', { drive_state: RUNNING }, ['running']],
    ['unloading', { drive_state: UNLOADING }, []],
    ['tripped', { drive_state: TRIPPED }, ['atRest', 'disabled', 'unloaded']],
    ['no force reading', { drive_state: DISABLED, force_kN: Number.NaN }, ['cleared', 'disabled']],
  ])('%s', (_name, given, proofs) => {
    expect(prove(given)).toEqual(proofs);
  });

  it('nothing is cleared while a condition stands, nothing prepared before it was verified', () => {
    expect(prove({ drive_state: DISABLED }, false)).not.toContain('cleared');
    expect(prove({ drive_state: DISABLED }, true, true)).toContain('prepared');
  });

  it('a time-out belongs to exactly the acting states, and leaves room for a slow cycle', () => {
    expect(STATES.filter((state) => timeoutMs(state, 286) !== null)).toEqual(ACTING);
    expect(timeoutMs('STOPPING', 20_000)).toBeGreaterThan(20_000);
  });
});
