import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const MAIN = fileURLToPath(new URL('../../controller/command/main.ts', import.meta.url));
const autotune = (...args: string[]) =>
  spawnSync(process.execPath, [MAIN, 'autotune', ...args], { encoding: 'utf8', timeout: 150_000 });
const COARSER = ['nodes=10', 'blow_steps=8', 'ramp_steps=6'].flatMap((change) => ['--set', change]);

describe('elastocool autotune', () => {
  it('settles, swings, and proposes a loop with the margins of its rule, as JSON', {
    timeout: 160_000,
  }, () => {
    const { stdout, status, stderr } = autotune('--preset', 'hkust-kilowatt-2025', ...COARSER, '--json');
    expect(stderr).toBe('');
    expect(status).toBe(0);
    const found = JSON.parse(stdout);
    expect(found).toMatchObject({
      preset: 'hkust-kilowatt-2025',
      manipulated: 'frequency_Hz',
      proposed: 'simc',
    });
    expect(found.model.slope_K_per_s_per_unit).toBeLessThan(0);
    // Coil and air of the house: two lags of some 15 s before the walls.
    expect(found.model.dead_time_s).toBeGreaterThan(3);
    expect(found.model.dead_time_s).toBeLessThan(40);
    const [simc, tyreusLuyben] = found.tunings;
    expect(simc.ms).toBeLessThan(1.75);
    expect(simc.gain_margin).toBeGreaterThan(2.9);
    expect(simc.phase_margin_deg).toBeGreaterThan(45);
    expect(tyreusLuyben.gain_per_K).toBeCloseTo(found.ultimate_gain_per_K / 3.2, 9);
  });

  it.each([
    [['--rig', '/nowhere.yaml'], /--rig: \/nowhere.yaml cannot be read/],
    [['--set', 'heat_gain=3'], /heat_gain/],
  ])('%o is one sentence and status 2', { timeout: 90_000 }, (args, says) => {
    const { status, stderr } = autotune(...args);
    expect(status).toBe(2);
    expect(stderr).toMatch(says);
  });
});
