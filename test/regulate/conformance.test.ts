/** What every controller must do, whoever it is: it proposes within its bounds and rates, and nothing confuses it. */
import { describe, expect, it } from 'vitest';
import type { Recipe } from '../../controller/control/rig-file.ts';
import { uniformSource } from '../../sim/study/sampling/random.ts';
import { KINDS, Stand, TABLE } from './stand.ts';

const STRAIN = [3, 4.5];
const FREQUENCY = [0.15, 3.5];
/** Shares of the fluid of the recipe. */
const BLOW = [0.6, 1.4];

/** What of a proposal is not within the bounds; empty where all is. */
function beyond({ frequency_Hz, strain_percent, blow_flow_kg_per_s, blow_duty }: Recipe): string[] {
  const share = (blow_flow_kg_per_s / frequency_Hz) * (3.5 / 0.19);
  const outside = (name: string, value: number, [low, high]: readonly number[]): string[] =>
    value >= low - 1e-9 && value <= high + 1e-9 ? [] : [`${name} ${value}`];
  return [
    ...outside('frequency', frequency_Hz, FREQUENCY),
    ...outside('strain', strain_percent, STRAIN),
    ...outside('blow', share, BLOW),
    ...outside('duty', blow_duty, [0.36, 0.36]),
  ];
}

describe.each(KINDS)('the controller %s', (kind) => {
  it('brings the house down and holds it, and guests do not upset it', () => {
    const stand = new Stand(kind, 27);
    stand.pass(900);
    const watch = (): number => {
      let worst = 0;
      stand.pass(300, () => (worst = Math.max(worst, Math.abs(stand.room_C - 21.5))));
      return worst;
    };
    // A thermostat of ±0.3 K runs and rests for at least 8 s.
    expect(watch()).toBeLessThan(0.8);
    stand.load_W += 100;
    stand.pass(400);
    expect(watch()).toBeLessThan(0.8);
  });

  it('proposes within its bounds and no faster than allowed, whatever is read', () => {
    const uniform = uniformSource(11);
    const stand = new Stand(kind, 26);
    let before: number | null = null;
    let fastest = 0;
    const wrong: string[] = [];
    for (let k = 0; k < 30; k++) {
      const [offset, isBlind] = [12 * (uniform() - 0.5), uniform() < 0.2];
      stand.sense = (room_C) => (isBlind ? Number.NaN : room_C + offset);
      stand.outdoor_C = uniform() < 0.1 ? Number.NaN : 15 + 30 * uniform();
      if (!Number.isFinite(stand.outdoor_C)) stand.outdoor_C = 31;
      if (uniform() < 0.3) stand.regulator.setSetpoint(16 + 12 * uniform());
      stand.pass(20 + 40 * uniform(), ({ recipe, wish }) => {
        if (recipe !== null) {
          wrong.push(...beyond(recipe));
          if (before !== null) fastest = Math.max(fastest, Math.abs(recipe.frequency_Hz - before));
        }
        // A run that begins anew begins where it must.
        before = wish === null && recipe !== null ? recipe.frequency_Hz : null;
      });
    }
    expect(wrong).toEqual([]);
    // 0.2 Hz/s over a mean of 2 s and the rest of a cycle of 6.7 s.
    expect(fastest).toBeLessThanOrEqual(0.2 * 8.8);
  });

  it('holds or hands over where nothing is read, and finds back', () => {
    const stand = new Stand(kind, 22);
    stand.pass(300);
    stand.sense = () => Number.NaN;
    const wrong: string[] = [];
    stand.pass(300, ({ recipe }) => {
      if (recipe !== null) wrong.push(...beyond(recipe));
    });
    expect(wrong).toEqual([]);
    stand.sense = (room_C) => room_C;
    stand.pass(900);
    expect(Math.abs(stand.room_C - 21.5)).toBeLessThan(0.8);
  });

  it('stays sane while the device refuses what is proposed, and goes on when it does not', () => {
    const stand = new Stand(kind, 24);
    const first = stand.inEffect;
    stand.device = () => first;
    const wrong: string[] = [];
    stand.pass(300, ({ recipe }) => {
      if (recipe !== null) wrong.push(...beyond(recipe));
    });
    expect(wrong).toEqual([]);
    expect(stand.inEffect).toBe(first);
    stand.device = (asked) => asked;
    stand.pass(1200);
    expect(Math.abs(stand.room_C - 21.5)).toBeLessThan(0.8);
  });

  it('decides the same from the same', () => {
    const play = () => {
      const stand = new Stand(kind, 24);
      stand.pass(300);
      stand.load_W = 0;
      stand.pass(200);
      return stand.decisions;
    };
    expect(JSON.stringify(play())).toBe(JSON.stringify(play()));
  });

  it('begins a run with the frequency of the rig file', () => {
    const stand = new Stand(kind, 22);
    stand.pass(300);
    stand.enter('STOPPED');
    stand.enter('RESETTING');
    stand.inEffect = stand.rig.recipe;
    stand.enter('EXECUTE');
    stand.pass(0.5);
    expect(stand.decisions.at(-1)?.recipe?.frequency_Hz).toBe(stand.rig.recipe.frequency_Hz);
  });

  it('takes over from every other without a jump of the frequency', () => {
    for (const other of KINDS.filter((one) => one !== kind)) {
      const stand = new Stand(other, 23);
      stand.pass(300);
      const before = stand.inEffect.frequency_Hz;
      expect(stand.regulator.ask(kind).ok).toBe(true);
      stand.pass(1);
      const after = stand.decisions.at(-1)?.recipe?.frequency_Hz ?? before;
      expect(Math.abs(after - before), other).toBeLessThanOrEqual(0.2 * 8.8);
    }
  });

  it('says what it is', () => {
    const stand = new Stand(kind);
    stand.pass(60);
    expect(stand.regulator.report()).toMatchObject({
      mode: kind,
      offered: expect.arrayContaining([...KINDS]),
    });
  });
});

