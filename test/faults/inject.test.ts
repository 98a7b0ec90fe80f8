/** Who may break what: the way of an injection from a page to the virtual rig. */
import { describe, expect, it } from 'vitest';
import { keepFaults } from '../../controller/command/fault-keeper.ts';
import type { RigProcess } from '../../controller/command/rig-process.ts';
import type { ControlToWeb } from '../../controller/control/ipc.ts';
import { Relay } from '../../controller/control/relay.ts';
import type { RigNews, RigOrder } from '../../controller/protocol/virtual-rig-channel.ts';
import { planProblem } from '../../controller/virtual-rig/faults/plan.ts';
import { Hub } from '../../controller/server/hub.ts';
import { ServerMessage } from '../../controller/wire/messages.ts';
import { Bench } from '../control/bench.ts';
import { readRig } from '../control/observation.ts';

function desk(isBreakable: boolean, role: 'viewer' | 'operator' | 'engineer' = 'engineer') {
  const bench = new Bench();
  const sent: ControlToWeb[] = [];
  const relay = new Relay({
    rig: readRig(),
    clock: bench.clock,
    port: 'memory',
    version: '1',
    smaMassG: 1,
    isVirtual: true,
    isBreakable,
    send: (message) => sent.push(message),
    wallTime: () => '2026-01-01T00:00:00.000Z',
  });
  relay.attach(bench.supervisor);
  relay.receive({ kind: 'welcome', client: 1, person: { role, session: '1' } });
  const inject = async (given: object) => {
    const message = { type: 'inject', id: 7, fault: 'pump-trip', on: true, ...given };
    relay.receive({ kind: 'message', client: 1, message });
    await new Promise((resolve) => void setImmediate(resolve));
    return sent.flatMap((m) => (m.kind === 'message' && m.message.type === 'ack' ? [m.message] : [])).at(-1);
  };
  const orders = () => sent.flatMap((m) => (m.kind === 'inject' ? [m.order] : []));
  const shown = () =>
    sent.flatMap((m) => (m.kind === 'message' && m.message.type === 'faults' ? [m.message] : []));
  return { relay, sent, inject, orders, shown };
}

describe('the control process', () => {
  it('passes an injection on to whoever spawned the rig, and shows what can be broken', async () => {
    const { inject, orders, shown, sent, relay } = desk(true);
    expect(sent.some(({ kind }) => kind === 'which_faults')).toBe(true);
    expect(shown()[0]).toMatchObject({ active: [] });
    expect(await inject({ fault: 'delay', amount: 40 })).toMatchObject({ ok: true });
    expect(orders()).toEqual([{ kind: 'inject', fault: 'delay', on: true, amount: 40 }]);
    relay.receive({ kind: 'faults', active: ['delay'] });
    expect(shown().at(-1)?.active).toEqual(['delay']);
    for (const message of shown()) expect(ServerMessage.safeParse(message).error).toBeUndefined();
  });

  it('refuses for every machine that this program did not spawn, and shows no list', async () => {
    const { inject, orders, shown } = desk(false);
    const answer = await inject({});
    expect(answer).toMatchObject({ ok: false, sentence: expect.stringMatching(/only into a virtual rig/) });
    expect(orders()).toEqual([]);
    expect(shown()).toEqual([]);
  });

  it.each([
    [{ fault: 'nonsense' }, /no fault of the virtual rig/],
    [{ fault: 'host-stall' }, /no fault of the virtual rig/],
    [{ fault: 'delay', amount: 56 }, /56 given for delay_ms, allowed is 1 to 55/],
    [{ amount: 1 }, /pump-trip takes no amount/],
  ])('refuses %o', async (given, says) => {
    const { inject, orders } = desk(true);
    expect(await inject(given)).toMatchObject({ ok: false, sentence: expect.stringMatching(says) });
    expect(orders()).toEqual([]);
  });

  it.each(['viewer', 'operator'] as const)('does not let a %s', async (role) => {
    const { inject, orders } = desk(true, role);
    expect(await inject({})).toMatchObject({ ok: false });
    expect(orders()).toEqual([]);
  });
});

it('what was ordered reaches the rig, and its news the pages', () => {
  const hub = new Hub();
  const toControl: unknown[] = [];
  let say: (message: ControlToWeb) => void = () => {};
  hub.attach({ send: (message) => toControl.push(message), onMessage: (listener) => (say = listener) });
  const orders: RigOrder[] = [];
  let news: (message: RigNews) => void = () => {};
  const rig: Pick<RigProcess, 'order' | 'onNews'> = {
    order: (order) => orders.push(order),
    onNews: (listener) => (news = listener),
  };
  keepFaults(rig, hub);
  say({ kind: 'inject', order: { kind: 'inject', fault: 'drop', on: true } });
  expect(orders).toEqual([{ kind: 'inject', fault: 'drop', on: true }]);
  news({ kind: 'faults', active: ['drop'], problem: null });
  expect(toControl).toEqual([{ kind: 'faults', active: ['drop'] }]);
  say({ kind: 'which_faults' });
  expect(toControl).toHaveLength(2);
});

describe('a plan of faults', () => {
  it.each([
    ['drop', /a list is expected/],
    [[{ fault: 'drop' }], /is expected/],
    [[{ fault: 'drop', at_s: -1 }], /is expected/],
    [[{ fault: 'nonsense', at_s: 1 }], /no fault/],
    [[{ fault: 'delay', at_s: 1, amount: 1000 }], /allowed is 1 to 55/],
  ])('%o is refused in one sentence', (plan, says) => {
    expect(planProblem(plan)).toMatch(says);
  });

  it('is taken where it can be carried out', () => {
    expect(
      planProblem([
        { fault: 'delay', at_s: 1.5, amount: 20 },
        { fault: 'unplug', at_s: 3 },
      ]),
    ).toBeNull();
  });
});
