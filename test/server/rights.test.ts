/** The table as the page reads it: the control process asks the same function before it asks the lease. */
import { describe, expect, it } from 'vitest';
import type { Person } from '../../controller/wire/person.ts';
import { RIGHTS, whyNot, type Ask } from '../../controller/wire/rights.ts';

const OPERATOR: Person = { role: 'operator', session: '1' };
const ENGINEER: Person = { role: 'engineer', session: '2' };
const VIEWER: Person = { role: 'viewer', session: '3' };
const ALL = Object.keys(RIGHTS) as Ask[];

describe('who may do what', () => {
  it('STOP and ABORT are for all, whoever has control; nothing else that a viewer may do moves a machine', () => {
    for (const person of [VIEWER, OPERATOR, ENGINEER])
      for (const ask of ['STOP', 'ABORT'] as const) expect(whyNot(ask, person, ENGINEER)).toBeNull();
    // A replay moves a record.
    const open = ALL.filter((ask) => whyNot(ask, VIEWER, null) === null);
    expect(open.toSorted()).toEqual(['ABORT', 'STOP', 'heartbeat', 'history', 'replay']);
  });

  it('what needs control is refused to others than its holder, with the way out that they have', () => {
    for (const ask of ALL.filter((one) => RIGHTS[one].lease)) {
      expect(whyNot(ask, ENGINEER, null)).toBeNull();
      expect(whyNot(ask, ENGINEER, ENGINEER)).toBeNull();
      expect(whyNot(ask, ENGINEER, OPERATOR)).toMatch(/Operator 1 has control\. Take over, or wait/);
    }
    expect(whyNot('HOLD', OPERATOR, ENGINEER)).toMatch(
      /Engineer 2 has control\. It has to be released first/,
    );
  });

  it('everything that needs control needs at least an operator', () => {
    expect(ALL.filter((ask) => RIGHTS[ask].lease && RIGHTS[ask].least === 'viewer')).toEqual([]);
  });
});
