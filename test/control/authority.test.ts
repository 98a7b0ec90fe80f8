/** People, the lease and the machine together, in virtual time: what the control process makes of who asks. */
import { describe, expect, it } from 'vitest';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { Relay } from '../../controller/control/relay.ts';
import { ClientMessage, Command } from '../../controller/wire/messages.ts';
import type { Role } from '../../controller/wire/person.ts';
import { RIGHTS, type Ask } from '../../controller/wire/rights.ts';
import { Bench } from './bench.ts';
import { RIG_TEXT, readRig } from './observation.ts';

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

class Room {
  readonly bench: Bench;
  readonly relay: Relay;
  readonly sent: Extract<ControlToWeb, { kind: 'message' }>[] = [];
  #asked = 0;

  constructor(rigText = RIG_TEXT) {
    this.bench = new Bench(rigText);
    this.relay = new Relay({
      rig: readRig(rigText),
      clock: this.bench.clock,
      port: 'memory',
      version: '1.2.3',
      smaMassG: 104.4,
      isVirtual: true,
      send: (message) => {
        if (message.kind === 'message') this.sent.push(message);
      },
      wallTime: () => '2026-01-01T00:00:00.000Z',
    });
    this.relay.attach(this.bench.supervisor);
    this.bench.isAttended = this.relay.isAttended;
  }

  /** A page; every page of one session is the same person. */
  open(client: number, role: Role, session = String(client)): void {
    this.relay.receive({ kind: 'welcome', client, person: { role, session } });
  }

  async ask(client: number, message: object): Promise<{ ok: boolean; sentence: string }> {
    const id = this.#asked++;
    this.relay.receive({ kind: 'message', client, message: { id, ...message } });
    await settled();
    const ack = this.sent.findLast((one) => one.client === client && one.message.type === 'ack')?.message;
    if (ack?.type !== 'ack' || ack.id !== id) throw new Error('no ack');
    return ack;
  }

  command = (client: number, command: Command) => this.ask(client, { type: 'command', command });
  lease = (client: number, ask: 'take' | 'take_over' | 'release') => this.ask(client, { type: 'lease', ask });

  /** Seconds with a heartbeat of these clients in each. */
  async pass(seconds: number, ...clients: number[]): Promise<void> {
    for (let s = 0; s < seconds; s++) {
      for (const client of clients)
        this.relay.receive({ kind: 'message', client, message: { type: 'heartbeat' } });
      await this.bench.clock.advance(1000);
    }
  }

  holder(): string | null {
    const told = this.sent.findLast(({ message }) => message.type === 'lease')?.message;
    return told?.type === 'lease' ? (told.holder?.session ?? null) : null;
  }

  /** From nothing to EXECUTE by this client. */
  async run(client: number): Promise<void> {
    await this.bench.connect();
    for (const command of ['CLEAR', 'RESET', 'START'] as const) {
      expect(await this.command(client, command)).toMatchObject({ ok: true });
      await this.bench.clock.advance(300);
    }
    expect(this.bench.state()).toBe('EXECUTE');
  }
}

const RECIPE = { frequencyHz: 3, strainPercent: 4, blowFlowKgPerS: 0.15, blowDuty: 0.3 };

/** One message for every row of the table. */
function messageFor(ask: Ask): object {
  if (Command.safeParse(ask).success) return { type: 'command', command: ask };
  if (ask === 'setpoint_C') return { type: 'set', key: ask, value: 21 };
  if (ask === 'acceleration') return { type: 'set', key: ask, value: 5 };
  if (ask === 'output') return { type: 'set', key: ask, value: 1 };
  if (ask === 'regulate') return { type: ask, action: 'manual' };
  if (ask === 'bypass') return { type: ask, key: 'no_flow', minutes: 1, reason: 'a test of the table' };
  if (ask === 'unbypass') return { type: ask, key: 'no_flow' };
  if (ask === 'proof') return { type: ask, action: 'leave' };
  if (ask === 'acknowledge') return { type: ask, key: null };
  if (ask === 'mode') return { type: ask, mode: 'manual' };
  if (ask === 'jog') return { type: ask, axis: 'load', held: true };
  if (ask === 'recipe') return { type: ask, recipe: RECIPE };
  if (ask === 'replay') return { type: ask, action: 'play' };
  if (ask === 'mark') return { type: ask, at_s: 12.5, note: 'a test of the table' };
  if (ask === 'inject') return { type: ask, fault: 'drop', on: true };
  return { type: 'lease', ask };
}

