/** A control process reduced to its channel: the hub cannot tell the difference. */
import type { ControlToWeb, WebToControl } from '../../controller/control/ipc.ts';
import type { ControlLink } from '../../controller/server/hub.ts';
import {
  CHANNELS,
  type ChannelTables,
  type GroupName,
  groupRecord,
  tablesOf,
} from '../../controller/wire/channels.ts';
import { encodeFrame } from '../../controller/wire/frame.ts';
import type { EventMessage } from '../../controller/wire/messages.ts';

export class FakeControl implements ControlLink {
  readonly received: WebToControl[] = [];
  /** What `hello` says the columns are. */
  tables: ChannelTables = tablesOf([]);
  #listener: (message: ControlToWeb) => void = () => {};
  #next: Record<GroupName, number> = groupRecord(() => 0);

  send(message: WebToControl): void {
    this.received.push(message);
    // As the real one does: a greeting for who has come, an ack for who asks.
    if (message.kind === 'welcome') this.say(this.hello(), message.client);
    else if (message.kind === 'message' && 'id' in message.message)
      this.say({ type: 'ack', id: message.message.id, ok: true, sentence: 'done' }, message.client);
  }

  onMessage(listener: (message: ControlToWeb) => void): void {
    this.#listener = listener;
  }

  say(message: Extract<ControlToWeb, { kind: 'message' }>['message'], client?: number): void {
    this.#listener({ kind: 'message', message, ...(client === undefined ? {} : { client }) });
  }

  hello(): Extract<ControlToWeb, { kind: 'message' }>['message'] {
    return greeting(this.tables);
  }

  /** As it stands. */
  deliver(message: ControlToWeb): void {
    this.#listener(message);
  }

  event(sentence: string, severity: EventMessage['severity'] = 'info'): void {
    this.say({ type: 'event', sequence: 0, at: '2026-01-01T00:00:00.000Z', severity, sentence });
  }

  /** The next frame of a group; every value of row `n` is `n`, the sequence number it was sent with. */
  frame(group: GroupName, rows = 1): void {
    const sequence = this.#next[group]++;
    const bytes = encodeFrame({
      group,
      sequence,
      startS: sequence * 0.02,
      cycle: group === 'tick' ? 0 : sequence,
      rows,
      offsetS: Float32Array.from({ length: rows }, (_, i) => i * 0.001),
      columns: CHANNELS[group].map(() => new Float32Array(rows).fill(sequence)),
    });
    this.#listener({ kind: 'frame', group, sequence, bytes });
  }

  /** A number that was counted and never sent. */
  skip(group: GroupName): void {
    this.#next[group]++;
  }

  frames(group: GroupName, count: number, rows = 1): void {
    for (let i = 0; i < count; i++) this.frame(group, rows);
  }
}

export function greeting(
  tables: ChannelTables = tablesOf([]),
): Extract<ControlToWeb, { kind: 'message' }>['message'] {
  return {
    type: 'hello',
    wire: 1,
    version: '0.0.0',
    rig: {
      name: 'fake',
      port: 'memory',
      virtual: true,
      limits: {
        stressMPa: 900,
        pressureBar: 1.5,
        temperatureHighC: 70,
        temperatureLowC: -10,
        dataAgeMs: 210,
      },
      smaMassG: 100,
      preset: 'hkust-kilowatt-2025',
      recipeBounds: null,
      manual: false,
      bypassable: [],
      mostBypassMinutes: 30,
    },
    channels: groupRecord((group) => [...tables[group]]),
  };
}
