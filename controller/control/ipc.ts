/**
 * The channel between the web process and the control process (node's fork channel, `serialization: 'advanced'`).
 * Control owns the line, the safety and every decision; the web process authenticates, queues and relays.
 * When this channel closes, the control process stops the rig and ends.
 */
import type { InjectOrder } from '../protocol/virtual-rig-channel.ts';
import type { Decision } from './decide/decision.ts';
import type { FeedForwardTable } from './regulate/feed-forward.ts';
import type { GroupName } from '../wire/channels.ts';
import type { ClientMessage, ServerMessage } from '../wire/messages.ts';
import type { Person } from '../wire/person.ts';

export type ControlToWeb =
  | {
      readonly kind: 'frame';
      readonly group: GroupName;
      readonly sequence: number;
      readonly bytes: Uint8Array;
    }
  /** What was decided, from what, in order: for the record. */
  | { readonly kind: 'journal'; readonly decisions: readonly Decision[] }
  /** To be done to the virtual rig by whoever spawned it. */
  | { readonly kind: 'inject'; readonly order: InjectOrder }
  /** What is broken now? Of a control process that begins. */
  | { readonly kind: 'which_faults' }
  /** To one client where `client` is given, to all otherwise. */
  | { readonly kind: 'message'; readonly message: ServerMessage; readonly client?: number };

export type WebToControl =
  /** What is broken in the virtual rig now, by its own word. */
  | { readonly kind: 'faults'; readonly active: readonly string[] }
  /** A client arrived, and this is who it proved to be: control answers with `hello` and what else it must know. */
  | { readonly kind: 'welcome'; readonly client: number; readonly person: Person }
  | { readonly kind: 'goodbye'; readonly client: number }
  | { readonly kind: 'message'; readonly message: ClientMessage; readonly client: number }
  /** What the model beside the rig expects the regulator to need. */
  | { readonly kind: 'expect'; readonly table: FeedForwardTable };

/** How the web process starts the control process: `process.argv[2]`, JSON. */
export interface ControlOptions {
  /** Path of the rig file. */
  readonly rigFile: string;
  /** `/dev/ttyUSB0`, `COM3` or `tcp://127.0.0.1:5020`; `BUS=PATH,…` or nothing for a machine of several devices. */
  readonly port: string;
  /** True only for a virtual rig that this program spawned: clear, reset and start without a person. */
  readonly autoStart: boolean;
  /** True only for a virtual rig that this program spawned: faults may be injected. */
  readonly isBreakable?: boolean;
  /** Everything is read and nothing written. */
  readonly isShadow?: boolean;
}
