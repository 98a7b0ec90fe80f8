/** Between the supervisor and the web process: what goes out is wrapped, what comes in is checked and answered. */
import { z } from 'zod';
import type { Clock } from '../protocol/byte-port.ts';
import { orderProblem } from '../protocol/faults/amount.ts';
import { WITHIN_S } from '../protocol/faults/fault.ts';
import { RIG_FAULTS } from '../protocol/faults/index.ts';
import { type Channel, groupRecord, tablesOf } from '../wire/channels.ts';
import type { MarkAsk } from '../wire/mark.ts';
import { ClientMessage, type EventMessage, WIRE_VERSION, type ServerMessage } from '../wire/messages.ts';
import type { Decision } from './decide/decision.ts';
import { Person } from '../wire/person.ts';
import { named } from '../wire/rights.ts';
import type { ControlToWeb } from './ipc.ts';
import { createAuthority, type Authority } from './operate/authority.ts';
import type { LeaseChange } from './operate/lease.ts';
import { toRecipe, toWireBounds } from './operate/wire-recipe.ts';
import type { RigFile } from './rig-file.ts';
import type { ProofDesk } from './proof/proof-desk.ts';
import type { FrameSink } from './report/telemetry.ts';
import { FeedForwardTable } from './regulate/feed-forward.ts';
import type { Reply } from './regulate/regulator.ts';
import type { Supervisor } from './supervisor.ts';
import { MOST_BYPASS_MINUTES } from './safety/bypasses.ts';
import { tableOf } from './safety/table.ts';
import type { Tell } from './tell.ts';

const FromWeb = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('welcome'), client: z.number(), person: Person }),
  z.object({ kind: z.literal('faults'), active: z.array(z.string()) }),
  z.object({ kind: z.literal('goodbye'), client: z.number() }),
  z.object({ kind: z.literal('expect'), table: FeedForwardTable }),
  z.object({ kind: z.literal('message'), client: z.number(), message: ClientMessage }),
]);

const JOURNAL_BATCH = 32;
const NOT_BREAKABLE =
  'Faults can be injected only into a virtual rig that this program started itself; this machine is none.';
const NO_PROOFS: Reply = { ok: false, sentence: 'There are no proof tests here.' };
/** What is answered by an ack. */
type Asked = Exclude<ClientMessage, { type: 'history' | 'heartbeat' }>;

export interface RelayOptions {
  readonly rig: RigFile;
  readonly clock: Clock;
  readonly port: string;
  readonly version: string;
  readonly smaMassG: number;
  /** Known to be virtual before the device says so. */
  readonly isVirtual: boolean;
  /** Faults may be injected into it. */
  readonly isBreakable?: boolean;
  readonly send: (message: ControlToWeb) => void;
  /** Wall time, ISO 8601. */
  readonly wallTime: () => string;
}

export class Relay {
  readonly #options: RelayOptions;
  readonly #authority: Authority;
  #supervisor: Supervisor | null = null;
  #isVirtual: boolean;
  #events = 0;
  #decisions: Decision[] = [];
  #hasPersonCommanded = false;
  /** What is broken in the virtual rig. */
  #broken: readonly string[] = [];
  #proofs: ProofDesk | null = null;
  #device: string | null = null;
  #stream: readonly Channel[] = [];

