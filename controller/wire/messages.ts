/**
 * The JSON half of the wire: what a page may ask and what the controller tells. Everything that crosses is checked
 * against these schemas on arrival, on both sides.
 */
import { z } from 'zod';
import { GROUPS } from './channels.ts';
import { RegulateAction, RegulatorReport } from './regulator.ts';

export type { RegulateAction, RegulatorMode, RegulatorReport } from './regulator.ts';
import { Mark, MarkAsk } from './mark.ts';
import { Person } from './person.ts';
import { ProofAsk, ProofMessage } from './proof.ts';
import { CycleRecipe, RecipeBounds, RecipeProgress } from './recipe.ts';
import { ReplayAsk, ReplayMessage } from './replay.ts';

export const WIRE_VERSION = 1;

/** PackML states (ISA TR88.00.02), the subset that a cooler visits. */
export const STATES = [
  'ABORTED',
  'CLEARING',
  'STOPPED',
  'RESETTING',
  'IDLE',
  'STARTING',
  'EXECUTE',
  'HOLDING',
  'HELD',
  'UNHOLDING',
  'SUSPENDING',
  'SUSPENDED',
  'UNSUSPENDING',
  'COMPLETING',
  'COMPLETE',
  'STOPPING',
  'ABORTING',
] as const;
export const State = z.enum(STATES);
export type State = z.infer<typeof State>;

/** What a person may ask for. SUSPEND and UNSUSPEND belong to the regulator alone. */
export const Command = z.enum(['CLEAR', 'RESET', 'START', 'HOLD', 'UNHOLD', 'COMPLETE', 'STOP', 'ABORT']);
export type Command = z.infer<typeof Command>;

/**
 * Who moves the machine: `simulation` a virtual rig, `shadow` something else while this program only watches, `manual` a
 * held button, `automatic` this program.
 */
export const Mode = z.enum(['simulation', 'shadow', 'manual', 'automatic']);
export type Mode = z.infer<typeof Mode>;

/** What a held button moves in manual mode. */
export const JogAxis = z.enum(['load', 'unload', 'hot_blow', 'cold_blow']);
export type JogAxis = z.infer<typeof JogAxis>;

const id = z.int().nonnegative();

/** Page -> controller. `id` comes back in the `ack`. */
export const ClientMessage = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('command'), id, command: Command }),
  z.discriminatedUnion('key', [
    z.strictObject({
      type: z.literal('set'),
      id,
      key: z.literal('setpoint_C'),
      value: z.number().min(10).max(40),
    }),
    z.strictObject({
      type: z.literal('set'),
      id,
      key: z.literal('acceleration'),
      value: z.int().min(1).max(20),
    }),
    /** The regulator's output in manual, in the unit of what is manipulated; its bounds are the rig file's. */
    z.strictObject({ type: z.literal('set'), id, key: z.literal('output'), value: z.number() }),
  ]),
  /** Puts an interlock out of action for a while; engineers only, with a reason. */
  z.strictObject({
    type: z.literal('bypass'),
    id,
    key: z.string().max(40),
    minutes: z.number(),
    reason: z.string().max(200),
  }),
  z.strictObject({ type: z.literal('unbypass'), id, key: z.string().max(40) }),
  /** This fault, or all that are listed, is seen and known; nothing is reset by it. */
  z.strictObject({ type: z.literal('acknowledge'), id, key: z.string().max(40).nullable() }),
  /** `automatic` leaves manual mode, on a virtual rig too. */
  z.strictObject({ type: z.literal('mode'), id, mode: z.enum(['manual', 'automatic']) }),
  /** Every 100 ms while a button of manual mode is held, and once with `held: false`. */
  z.strictObject({ type: z.literal('jog'), id, axis: JogAxis, held: z.boolean() }),
  z.strictObject({ type: z.literal('regulate'), id, action: RegulateAction }),
  /** What every cycle should do from now on; the whole of it, within the bounds of `hello`. */
  z.strictObject({ type: z.literal('recipe'), id, recipe: CycleRecipe }),
  /**
   * Asks for history after these sequence numbers; sent once after `hello`. -1, or a group that is not named, asks for
   * all that is kept. Telemetry begins with this request: what is kept and then what happens, in ascending numbers.
   */
  z.strictObject({
    type: z.literal('history'),
    after: z.partialRecord(z.enum(GROUPS), z.int()),
  }),
  /** The control lease; `take_over` takes it from whoever holds it. */
  z.strictObject({ type: z.literal('lease'), id, ask: z.enum(['take', 'take_over', 'release']) }),
  /** Breaks something in a virtual rig, or mends it; refused by every other machine. `amount` in the fault's own unit. */
  z.strictObject({
    type: z.literal('inject'),
    id,
    fault: z.string().max(40),
    on: z.boolean(),
    amount: z.number().optional(),
  }),
  MarkAsk,
  ProofAsk,
  ReplayAsk,
  /** Once a second from every page, in answer to a `state`: it proves that the page hears. No ack. */
  z.strictObject({ type: z.literal('heartbeat') }),
]);
export type ClientMessage = z.infer<typeof ClientMessage>;

