import { describe, expect, it } from 'vitest';
import { autoStart } from '../../controller/control/operate/auto-start.ts';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { Relay } from '../../controller/control/relay.ts';
import { type Command, ServerMessage } from '../../controller/wire/messages.ts';
import { Bench } from './bench.ts';
import { readRig } from './observation.ts';

const settled = (): Promise<void> => new Promise((resolve) => void setImmediate(resolve));

function desk(isVirtual = false) {
  const bench = new Bench();
  const sent: ControlToWeb[] = [];
  const relay = new Relay({
    rig: readRig(),
    clock: bench.clock,
    port: 'memory',
    version: '1.2.3',
    smaMassG: 104.4,
    isVirtual,
    send: (message) => sent.push(message),
    wallTime: () => '2026-01-01T00:00:00.000Z',
  });
  relay.attach(bench.supervisor);
  const messages = () => sent.flatMap((m) => (m.kind === 'message' ? [m] : []));
  relay.receive({ kind: 'welcome', client: 4, person: { role: 'operator', session: '4' } });
  sent.length = 0;
  const ask = async (message: unknown): Promise<void> => {
    relay.receive({ kind: 'message', client: 4, message });
    await settled();
  };
  return { bench, relay, sent, messages, ask };
}

describe('relay', () => {
  it('greets a client, and that client alone, with hello, who it is, who has control, and state', () => {
    const { relay, messages } = desk();
    relay.receive({ kind: 'welcome', client: 9, person: { role: 'viewer', session: '9' } });
    expect(messages().map(({ client, message }) => [client, message.type])).toEqual([
      [9, 'hello'],
      [9, 'you'],
      [9, 'lease'],
      [9, 'state'],
    ]);
    for (const { message } of messages()) expect(ServerMessage.safeParse(message).error).toBeUndefined();
  });

  it('tells everyone once that the device turned out to be virtual', async () => {
    const { bench, relay, messages } = desk();
    relay.publish();
    await bench.connect();
    relay.publish();
    relay.publish();
    const hellos = messages().filter(({ message }) => message.type === 'hello');
    expect(hellos).toHaveLength(1);
    expect(hellos[0]).toMatchObject({ message: { rig: { virtual: true, smaMassG: 104.4 } } });
    expect(hellos[0]?.client).toBeUndefined();
  });

  it.each(['CLEAR', 'START'] satisfies Command[])(
    'answers %s with its id and a sentence',
    async (command) => {
      const { bench, messages, ask } = desk();
      await bench.connect();
      await ask({ type: 'command', id: 17, command });
      const ack = messages().find(({ message }) => message.type === 'ack');
      expect(ack).toMatchObject({ client: 4, message: { id: 17, ok: command === 'CLEAR' } });
      expect(ack?.message).toHaveProperty(
        'sentence',
        expect.stringMatching(new RegExp(`^${command} is .{20,}`)),
      );
    },
  );

  it('takes a set-point and shows it', async () => {
    const { bench, messages, ask } = desk();
    await ask({ type: 'set', id: 1, key: 'setpoint_C', value: 19.5 });
    expect(messages().find(({ message }) => message.type === 'ack')).toMatchObject({
      message: { ok: true, sentence: 'The set-point is 19.5 °C.' },
    });
    expect(bench.supervisor.stateMessage().setpointC).toBe(19.5);
  });

  it('tells everyone what a person marked, where on the clock and who', async () => {
    const { messages, ask } = desk();
    await ask({ type: 'mark', id: 3, at_s: 754.25, note: '  pump sounds rough ' });
    const event = messages().find(({ message }) => message.type === 'event');
    expect(event?.client).toBeUndefined();
    expect(event?.message).toMatchObject({
      severity: 'info',
      sentence: "Operator 4 marked 754.25 s of the rig's clock: pump sounds rough",
      mark: { at_s: 754.25, note: 'pump sounds rough', by: 'Operator 4' },
    });
    expect(ServerMessage.safeParse(event?.message).success).toBe(true);
  });

  it.each([
    { kind: 'message', client: 1, message: { type: 'command', id: 1, command: 'SUSPEND' } },
    { kind: 'message', client: 1, message: { type: 'set', id: 1, key: 'setpoint_C', value: 90 } },
    { kind: 'shutdown' },
    null,
  ])('does nothing on %o but say so', (raw) => {
    const { bench, relay, messages } = desk();
    relay.receive(raw);
    expect(messages().map(({ message }) => message.type)).toEqual(['event']);
    expect(bench.state()).toBe('ABORTED');
  });
});

describe('the start by itself', () => {
  const begin = (isCancelled = () => false) => {
    const bench = new Bench();
    bench.supervisor.start();
    const done = autoStart(
      bench.supervisor,
      bench.clock,
      (_s, sentence) => bench.told.push(sentence),
      isCancelled,
    );
    return { bench, done };
  };

  it('clears, resets and starts', async () => {
    const { bench, done } = begin();
    await bench.clock.advance(1500);
    await done;
    expect(bench.state()).toBe('EXECUTE');
  });

  it('happens once: after an abort nobody starts', async () => {
    const { bench, done } = begin();
    await bench.clock.advance(1500);
    await done;
    bench.command('ABORT');
    await bench.clock.advance(60_000);
    expect(bench.state()).toBe('ABORTED');
  });

  it('gives up when the machine aborts on the way', async () => {
    const { bench, done } = begin();
    bench.rig.readings['cell_C'] = 90;
    await bench.clock.advance(5000);
    await done;
    bench.rig.readings['cell_C'] = 25;
    await bench.clock.advance(60_000);
    expect(bench.state()).toBe('ABORTED');
    expect(bench.told.join('\n')).toMatch(/start by itself ends/);
  });

  it('leaves the machine to a person who takes over half way', async () => {
    const bench = new Bench();
    bench.supervisor.start();
    const isCancelled = () => bench.state() === 'STOPPED';
    const done = autoStart(bench.supervisor, bench.clock, () => {}, isCancelled);
    await bench.clock.advance(2000);
    await done;
    expect(bench.state()).toBe('STOPPED');
  });

  it('leaves the machine to a person who takes over', async () => {
    const { bench, done } = begin(() => true);
    await bench.clock.advance(2000);
    await done;
    expect(bench.state()).toBe('ABORTED');
  });
});