describe('the model in charge', () => {
  it('takes less electricity than the thermostat at no larger error', () => {
    const [thermostat, mpc] = (['thermostat', 'mpc'] as const).map((kind) => {
      const stand = new Stand(kind, 22);
      stand.pass(400);
      const from_kJ = stand.electric_kJ;
      let error = 0;
      stand.pass(1200, () => (error += Math.abs(stand.room_C - 21.5)));
      return { error, kJ: stand.electric_kJ - from_kJ };
    });
    expect(mpc.kJ).toBeLessThan(0.85 * thermostat.kJ);
    expect(mpc.error).toBeLessThan(thermostat.error);
  });

  it('leaves it to the PID until its outlook has come, and says so', () => {
    const stand = new Stand('mpc', 23, null);
    stand.pass(300);
    expect(stand.regulator.report()?.note).toMatch(/^The PID decides for the model: no outlook/);
    const pid = new Stand('pid', 23, null);
    pid.pass(300);
    expect(Math.abs(stand.room_C - pid.room_C)).toBeLessThan(0.05);
  });

  it('hands over to the PID after a plan that took too long, tells it once, and comes back', () => {
    const stand = new Stand('mpc', 22);
    stand.pass(600);
    expect(stand.regulator.report()?.note).toMatch(/^The model decides: the plan takes \d+ W/);
    for (let k = 0; k < 20; k++) {
      stand.pass(0.5);
      stand.regulator.tookTooLong(49);
    }
    expect(stand.told).toEqual([]);
    // Only a decision that made a plan counts, and that is one of these.
    for (let k = 0; k < 20; k++) {
      stand.pass(0.5);
      stand.regulator.tookTooLong(51);
    }
    expect(stand.told).toEqual([
      'The model hands over to the PID for 300 s: a plan took 51 ms, allowed are 50 ms.',
    ]);
    stand.pass(250);
    expect(stand.regulator.report()?.note).toMatch(/^The PID decides for the model: a plan took 51 ms/);
    expect(Math.abs(stand.room_C - 21.5)).toBeLessThan(0.3);
    stand.pass(120);
    expect(stand.regulator.report()?.note).toMatch(/^The model decides/);
  });

  it('has no lasting error where the machine cools less than its outlook and guests are there', () => {
    const stand = new Stand('mpc', 22);
    [stand.load_W, stand.yields] = [160, 0.8];
    stand.pass(1200);
    let sum = 0;
    let count = 0;
    stand.pass(300, () => {
      sum += stand.room_C - 21.5;
      count++;
    });
    expect(Math.abs(sum / count)).toBeLessThan(0.03);
  });

  it('comes to rest on a slow machine that cools far more than its outlook and takes cycles to change', () => {
    const stand = new Stand('mpc', 22);
    [stand.load_W, stand.yields, stand.isLate] = [60, 1.7, true];
    stand.pass(1200);
    stand.load_W = 0;
    let error_K_s = 0;
    stand.pass(400, () => (error_K_s += 0.5 * Math.abs(stand.room_C - 21.5)));
    expect(error_K_s).toBeLessThan(20);
    const rooms: number[] = [];
    stand.pass(200, () => rooms.push(stand.room_C));
    expect(stand.inEffect.frequency_Hz).toBeLessThan(0.25);
    expect(Math.max(...rooms) - Math.min(...rooms)).toBeLessThan(0.01);
  });

  it('goes by what a strain would have cost over time, not in a moment', () => {
    // Less strain is cheaper where little is asked, and dearer where much is.
    const { outlook } = TABLE;
    const strains = outlook?.strain_percent ?? [];
    const electric_W = outlook?.electric_W.map((power, i) => {
      const share = strains[Math.floor(i / 6) % 3] / 4.5;
      return 60 * share ** 3 + (power - 20) / share;
    });
    const table = { ...TABLE, outlook: { ...outlook, electric_W } } as typeof TABLE;
    const quiet = new Stand('mpc', 21.5, table);
    quiet.load_W = -30;
    quiet.pass(1400);
    expect(quiet.inEffect.strain_percent).toBe(3);
    const busy = new Stand('mpc', 21.5, table);
    busy.load_W = 160;
    busy.pass(590);
    // Few are there just when the strain is looked at, after 600 s.
    busy.load_W = 60;
    busy.pass(30);
    busy.load_W = 160;
    busy.pass(60);
    expect(busy.inEffect.strain_percent).toBe(4.5);
  });
});