const ChannelSchema = z.object({ name: z.string(), unit: z.string(), title: z.string() });

export const Fault = z.object({
  key: z.string(),
  /** What was measured, what is allowed, the likely cause. */
  sentence: z.string(),
  remedy: z.string(),
  action: z.enum(['warn', 'hold', 'stop', 'abort']),
  /** True for the one that came first since the last CLEAR. */
  firstOut: z.boolean(),
  /** Present, but an engineer bypassed it: nothing follows from it for now. */
  bypassed: z.boolean(),
  /** Device time in s. */
  atS: z.number(),
  /** The condition is met now; else it is gone and waits for CLEAR or RESET. */
  isPresent: z.boolean().default(true),
  /** Who has seen it, and when (wall time, ISO 8601); null before, and when it comes anew. */
  acknowledged: z.object({ by: z.string(), at: z.string() }).nullable().default(null),
});
export type Fault = z.infer<typeof Fault>;

/** An interlock that an engineer put out of action for a while. */
export const Bypass = z.object({ key: z.string(), reason: z.string(), leftS: z.number() });
export type Bypass = z.infer<typeof Bypass>;

/** Controller -> page, on every change and at least twice a second. */
export const StateMessage = z.object({
  type: z.literal('state'),
  state: State,
  mode: Mode,
  /** What the state means now and what to do next, in one sentence. */
  sentence: z.string(),
  allowed: z.array(Command),
  /** Why each of the other commands cannot be given now. */
  refused: z.partialRecord(Command, z.string()).default({}),
  faults: z.array(Fault),
  /** In force now; nothing follows from these rows. */
  bypasses: z.array(Bypass),
  /** Read back from the device: proof, not "sent". */
  proof: z.object({
    link: z.enum(['up', 'syncing', 'down']),
    /** null while the device says nothing that may be believed. */
    enabled: z.boolean().nullable(),
    forceKN: z.number().nullable(),
    watchdog: z.enum(['armed', 'tripped', 'UNPROTECTED']),
    dataAgeMs: z.number().nullable(),
  }),
  setpointC: z.number(),
  acceleration: z.number(),
  /** In effect, read back. */
  recipe: CycleRecipe,
  /** What a run goes by; a regulator moves its own part of it. Absent in older records. */
  recipeBase: CycleRecipe.optional(),
  /** How far it is; null where nobody asked for another one, or it is in effect. */
  recipeProgress: RecipeProgress.nullable().default(null),
  /** Why no recipe can be asked for now; null where it can. */
  recipeRefused: z.string().nullable().default(null),
  /** Everybody who has a page open, a session each. */
  people: z.array(Person.extend({ pages: z.int() })).default([]),
  /** How long ago whoever has control was heard, ms; null where nobody has it. */
  controlHeardMs: z.number().nullable().default(null),
  /** Absent where the rig file has no PID section: then there is the thermostat alone. */
  regulator: RegulatorReport.optional(),
});
export type StateMessage = z.infer<typeof StateMessage>;

