import { describe, expect, it } from 'vitest';
import { JumpWatch } from '../../ui/store/time-jump.ts';

const HOUR_MS = 3_600_000;
/** Looked at once a second for `seconds`; then both clocks go on by so much at once. */
function after(seconds: number, steadyMs: number, wallMs: number) {
  const watch = new JumpWatch();
  const found = [];
  for (let n = 0; n <= seconds; n++) found.push(watch.look(n * 1000, HOUR_MS + n * 1000));
  expect(found.every((jump) => jump === null)).toBe(true);
  return watch.look(seconds * 1000 + steadyMs, HOUR_MS + seconds * 1000 + wallMs);
}

describe('a jump of time', () => {
  it('is none while both clocks go on together, however seldom a hidden page looks', () => {
    expect(after(10, 1000, 1000)).toBeNull();
    // the slowest timers of a hidden page, and a clock that is steered
    expect(after(10, 60_000, 60_900)).toBeNull();
  });

  it('is sleep where both went on and nothing ran', () => {
    expect(after(3, 2 * HOUR_MS, 2 * HOUR_MS)).toEqual({
      kind: 'asleep',
      byMs: 2 * HOUR_MS,
      atMs: 3 * HOUR_MS + 3000,
    });
  });

  it('is ahead where only the time of day went on: asleep with the steady clock standing, or set', () => {
    expect(after(3, 1000, HOUR_MS + 1000)).toMatchObject({ kind: 'ahead', byMs: HOUR_MS });
  });

  it('is back where the time of day was set back, and told once', () => {
    const watch = new JumpWatch();
    watch.look(0, HOUR_MS);
    expect(watch.look(1000, 1000)).toMatchObject({ kind: 'back', byMs: HOUR_MS });
    expect(watch.look(2000, 2000)).toBeNull();
  });
});
