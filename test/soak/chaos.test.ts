/** A few seconds of the chaos soak; `npm run soak` runs it for as long as one likes. */
import { describe, expect, it } from 'vitest';
import { runChaos } from './chaos.ts';

const SEED = 1;

describe('the chaos soak', () => {
  it.each(Array.from({ length: 12 }, (_, trial) => trial))(
    'trial %i holds every invariant',
    async (trial) => {
      const { problem, script } = await runChaos(SEED, trial);
      expect(problem, script.join('\n')).toBeNull();
    },
  );

  it('plays a trial again, exactly', async () => {
    const first = await runChaos(SEED, 5);
    const again = await runChaos(SEED, 5);
    const other = await runChaos(SEED + 1, 5);
    expect(again.hash).toBe(first.hash);
    expect(again.script).toEqual(first.script);
    expect(other.hash).not.toBe(first.hash);
  });
});