const ANSWERED = (Object.keys(RIGHTS) as Ask[]).filter((ask) => ask !== 'history' && ask !== 'heartbeat');

describe('who may do what', () => {
  it('has a message for every row', () => {
    for (const ask of ANSWERED)
      expect(ClientMessage.safeParse({ id: 1, ...messageFor(ask) }).error).toBeUndefined();
  });

  it.each(ANSWERED)('%s by a viewer: refused in a sentence, but for STOP and ABORT', async (ask) => {
    const room = new Room();
    room.open(1, 'operator');
    room.open(2, 'viewer');
    await room.run(1);
    const before = room.bench.rig.commands().length;
    const { ok, sentence } = await room.ask(2, messageFor(ask));
    await room.bench.clock.advance(100);
    expect(ok).toBe(ask === 'STOP' || ask === 'ABORT');
    if (ok) return expect(['STOPPING', 'STOPPED', 'ABORTING', 'ABORTED']).toContain(room.bench.state());
    if (ask === 'replay') expect(sentence).toBe('This is a machine, not a replay.');
    else expect(sentence).toMatch(/needs an (operator|engineer); this page was opened as viewer/);
    expect(room.bench.state()).toBe('EXECUTE');
    expect(room.bench.rig.commands()).toHaveLength(before);
    expect(room.holder()).toBe('1');
  });

  it.each(ANSWERED.filter((ask) => RIGHTS[ask].lease))(
    '%s while another has control is refused',
    async (ask) => {
      const room = new Room();
      room.open(1, 'engineer');
      room.open(2, 'engineer');
      await room.run(1);
      const { ok, sentence } = await room.ask(2, messageFor(ask));
      expect(ok).toBe(false);
      expect(sentence).toContain('Engineer 1 has control');
      expect(room.bench.state()).toBe('EXECUTE');
    },
  );

  it.each(['STOP', 'ABORT'] as const)(
    '%s stops even for a page that was never announced',
    async (command) => {
      const room = new Room();
      room.open(1, 'operator');
      await room.run(1);
      expect(await room.command(99, command)).toMatchObject({ ok: true });
      expect(await room.command(99, 'CLEAR')).toMatchObject({ ok: false });
    },
  );

  it('an operator does not accelerate; an engineer does', async () => {
    const room = new Room();
    room.open(1, 'operator');
    room.open(2, 'engineer');
    await room.bench.connect();
    const { ok, sentence } = await room.ask(1, messageFor('acceleration'));
    expect(ok).toBe(false);
    expect(sentence).toContain('needs an engineer');
    // Its answer comes with the device's own, in virtual time; that control was taken for it shows at once.
    room.relay.receive({ kind: 'message', client: 2, message: { id: 9, ...messageFor('acceleration') } });
    expect(room.holder()).toBe('2');
    await room.bench.clock.advance(200);
    const ack = room.sent.find(({ client, message }) => client === 2 && message.type === 'ack')?.message;
    expect(ack).toMatchObject({ id: 9, ok: true });
  });
});

