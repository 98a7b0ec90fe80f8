/** The real server in front of the real control code, with a rig in virtual time at the end of its line. */
import type { ControlToWeb, WebToControl } from '../../controller/control/ipc.ts';
import { Relay } from '../../controller/control/relay.ts';
import type { ControlLink } from '../../controller/server/hub.ts';
import type { Role } from '../../controller/wire/person.ts';
import { Bench } from '../control/bench.ts';
import { RIG_TEXT, readRig } from '../control/observation.ts';
import { startHouse, type House, type HouseOptions } from './house.ts';
import type { LiveClient } from './live-client.ts';

export interface OperatedHouse extends House {
  readonly bench: Bench;
  /** A page that came in with the key of this role, greeted. */
  readonly enter: (role: Role) => Promise<LiveClient>;
}

/** Everyone needs a key, as with a real machine. The machine runs where `running` says so. */
export async function startOperatedHouse(
  options: HouseOptions & { running?: boolean } = {},
): Promise<OperatedHouse> {
  const { bench, link, isAttended } = controlOf();
  await (options.running === true ? bench.run() : bench.connect());
  bench.isAttended = isAttended;
  const house = await startHouse({ tokenRequired: true, ...options, link });
  const enter = async (role: Role): Promise<LiveClient> => {
    const client = await house.connect({
      headers: { origin: house.origin, cookie: await house.login(role) },
    });
    await client.until((c) => c.of('lease').length > 0);
    return client;
  };
  return { ...house, bench, enter };
}

function controlOf(): { bench: Bench; link: ControlLink; isAttended: () => boolean } {
  const bench = new Bench();
  let listener: (message: ControlToWeb) => void = () => {};
  const relay = new Relay({
    rig: readRig(RIG_TEXT),
    clock: bench.clock,
    port: 'memory',
    version: '0.0.0',
    smaMassG: 104,
    isVirtual: false,
    send: (message) => listener(message),
    wallTime: () => '2026-01-01T00:00:00.000Z',
  });
  relay.attach(bench.supervisor);
  const link: ControlLink = {
    send: (message: WebToControl) => relay.receive(message),
    onMessage: (given) => {
      listener = given;
    },
  };
  return { bench, link, isAttended: relay.isAttended };
}

let asked = 0;
/** Asks and waits for the answer. */
export async function answerTo(
  client: LiveClient,
  message: object,
): Promise<{ ok: boolean; sentence: string }> {
  const id = ++asked;
  client.ask({ id, ...message });
  await client.until((c) => c.of('ack').some((ack) => ack.id === id));
  const ack = client.of('ack').find((one) => one.id === id);
  if (ack === undefined) throw new Error('no ack');
  return ack;
}
