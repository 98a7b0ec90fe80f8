/**
 * A record in the place of a control process: what was sent is sent again, at any pace; nothing can be commanded. The
 * page's switch for the pace of simulated time sets how fast it plays.
 */
import type { WebToControl } from '../control/ipc.ts';
import type { RecordReader } from '../wire/record/record-reader.ts';
import { GROUPS, groupRecord } from '../wire/channels.ts';
import { encodeFrame } from '../wire/frame.ts';
import type { ClientMessage, ServerMessage } from '../wire/messages.ts';
import type { ControlLink } from './hub.ts';

type ToWeb = Parameters<Parameters<ControlLink['onMessage']>[0]>[0];

const STEP_MS = 20;
const REFUSAL = 'This is a replay of a record: nothing can be commanded.';

export interface Replay {
  readonly link: ControlLink;
  /** Plays to the end; the pace is that of the record times `speed`. */
  readonly play: () => Promise<void>;
}

/** `runId`: shown as the rig's name, so that nobody takes it for a machine. */
export function createReplay(run: RecordReader, runId: string, speed: number): Replay {
  const sequences = groupRecord(() => 0);
  let listener = (_message: ToWeb): void => {};
  let pace = speed;
  let newestState: ServerMessage | undefined;
  let hello: ServerMessage | undefined;

  const toAll = (message: ServerMessage): void => listener({ kind: 'message', message });
  const to = (client: number, message: ServerMessage): void => listener({ kind: 'message', message, client });

  async function readHello(): Promise<void> {
    for await (const recorded of run.read(['/hello']))
      if (recorded.kind === 'message') return void (hello = marked(recorded.message, runId));
  }

  function greet(client: number): void {
    if (hello !== undefined) to(client, hello);
    to(client, { type: 'you', person: { role: 'engineer', session: 'replay' } });
    to(client, { type: 'lease', holder: null, unattended: 'continue', sentence: REFUSAL });
    if (newestState !== undefined) to(client, newestState);
  }

  function answer(client: number, message: ClientMessage): void {
    if (message.type === 'history' || message.type === 'heartbeat') return;
    const isPace = message.type === 'set' && message.key === 'acceleration';
    if (isPace) pace = message.value;
    const sentence = isPace ? `The record plays at ${message.value}×.` : REFUSAL;
    to(client, { type: 'ack', id: message.id, ok: isPace, sentence });
    if (newestState?.type === 'state') toAll((newestState = { ...newestState, acceleration: pace }));
  }

  function show(message: ServerMessage): void {
    if (message.type === 'state') toAll((newestState = paced(message, pace)));
    else if (message.type === 'event') toAll(message);
  }

  return {
    link: {
      send(message: WebToControl) {
        if (message.kind === 'welcome') greet(message.client);
        else if (message.kind === 'message') answer(message.client, message.message);
      },
      onMessage(hear) {
        listener = hear;
      },
    },
    async play() {
      await readHello();
      if (hello !== undefined) toAll(hello);
      let positionMs = run.fromMs;
      let wallMs = performance.now();
      for await (const recorded of run.read([...GROUPS.map((group) => `/${group}`), '/state', '/event'])) {
        while (recorded.atMs > positionMs) {
          await new Promise((resolve) => setTimeout(resolve, STEP_MS));
          const nowMs = performance.now();
          positionMs += (nowMs - wallMs) * pace;
          wallMs = nowMs;
        }
        if (recorded.kind === 'message') show(recorded.message);
        if (recorded.kind !== 'frame') continue;
        const { group } = recorded.frame;
        const sequence = sequences[group]++;
        listener({ kind: 'frame', group, sequence, bytes: encodeFrame({ ...recorded.frame, sequence }) });
      }
    },
  };
}

/** A replay may be hurried as a virtual rig may. */
const marked = (message: ServerMessage, runId: string): ServerMessage =>
  message.type === 'hello'
    ? { ...message, rig: { ...message.rig, name: `REPLAY ${runId}: ${message.rig.name}`, virtual: true } }
    : message;

const paced = (message: ServerMessage, pace: number): ServerMessage =>
  message.type === 'state'
    ? {
        ...message,
        sentence: `A replay, not a machine. ${message.sentence}`,
        allowed: [],
        acceleration: pace,
      }
    : message;
