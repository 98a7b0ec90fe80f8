/** Controllers over the bytes of a virtual rig on told time. */
import { describe, expect, it } from 'vitest';
import { type Row, play } from '../../controller/league/play.ts';
import { SCENARIOS, type Scenario } from '../../controller/league/scenario.ts';
import { leagueTable, verdictOf } from '../../controller/league/table.ts';
import { fatigueLife } from '../../sim/index.ts';
import { VIRTUAL_RIG_TEXT, readRig } from '../control/observation.ts';
import { TABLE } from '../regulate/stand.ts';

const LEAGUE = {
  presetFile: new URL('../../fixtures/presets/hkust-kilowatt-2025.yaml', import.meta.url).pathname,
  coarse: new Map([
    ['nodes', '10'],
    ['blow_steps', '6'],
    ['ramp_steps', '5'],
    ['courant', '1'],
  ]),
  seed: 1,
  table: TABLE,
  lifeAt: (strain: number) => fatigueLife('NiTi', 'compression', strain),
};
const SHORT: Scenario = { ...SCENARIOS[0], name: 'short', start_C: 24, before_s: 20, counted_s: 90 };
const game = (kind: 'thermostat' | 'mpc', scenario = SHORT, text = VIRTUAL_RIG_TEXT) =>
  play(LEAGUE, scenario, kind, readRig(text.replace('kind: thermostat', `kind: ${kind}`)));

describe('the league', () => {
  it('gives every controller the same house, and the same rows again', async () => {
    const [thermostat, mpc, again] = await Promise.all([game('thermostat'), game('mpc'), game('mpc')]);
    expect(again).toEqual(mpc);
    expect(mpc.cycles).toBeGreaterThan(20);
    // From 3.5 Hz down: the model moved it, over the line.
    expect(mpc.actuator_travel_Hz).toBeGreaterThan(0.5);
    expect(thermostat.actuator_travel_Hz).toBe(0);
    expect(mpc.energy_kWh).toBeLessThan(thermostat.energy_kWh);
    expect(thermostat.energy_kWh).toBeGreaterThan(thermostat.fans_kWh);
    expect(thermostat.fatigue_spent).toBeNull();
    expect(thermostat.fatigue).toMatch(/pressed to 4\.5 %: .* up to 4 % only/);
    expect([thermostat.stopped, mpc.stopped]).toEqual([null, null]);
  }, 60_000);

  it('counts the life that is spent where a life is published', async () => {
    const weaker = await game('thermostat', SHORT, VIRTUAL_RIG_TEXT.replace('percent: 4.5', 'percent: 3.9'));
    expect(weaker.cycles).toBeGreaterThan(100);
    expect(weaker.fatigue_spent).toBeCloseTo(weaker.cycles / 300_000, 12);
    expect(weaker.fatigue).toMatch(/more than 300,000 cycles/);
  }, 60_000);

  it('brings noise by its seed, and guests who warm the house', async () => {
    const noisy = { ...SHORT, noise_K: 0.2, scene: [{ at_s: 21, heat_gain_W: 800 }] };
    const [quiet, loud] = await Promise.all([game('thermostat'), game('thermostat', noisy)]);
    expect(loud.iae_K_s).toBeGreaterThan(quiet.iae_K_s + 5);
  }, 60_000);
});

const row = (controller: string, energy_kWh: number, iae_K_s: number): Row => ({
  scenario: 'load-step',
  controller,
  iae_K_s,
  overshoot_K: 0.1,
  energy_kWh,
  fans_kWh: 0.01,
  cycles: 100,
  actuator_travel_Hz: 1,
  fatigue_spent: null,
  fatigue: 'NiTi pressed to 4.5 %: not known.',
  starts: 0,
  stopped: null,
});

describe('what the league says', () => {
  it('tells the saving, and where comfort was paid for it', () => {
    expect(verdictOf([row('thermostat', 0.2, 50), row('mpc', 0.1, 40)])).toMatchObject({
      mpc_saves: 0.5,
      at_equal_comfort: true,
      sentence:
        'The model takes 50 % less electricity than the thermostat, with no larger error in any scenario.',
    });
    expect(verdictOf([row('thermostat', 0.2, 50), row('mpc', 0.1, 60)]).sentence).toMatch(
      /but with a larger error in load-step/,
    );
    expect(verdictOf([row('thermostat', 0.2, 50), row('mpc', 0.19, 40)]).sentence).toMatch(
      /promised are 15 %\. Fans alone took 0\.010 and 0\.010 kWh/,
    );
    expect(verdictOf([row('mpc', 0.1, 40)]).mpc_saves).toBeNull();
    const ended = [
      { ...row('thermostat', 0.2, 50), scenario: 'hot-day' },
      { ...row('mpc', 0.001, 40), scenario: 'hot-day', stopped: 'No flow.' },
    ];
    expect(verdictOf(ended).mpc_saves).toBeNull();
    expect(verdictOf([...ended, row('thermostat', 0.2, 50), row('mpc', 0.1, 40)])).toMatchObject({
      mpc_saves: 0.5,
      sentence: expect.stringMatching(/Not counted, since an interlock ended a run: hot-day\./) as string,
    });
    expect(leagueTable([{ ...row('pid', 0.1, 40), stopped: 'No flow.' }])).toMatch(
      /load-step, pid: an interlock ended the run. No flow./,
    );
    expect(leagueTable([row('mpc', 0.1, 40)])).toMatch(
      /load-step +mpc +40 +0.10 +0.1000 .*not published\n\nLife spent: NiTi pressed to 4.5 %: not known\./,
    );
  });
});