/** What an event is about, for lists and drawings; most are about nothing of these. */
export const EventSubject = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('state'), from: State, to: State }),
  z.object({
    kind: z.literal('alarm'),
    /** Key of the interlock. */
    key: z.string(),
    change: z.enum(['raised', 'acknowledged', 'gone', 'shelved', 'unshelved']),
  }),
]);
export type EventSubject = z.infer<typeof EventSubject>;

export const EventMessage = z.object({
  type: z.literal('event'),
  sequence: z.int(),
  /** Wall time, ISO 8601. */
  at: z.string(),
  severity: z.enum(['info', 'warning', 'alarm']),
  sentence: z.string(),
  /** Where a person marked it. */
  mark: Mark.optional(),
  about: EventSubject.optional(),
});
export type EventMessage = z.infer<typeof EventMessage>;

/** Who has control, on arrival and on every change. */
export const LeaseMessage = z.object({
  type: z.literal('lease'),
  holder: Person.nullable(),
  /** What a running machine does while nobody has control. */
  unattended: z.enum(['hold', 'continue']),
  /** What happened last, for people. */
  sentence: z.string(),
});
export type LeaseMessage = z.infer<typeof LeaseMessage>;

/** What can be broken in this machine, and what is; only of a virtual rig that the program spawned. */
export const FaultsMessage = z.object({
  type: z.literal('faults'),
  list: z.array(
    z.object({
      name: z.string(),
      place: z.enum(['line', 'device', 'sensor', 'plant', 'host']),
      what: z.string(),
      seen: z.string(),
      /** Injected in EXECUTE, the controller must end here ... */
      ends: z.string().default(''),
      /** ... by this interlock, first of all; `none` where none may say anything. */
      cause: z.string().default(''),
      /** Longest time from the injection to that end, s. */
      withinS: z.number().default(0),
      /** What a person does after the injection, where the fault shows only then. */
      asks: z.enum(['STOP']).nullable().default(null),
      parameter: z
        .object({ name: z.string(), value: z.number(), low: z.number(), high: z.number() })
        .nullable(),
    }),
  ),
  active: z.array(z.string()),
});
export type FaultsMessage = z.infer<typeof FaultsMessage>;

export const ServerMessage = z.discriminatedUnion('type', [
  z.object({
    type: z.literal('hello'),
    wire: z.literal(WIRE_VERSION),
    version: z.string(),
    rig: z.object({
      name: z.string(),
      port: z.string(),
      /** Only a virtual rig may be accelerated. */
      virtual: z.boolean(),
      limits: z.object({
        stressMPa: z.number(),
        pressureBar: z.number(),
        temperatureHighC: z.number(),
        temperatureLowC: z.number(),
        dataAgeMs: z.number(),
      }),
      smaMassG: z.number(),
      /** The machine's file in fixtures/presets: what a model of it starts from. */
      preset: z.string().default(''),
      /** Null where the recipe of the rig file is fixed. */
      recipeBounds: RecipeBounds.nullable().default(null),
      /** The rig file says how fast the machine may be moved by hand. */
      manual: z.boolean(),
      /** Interlocks that an engineer may bypass for a while. */
      bypassable: z.array(z.string()),
      mostBypassMinutes: z.number(),
    }),
    channels: z.record(z.enum(GROUPS), z.array(ChannelSchema)),
  }),
  StateMessage,
  EventMessage,
  LeaseMessage,
  /** Who the server takes this page for; comes after `hello`. */
  z.object({ type: z.literal('you'), person: Person }),
  FaultsMessage,
  ProofMessage,
  /** Only of a replay: what is shown is a record. */
  ReplayMessage,
  z.object({ type: z.literal('ack'), id: z.int(), ok: z.boolean(), sentence: z.string() }),
]);
export type ServerMessage = z.infer<typeof ServerMessage>;