describe('control of a machine that runs', () => {
  it('is taken with the first command, kept by heartbeats and told to all', async () => {
    const room = new Room();
    room.open(1, 'operator');
    room.open(2, 'viewer');
    await room.run(1);
    await room.pass(30, 1);
    expect(room.holder()).toBe('1');
    expect(room.bench.state()).toBe('EXECUTE');
    const told = room.sent.filter(({ message, client }) => message.type === 'lease' && client === undefined);
    expect(told).toHaveLength(1);
  });

  it.each<[string, (room: Room) => Promise<void>, number]>([
    // Heartbeats end with the last second of run(); the tick after five more is the one that holds.
    ['falls silent', async () => {}, 5000],
    [
      'goes away and does not come back',
      async (room) => room.relay.receive({ kind: 'goodbye', client: 1 }),
      3000,
    ],
    ['releases', async (room) => void (await room.lease(1, 'release')), 0],
  ])('whose holder %s is held at once, and stopped after the longest hold', async (_what, lose, afterMs) => {
    const room = new Room();
    room.open(1, 'operator');
    await room.run(1);
    await room.pass(3, 1);
    room.relay.receive({ kind: 'message', client: 1, message: { type: 'heartbeat' } });
    await lose(room);
    await room.bench.clock.advance(afterMs);
    expect(room.bench.states.at(-1)).toBe(afterMs === 0 ? room.bench.state() : 'EXECUTE');
    // One tick of 20 ms, and another for the reading that was under way.
    await room.bench.clock.advance(40);
    expect(['HOLDING', 'HELD']).toContain(room.bench.state());
    expect(room.bench.firstOut()).toBe('operator_lost');
    const heldMs = await room.bench.until('HELD', 3000);
    expect(heldMs).toBeLessThan(3000);
    await room.bench.clock.advance(readRig().holdLimitS * 1000 - 100);
    expect(room.bench.state()).toBe('HELD');
    await room.bench.until('STOPPED', 1000);
  });

  it('goes on after UNHOLD of whoever takes it then; the fault is gone with its cause', async () => {
    const room = new Room();
    room.open(1, 'operator');
    await room.run(1);
    room.relay.receive({ kind: 'goodbye', client: 1 });
    await room.bench.until('HELD', 8000);
    room.open(2, 'operator');
    expect(await room.command(2, 'UNHOLD')).toMatchObject({ ok: true });
    await room.bench.clock.advance(500);
    expect(room.bench.state()).toBe('EXECUTE');
    expect(room.bench.faults()).toEqual([]);
    expect(room.holder()).toBe('2');
  });

  it('survives a reload, and two pages of one session are one', async () => {
    const room = new Room();
    room.open(1, 'operator', 'a');
    await room.run(1);
    room.relay.receive({ kind: 'goodbye', client: 1 });
    await room.bench.clock.advance(2900);
    room.open(2, 'operator', 'a');
    room.open(3, 'operator', 'a');
    await room.pass(5, 3);
    room.relay.receive({ kind: 'goodbye', client: 3 });
    await room.pass(10, 2);
    expect(room.bench.state()).toBe('EXECUTE');
    expect(await room.command(2, 'HOLD')).toMatchObject({ ok: true });
  });

  it('is taken over by an engineer without a pause; the other is told and may no more', async () => {
    const room = new Room();
    room.open(1, 'operator');
    room.open(2, 'engineer');
    await room.run(1);
    expect(await room.lease(2, 'take')).toMatchObject({ ok: false });
    expect(await room.lease(2, 'take_over')).toMatchObject({ ok: true });
    await room.pass(2, 2);
    expect(room.bench.state()).toBe('EXECUTE');
    expect(room.holder()).toBe('2');
    expect(await room.command(1, 'HOLD')).toMatchObject({ ok: false });
    expect(await room.command(1, 'STOP')).toMatchObject({ ok: true });
  });

  it('is nobody’s business where the rig file says continue', async () => {
    const room = new Room(RIG_TEXT.replace('operator_lost: hold', 'operator_lost: continue'));
    room.open(1, 'operator');
    await room.run(1);
    room.relay.receive({ kind: 'goodbye', client: 1 });
    await room.bench.clock.advance(60_000);
    expect(room.holder()).toBeNull();
    expect(room.bench.state()).toBe('EXECUTE');
    expect(
      room.sent.some(({ message }) => message.type === 'event' && message.sentence.includes('lost control')),
    ).toBe(true);
  });

  it('by hand needs somebody too: when the page goes the motion ends, the train unloads, enable goes off', async () => {
    const room = new Room();
    room.open(1, 'engineer');
    await room.bench.connect();
    expect(await room.command(1, 'CLEAR')).toMatchObject({ ok: true });
    await room.bench.until('STOPPED', 500);
    expect(await room.ask(1, { type: 'mode', mode: 'manual' })).toMatchObject({ ok: true });
    for (let n = 0; n < 5; n++) {
      expect(await room.ask(1, { type: 'jog', axis: 'load', held: true })).toMatchObject({ ok: true });
      await room.bench.clock.advance(100);
    }
    room.relay.receive({ kind: 'goodbye', client: 1 });
    await room.bench.clock.advance(2900);
    expect(room.bench.supervisor.stateMessage()).toMatchObject({ mode: 'manual', proof: { enabled: true } });
    // 100 ms to the end of the grace time, then a tick, the unload and its proof.
    await room.bench.clock.advance(1500);
    expect(room.bench.supervisor.stateMessage()).toMatchObject({
      state: 'STOPPED',
      mode: 'simulation',
      proof: { enabled: false },
    });
    expect(room.bench.told.join('\n')).toContain(
      'Nobody has control of the machine while it is in manual mode',
    );
  });

  it('a machine at rest is left alone when its page goes', async () => {
    const room = new Room();
    room.open(1, 'operator');
    await room.bench.connect();
    expect(await room.command(1, 'CLEAR')).toMatchObject({ ok: true });
    await room.bench.clock.advance(10_000);
    expect(room.holder()).toBeNull();
    expect(room.bench.state()).toBe('STOPPED');
    expect(room.bench.faults()).toEqual([]);
  });
});