  constructor(options: RelayOptions) {
    this.#options = options;
    this.#isVirtual = options.isVirtual;
    this.#authority = createAuthority(options.clock, options.rig.operator_lost, (change) =>
      this.#tellLease(change),
    );
  }

  /** A supervisor needs a relay to speak through; this closes the circle. */
  attach(supervisor: Supervisor, proofs: ProofDesk | null = null): void {
    this.#proofs = proofs;
    if (this.#options.isBreakable) this.#options.send({ kind: 'which_faults' });
    this.#supervisor = supervisor;
  }

  hasPersonCommanded(): boolean {
    return this.#hasPersonCommanded;
  }

  /** True while somebody has control; call in every tick. */
  readonly isAttended = (): boolean => this.#authority.isAttended();

  readonly frame: FrameSink = (group, sequence, bytes) => {
    this.#options.send({ kind: 'frame', group, sequence, bytes });
  };

  readonly tell: Tell = (severity, sentence, about) =>
    this.#event(about === undefined ? { severity, sentence } : { severity, sentence, about });

  /** The device streams these channels: everyone must know before the first frame of them. */
  readonly streams = (channels: readonly Channel[]): void => {
    if (JSON.stringify(channels) === JSON.stringify(this.#stream)) return;
    this.#stream = channels;
    this.#toAll(this.#hello());
  };

  #event(said: Omit<EventMessage, 'type' | 'sequence' | 'at'>): void {
    this.#toAll({ type: 'event', sequence: this.#events++, at: this.#options.wallTime(), ...said });
  }

  /** In shadow: what would have been written. */
  readonly wouldWrite = (what: string): void => this.tell('info', `Shadow: would write ${what}.`);

  /** Decisions leave in batches: at 50 Hz each alone would cost more than all together. */
  readonly journal = (decision: Decision): void => {
    this.#decisions.push(decision);
    if (this.#decisions.length >= JOURNAL_BATCH) this.flush();
  };

  /** Call often: what is not sent is lost with this process. */
  readonly flush = (): void => {
    if (this.#decisions.length === 0) return;
    this.#options.send({ kind: 'journal', decisions: this.#decisions });
    this.#decisions = [];
  };

  /** Call on every change and at least twice a second. */
  readonly publish = (): void => {
    if (this.#supervisor === null) return;
    if (this.#supervisor.isVirtual() && !this.#isVirtual) {
      this.#isVirtual = true;
      this.#toAll(this.#hello());
    }
    if (this.#device !== this.#supervisor.device()) this.tellProofs();
    this.#toAll(this.#state(this.#supervisor));
  };

  /** A message of the web process. */
  receive(raw: unknown): void {
    const parsed = FromWeb.safeParse(raw);
    if (!parsed.success) {
      this.tell('warning', `A message was not understood: ${z.prettifyError(parsed.error)}`);
      return;
    }
    const { data } = parsed;
    if (data.kind === 'welcome') this.#greet(data.client, data.person);
    else if (data.kind === 'faults') this.#tellFaults(data.active);
    else if (data.kind === 'goodbye') this.#authority.leave(data.client);
    else if (data.kind === 'expect') this.#supervisor?.expect(data.table);
    else void this.#answer(data.client, data.message);
  }

  #greet(client: number, person: Person): void {
    this.#authority.arrive(client, person);
    this.#to(client, this.#hello());
    this.#to(client, { type: 'you', person });
    if (this.#options.isBreakable) this.#to(client, faultsMessage(this.#broken));
    if (this.#proofs !== null) this.#to(client, this.#proofs.message());
    this.#to(client, this.#authority.message());
    if (this.#supervisor !== null) this.#to(client, this.#state(this.#supervisor));
  }

  /** What the machine does, and who is there. */
  #state(supervisor: Supervisor): ServerMessage {
    return { ...supervisor.stateMessage(), ...this.#authority.attendance() };
  }

  #tellLease({ kind, sentence }: LeaseChange): void {
    this.#toAll(this.#authority.message());
    this.tell(kind === 'lost' ? 'warning' : 'info', sentence);
  }

  async #answer(client: number, message: ClientMessage): Promise<void> {
    const refusal = this.#authority.refuse(client, message);
    // History is the web process's, and that a page lives was all that a heartbeat had to say.
    if (this.#supervisor === null || message.type === 'history' || message.type === 'heartbeat') return;
    const reply =
      refusal === null
        ? await this.#carryOut(this.#supervisor, client, message)
        : { ok: false, sentence: refusal };
    this.#to(client, { type: 'ack', id: message.id, ...reply });
    this.publish();
  }

  #carryOut(supervisor: Supervisor, client: number, message: Asked): Reply | Promise<Reply> {
    switch (message.type) {
      case 'command':
        this.#hasPersonCommanded = true;
        return supervisor.command(message.command);
      case 'set':
        if (message.key === 'output') return supervisor.setOutput(message.value);
        if (message.key === 'acceleration') return supervisor.accelerate(message.value);
        return supervisor.setSetpoint(message.value);
      case 'lease':
        return this.#authority.answer(client, message.ask);
      case 'regulate':
        return supervisor.regulate(message.action);
      case 'recipe':
        return supervisor.setRecipe(toRecipe(message.recipe), this.#nameOf(client));
      case 'bypass':
        return supervisor.bypass({
          ...message,
          isEngineer: this.#authority.personAt(client)?.role === 'engineer',
        });
      case 'unbypass':
        return supervisor.unbypass(message.key);
      case 'acknowledge':
        return supervisor.acknowledge(message.key, this.#nameOf(client), this.#options.wallTime());
      case 'mode':
        return supervisor.setMode(message.mode);
      case 'jog':
        return supervisor.jog(message.axis, message.held, client);
      case 'inject':
        return this.#inject(message);
      case 'mark':
        return this.#mark(client, message);
      case 'proof':
        return this.#proofs?.take(message, this.#nameOf(client)) ?? NO_PROOFS;
      case 'replay':
        return { ok: false, sentence: 'This is a machine, not a replay.' };
      default:
        return message satisfies never;
    }
  }

  #mark(client: number, { at_s, note }: MarkAsk): Reply {
    const by = this.#nameOf(client);
    const sentence = `${by} marked ${at_s.toFixed(2)} s of the rig's clock: ${note}`;
    this.#event({ severity: 'info', sentence, mark: { at_s, note, by } });
    return { ok: true, sentence: 'Marked.' };
  }

  #nameOf(client: number): string {
    const person = this.#authority.personAt(client);
    return person === undefined ? 'Somebody' : named(person);
  }

  /** Whoever spawned the rig breaks it; what came of it is told by the rig itself. */
  #inject({ fault, on, amount }: Extract<ClientMessage, { type: 'inject' }>): Reply {
    const problem = this.#options.isBreakable ? orderProblem(fault, amount) : NOT_BREAKABLE;
    if (problem !== null) return { ok: false, sentence: problem };
    const order = { kind: 'inject', fault, on, ...(amount === undefined ? {} : { amount }) } as const;
    this.#options.send({ kind: 'inject', order });
    return { ok: true, sentence: `${fault} is being ${on ? 'injected' : 'mended'}.` };
  }

  #tellFaults(active: readonly string[]): void {
    this.#broken = active;
    this.#toAll(faultsMessage(active));
  }

  /** Call where there is something else to show of the proof tests. */
  readonly tellProofs = (): void => {
    this.#device = this.#supervisor?.device() ?? null;
    if (this.#proofs !== null) this.#toAll(this.#proofs.message());
  };

  #hello(): ServerMessage {
    const { rig, port, version, smaMassG } = this.#options;
    const { stress_MPa, pressure_bar, temperature_high_C, temperature_low_C, data_age_ms } = rig.limits;
    const tables = tablesOf(this.#stream);
    return {
      type: 'hello',
      wire: WIRE_VERSION,
      version,
      rig: {
        name: rig.name,
        port,
        virtual: this.#isVirtual,
        limits: {
          stressMPa: stress_MPa,
          pressureBar: pressure_bar,
          temperatureHighC: temperature_high_C,
          temperatureLowC: temperature_low_C,
          dataAgeMs: data_age_ms,
        },
        smaMassG,
        preset: rig.preset,
        recipeBounds: rig.recipe_bounds === undefined ? null : toWireBounds(rig.recipe_bounds),
        manual: rig.manual !== undefined,
        bypassable: tableOf(rig).flatMap(({ key, bypassable }) => (bypassable === true ? [key] : [])),
        mostBypassMinutes: MOST_BYPASS_MINUTES,
      },
      channels: groupRecord((group) => [...tables[group]]),
    };
  }

  #to(client: number, message: ServerMessage): void {
    this.#options.send({ kind: 'message', message, client });
  }

  #toAll(message: ServerMessage): void {
    this.#options.send({ kind: 'message', message });
  }
}

const faultsMessage = (active: readonly string[]): ServerMessage => ({
  type: 'faults',
  list: RIG_FAULTS.map(({ name, place, what, seen, parameter, ...expected }) => ({
    name,
    place,
    what,
    seen,
    parameter,
    ends: expected.state,
    cause: expected.cause,
    withinS: expected.within_s ?? WITHIN_S,
    asks: expected.asks ?? null,
  })),
  active: [...active],
});
