/** The picture of the state machine says what the controller does, and draws nothing over anything else. */
import { describe, expect, it } from 'vitest';
import { EVENTS, PROOFS, step } from '../../controller/control/state/state-machine.ts';
import { STATES } from '../../controller/wire/messages.ts';
import { NARROW, pathOf, WAYS, WIDE } from '../../ui/operate/state-graph.ts';

const REGULATOR = ['SUSPEND', 'UNSUSPEND'];

/** How the picture calls an event; a time-out leads to ABORTING, which the picture need not say of each state. */
const called = (event: string): string =>
  (PROOFS as readonly string[]).includes(event) ? 'proof' : REGULATOR.includes(event) ? 'regulator' : event;

describe('the ways of the picture', () => {
  it('are those of the table, all of them and no others', () => {
    const table = STATES.flatMap((from) =>
      EVENTS.filter((event) => event !== 'timeout').flatMap((event) => {
        const { state: to } = step(from, event);
        return to === from ? [] : [`${from} ${called(event)} ${to}`];
      }),
    );
    const drawn = WAYS.map(({ from, by, to }) => `${from} ${by} ${to}`);
    expect(drawn.toSorted()).toEqual([...new Set(table)].toSorted());
  });
});

describe.each([
  ['wide', WIDE],
  ['narrow', NARROW],
])('the %s picture', (_, layout) => {
  it('has a place of its own for every state, inside', () => {
    const boxes = STATES.map((state) => layout.at[state]);
    expect(new Set(boxes.map(String)).size).toBe(STATES.length);
    for (const [x, y] of boxes) {
      expect(x - layout.boxWidth / 2).toBeGreaterThanOrEqual(0);
      expect(x + layout.boxWidth / 2).toBeLessThanOrEqual(layout.width);
      expect(y - layout.boxHeight / 2).toBeGreaterThanOrEqual(0);
      expect(y + layout.boxHeight / 2).toBeLessThanOrEqual(layout.height);
    }
  });

  it('has a path of finite numbers for every way', () => {
    for (const way of WAYS) expect(pathOf(layout, way)).not.toMatch(/NaN|Infinity/);
  });
});
