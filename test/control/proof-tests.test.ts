import { appendFileSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { modbusBoard } from '../../controller/control/electronics/modbus-board.ts';
import { runCheck, type Finding } from '../../controller/control/proof/checks.ts';
import { overdueSentence, overdueTests } from '../../controller/control/proof/overdue.ts';
import { type Check, parseProofTests, type ProofTest } from '../../controller/control/proof/proof-list.ts';
import { appendProof, type ProofRecord, readProofs } from '../../controller/control/proof/proof-store.ts';
import { terminalFace } from '../../controller/control/proof/terminal-face.ts';
import { walkThrough } from '../../controller/control/proof/walk.ts';
import { FAULT_BITS, LIMITS } from '../../controller/protocol/register-map.ts';
import { Bench } from './bench.ts';
import { FakeRig } from './fake-rig.ts';
import { modbusOf, readRig } from './observation.ts';
import { VirtualClock } from '../../controller/league/virtual-clock.ts';

const YAML = readFileSync(new URL('../../fixtures/safety/proof-tests.yaml', import.meta.url), 'utf8');
const folder = mkdtempSync(join(tmpdir(), 'proof-'));
afterAll(() => rmSync(folder, { recursive: true }));

function tests(): readonly ProofTest[] {
  const parsed = parseProofTests(YAML);
  if (typeof parsed === 'string') throw new Error(parsed);
  return parsed;
}

const DAY_MS = 86_400_000;
const NOW = Date.parse('2026-06-01T12:00:00Z');
const record = (given: Partial<ProofRecord>): ProofRecord => ({
  id: 'watchdog',
  outcome: 'pass',
  at: new Date(NOW - DAY_MS).toISOString(),
  by: 'A. Lee',
  device: 'machine number 7',
  rig: 'Rig',
  note: '',
  ...given,
});

describe('the list', () => {
  it('is read, and every check that the program can make is in it', () => {
    const checks = new Set(tests().map(({ check }) => check));
    expect(checks).toEqual(
      new Set<Check>(['person', 'at_rest', 'emergency_stop', 'watchdog', 'temperature_trip']),
    );
    expect(tests().map(({ id }) => id)).toContain('emergency_stop');
  });

  it.each([
    [
      YAML.replace('check: watchdog', 'check: dog'),
      /tests\.3\.check \(line \d+\): "dog" given, allowed is person or/,
    ],
    [YAML.replace('id: cable', 'id: watchdog'), /watchdog: given twice/],
    [YAML.replace('interval_days: 30', 'interval_days: 0'), /interval_days .*0 given, allowed is at least 1/],
    ['tests: []', /tests/],
    ['tests: [', /not YAML/],
  ])('refuses what is not one', (yaml, says) => {
    expect(parseProofTests(yaml)).toMatch(says);
  });
});

describe('what is overdue', () => {
  const due = (records: ProofRecord[], device = 'machine number 7', now = NOW) =>
    overdueTests(tests(), records, device, now).map(({ test }) => test.id);

  it('all of it on a device that was never tested', () => {
    expect(due([])).toHaveLength(tests().length);
  });

  it('not what was passed within its interval, on this device', () => {
    expect(due([record({})])).not.toContain('watchdog');
    expect(due([record({})], 'machine number 8')).toContain('watchdog');
    expect(due([record({})], 'machine number 7', NOW + 29 * DAY_MS - 1)).not.toContain('watchdog');
    expect(due([record({})], 'machine number 7', NOW + 29 * DAY_MS + 1)).toContain('watchdog');
  });

  it('a failure undoes a pass, skipping does not, a clock that was ahead proves nothing', () => {
    expect(due([record({}), record({ outcome: 'fail' })])).toContain('watchdog');
    expect(due([record({ outcome: 'fail' }), record({})])).not.toContain('watchdog');
    expect(due([record({}), record({ outcome: 'skipped' })])).not.toContain('watchdog');
    expect(due([record({ at: new Date(NOW + 2 * DAY_MS).toISOString() })])).toContain('watchdog');
    expect(due([record({ at: 'yesterday' })])).toContain('watchdog');
  });

  it('is said in one sentence', () => {
    expect(overdueSentence([])).toBeNull();
    const all = overdueTests(tests(), [], 'x', NOW);
    expect(overdueSentence(all)).toMatch(
      /^\d+ proof tests are overdue, \d+ of them never passed .*, \d+ more\.$/,
    );
  });
});

describe('the store', () => {
  it('appends, and reads around a torn line', async () => {
    const file = join(folder, 'deep', 'proof.jsonl');
    expect(readProofs(file)).toEqual([]);
    expect(await appendProof(file, record({ id: 'a' }))).toBeNull();
    appendFileSync(file, '{"id":"torn","outc');
    expect(await appendProof(file, record({ id: 'b' }))).toBeNull();
    expect(readProofs(file).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('says where it cannot be written', async () => {
    writeFileSync(join(folder, 'a-file'), '');
    expect(await appendProof(join(folder, 'a-file', 'x.jsonl'), record({}))).toMatch(/could not be stored/);
  });
});

/** A rig at rest, without a supervisor. */
function atRest() {
  const clock = new VirtualClock();
  const rig = new FakeRig(clock, (delayMs, action) => clock.input(delayMs, action));
  const settings = readRig();
  const electronics = modbusBoard(rig.open(), clock, modbusOf(settings));
  const check = async (kind: Exclude<Check, 'person'>, ms = 5000): Promise<Finding> => {
    const finding = runCheck(kind, { electronics, clock, rig: settings });
    await clock.advance(ms);
    return finding;
  };
  return { clock, rig, electronics, settings, check };
}

describe('checks by the device', () => {
  it('at rest', async () => {
    expect(await atRest().check('at_rest')).toEqual({ outcome: 'pass', note: 'force 0.01 kN, drive off' });
    const loaded = atRest();
    loaded.rig.stuck['force_kN'] = 3;
    expect((await loaded.check('at_rest')).outcome).toBe('fail');
    const enabled = atRest();
    enabled.rig.driveState = 1;
    expect(await enabled.check('at_rest')).toMatchObject({
      outcome: 'fail',
      note: expect.stringMatching(/drive ON/),
    });
    const mute = atRest();
    mute.rig.isMute = true;
    expect((await mute.check('at_rest')).note).toMatch(/does not answer/);
  });

  it('the emergency stop is waited for, and the drive must be off', async () => {
    const pressed = atRest();
    pressed.clock.after(3000, () => (pressed.rig.faultWord = 1 << FAULT_BITS.emergencyStop));
    expect((await pressed.check('emergency_stop')).note).toMatch(
      /reports its emergency stop after 3\.\d s; .*drive off/,
    );
    expect((await atRest().check('emergency_stop', 70_000)).note).toMatch(/no emergency stop after 60/);
    const sticks = atRest();
    sticks.rig.faultWord = 1 << FAULT_BITS.emergencyStop;
    sticks.rig.driveState = 1;
    expect((await sticks.check('emergency_stop', 70_000)).outcome).toBe('fail');
  });

  it('the watchdog trips in time, and one that does not is found', async () => {
    const good = await atRest().check('watchdog');
    expect(good.outcome).toBe('pass');
    const afterMs = Number(/after (\d+) ms/.exec(good.note)?.[1]);
    // 400 ms are set; the rig looks every 10 ms, the check every 20 ms, and a look takes some 3 ms on the line.
    expect(afterMs).toBeGreaterThanOrEqual(400);
    expect(afterMs).toBeLessThanOrEqual(460);
    const dead = atRest();
    dead.rig.stuck['watchdog_state'] = 1;
    expect(await dead.check('watchdog')).toMatchObject({
      outcome: 'fail',
      note: expect.stringMatching(/^Not tripped/),
    });
  });

  it('nothing that trips the device begins while the drive is on', async () => {
    for (const kind of ['watchdog', 'temperature_trip'] as const) {
      const running = atRest();
      running.rig.driveState = 2;
      expect((await running.check(kind)).note).toMatch(/drive is on.*bring the machine to rest/);
      expect(running.rig.seen.filter(({ request }) => request.fc === 16)).toEqual([]);
    }
  });

  it('a limit below the reading trips, and the limits are set back', async () => {
    const good = atRest();
    good.clock.after(100, () => (good.rig.faultWord = 1 << FAULT_BITS.overTemperature));
    expect((await good.check('temperature_trip')).note).toMatch(
      /^Tripped .* limit 23\.0 °C, warmest cell 25\.0 °C/,
    );
    const written = good.rig.writes(LIMITS.start);
    expect(written).toHaveLength(2);
    expect(good.rig.block(LIMITS)['temperature_high_C']).toBe(70);
    const deaf = atRest();
    expect((await deaf.check('temperature_trip')).note).toMatch(/^Not tripped/);
    expect(deaf.rig.block(LIMITS)['temperature_high_C']).toBe(70);
  });
});

describe('the walk', () => {
  async function walk(answers: (string | null)[], ids: readonly string[], fails: string | null = null) {
    const { clock, rig, electronics, settings } = atRest();
    rig.faultWord = 1 << FAULT_BITS.emergencyStop;
    const said: string[] = [];
    const stored: ProofRecord[] = [];
    const walked = walkThrough(
      tests().filter(({ id }) => ids.includes(id)),
      {
        lend: () => ({ electronics, clock, rig: settings }),
        giveBack: () => {},
        rigName: settings.name,
        device: 'machine number 7',
        by: 'A. Lee',
        face: terminalFace({
          say: (text) => said.push(text),
          ask: () => Promise.resolve(answers.shift() ?? null),
        }),
        store(proof) {
          if (fails === null) stored.push(proof);
          return Promise.resolve(fails);
        },
        wallTime: () => '2026-06-01T12:00:00.000Z',
      },
    );
    await clock.advance(2000);
    return { records: await walked, said: said.join('\n'), stored };
  }

  it('asks, reads the device, and stores each answer with who and when', async () => {
    const { records, said, stored } = await walk(
      ['', '?', 'p', 'stands', 's', 'no guard yet'],
      ['emergency_stop', 'mechanical_stop', 'guard'],
    );
    expect(records).toEqual(stored);
    expect(records.map(({ id, outcome, note }) => [id, outcome, note])).toEqual([
      ['emergency_stop', 'pass', expect.stringMatching(/reports its emergency stop/)],
      ['mechanical_stop', 'pass', 'stands'],
      ['guard', 'skipped', 'no guard yet'],
    ]);
    expect(records[0]).toMatchObject({
      by: 'A. Lee',
      device: 'machine number 7',
      at: '2026-06-01T12:00:00.000Z',
    });
    expect(said).toMatch(/1 of 3 {2}The hard-wired emergency stop/);
    expect(said).toMatch(/expected: STO without voltage/);
  });

  it('ends where nobody answers, and where nothing can be stored', async () => {
    const silent = await walk(['p', 'well', null], ['mechanical_stop', 'guard']);
    expect(silent.records).toHaveLength(1);
    expect(silent.said).toMatch(/Nobody answers/);
    const full = await walk(['p', 'well', 'p', 'well'], ['mechanical_stop', 'guard'], 'the disk is full');
    expect(full.records).toEqual([]);
    expect(full.said).toMatch(/the disk is full/);
  });
});

describe('on the page', () => {
  it('a machine is told that tests are overdue; a virtual rig has none', async () => {
    const hardware = new Bench();
    hardware.proofsOverdue = '3 proof tests are overdue.';
    hardware.rig.identity['device_kind'] = 2;
    await hardware.connect();
    expect(hardware.faults()).toMatchObject([{ key: 'proof_test_overdue', action: 'warn' }]);
    const virtual = new Bench();
    virtual.proofsOverdue = '3 proof tests are overdue.';
    await virtual.connect();
    expect(virtual.faults()).toEqual([]);
  });
});
