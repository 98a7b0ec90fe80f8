/**
 * What goes into a decision and what comes out of it. Everything that the controller decides follows from the rig file
 * and these inputs in their order, so a record of them can be decided again and compared. Plain values only: they are
 * written into records as they stand. Times are host ms, monotonic.
 */
import type {
  Command,
  EventMessage,
  EventSubject,
  Fault,
  JogAxis,
  RegulateAction,
  State,
} from '../../wire/messages.ts';
import type { CycleSummary, Status } from '../line/readings.ts';
import type { JogOutput } from '../operate/manual.ts';
import type { FeedForwardTable } from '../regulate/feed-forward.ts';
import type { RecipeRequest } from '../regulate/recipe-keeper.ts';
import type { BypassRequest } from '../safety/bypasses.ts';
import type { LoopShape } from '../safety/response/loop-shape.ts';
import type { Recipe } from '../rig-file.ts';
import type { Action } from '../state/state-machine.ts';

export type Input = { readonly atMs: number } /** In shadow everything is read and nothing written. */ & (
  | { readonly kind: 'begin'; readonly isShadow: boolean }
  /**
   * A tick of the loop, after the input that was already there. `isBeating`: its exchange could be started;
   * `isAttended`: somebody has control.
   */
  | {
      readonly kind: 'tick';
      readonly lateMs: number;
      readonly isBeating: boolean;
      readonly isAttended: boolean;
    }
  /** A port is open; who answers is not known yet. */
  | { readonly kind: 'opened' }
  /** The device proved its identity; its readings count from now on. */
  | {
      readonly kind: 'identified';
      readonly isVirtual: boolean;
      readonly title: string;
      /** Which proof tests of this device are overdue, in words; null where none are, or it is virtual. */
      readonly proofsOverdue: string | null;
    }
  /** Limits are written; the watchdog is armed or said to be missing. */
  | { readonly kind: 'up' }
  | { readonly kind: 'down'; readonly reason: string }
  /** A valid answer to this heartbeat. */
  | { readonly kind: 'reading'; readonly status: Status; readonly heartbeat: number }
  /** A heartbeat without a valid answer, and why; `isWrong`: the one that came was another exchange's. */
  | { readonly kind: 'missed'; readonly sentence: string; readonly isWrong: boolean }
  | { readonly kind: 'cycle'; readonly summary: CycleSummary }
  /** What the curves of a cycle say about the tubes. */
  | { readonly kind: 'shape'; readonly shape: LoopShape }
  /** The device took the last drive command. */
  | { readonly kind: 'acknowledged' }
  /** Limits, watchdog and recipe were written and read back, or why not. */
  | { readonly kind: 'prepared'; readonly problem: string | null }
  /** A recipe was staged and read back, or why not. */
  | { readonly kind: 'recipe_staged'; readonly problem: string | null }
  /** The recipe in effect was read: what is wrong with it, or null; undefined where it could not be read. */
  | { readonly kind: 'recipe_read'; readonly problem: string | null | undefined }
  | { readonly kind: 'command'; readonly command: Command }
  | { readonly kind: 'setpoint'; readonly valueC: number }
  | ({ readonly kind: 'bypass' } & BypassRequest)
  | { readonly kind: 'unbypass'; readonly key: string }
  /** `key`: null for all that are listed; `at`: wall time, ISO 8601. */
  | { readonly kind: 'acknowledge'; readonly key: string | null; readonly by: string; readonly at: string }
  | { readonly kind: 'mode'; readonly mode: 'manual' | 'automatic' }
  /** A button of manual mode is held, or was let go, on the page of this client. */
  | { readonly kind: 'jog'; readonly axis: JogAxis; readonly held: boolean; readonly client: number }
  | { readonly kind: 'regulate'; readonly action: RegulateAction }
  /** The regulator's output in manual, in its own unit. */
  | { readonly kind: 'output'; readonly value: number }
  /** Another recipe, as a whole; `by`: who asks, for people. */
  | { readonly kind: 'recipe'; readonly recipe: Recipe; readonly by: string }
  /** A proof test that trips the device has it for itself, or is over. */
  | { readonly kind: 'proof'; readonly isOn: boolean }
  /** What the records of proof tests say now, in words; null where none are overdue. */
  | { readonly kind: 'proofs'; readonly overdue: string | null }
  /** What the model beside the rig expects to be needed. */
  | { readonly kind: 'expect'; readonly table: FeedForwardTable }
  /** The decision before this one took so long: measured where there is a clock. */
  | { readonly kind: 'slow'; readonly took_ms: number }
  /** This program ends, well or not; the machine goes first. */
  | { readonly kind: 'ending'; readonly event: 'STOP' | 'ABORT'; readonly reason: string }
);

export type Output =
  /** To be carried out on the device. */
  | { readonly kind: 'act'; readonly action: Exclude<Action, 'prepare'> }
  /** Limits, watchdog and this recipe are to be written and read back. */
  | { readonly kind: 'prepare'; readonly recipe: Recipe }
  /** Move one axis for a moment, or stand. */
  | { readonly kind: 'jog'; readonly output: JogOutput }
  | RecipeRequest
  /** Close the line and open it again. */
  | { readonly kind: 'reopen'; readonly reason: string }
  | { readonly kind: 'state'; readonly state: State }
  | { readonly kind: 'fault'; readonly fault: Fault }
  | {
      readonly kind: 'say';
      readonly severity: EventMessage['severity'];
      readonly sentence: string;
      readonly about?: EventSubject;
    }
  /** The answer to a person's request. */
  | { readonly kind: 'reply'; readonly ok: boolean; readonly sentence: string };

/** One line of the journal. */
export interface Decision {
  readonly input: Input;
  readonly outputs: readonly Output[];
}
