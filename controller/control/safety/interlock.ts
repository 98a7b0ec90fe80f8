/** What one interlock is and what it may look at. */
import type { Fault, Mode, State } from '../../wire/messages.ts';
import type { CycleSummary, Status } from '../line/readings.ts';
import type { RigFile } from '../rig-file.ts';
import type { ResponseView } from './response/response.ts';

/** What is known in one tick. */
export interface Observation {
  /** Host time, monotonic ms. */
  readonly nowMs: number;
  /** Device time of the last reading, s; 0 before the first. */
  readonly deviceS: number;
  readonly state: State;
  readonly rig: RigFile;
  /** In shadow the outputs are another's, so what they should be is not known here; in manual mode a person's. */
  readonly mode: Mode;
  /** Somebody has control. */
  readonly isAttended: boolean;
  /** Why an established link ended; null while it stands or before the first. */
  readonly linkLost: string | null;
  /** True for the tick in which the device clock went backwards. */
  readonly restarted: boolean;
  /** Age of the last valid reply, ms; null without an established link. */
  readonly replyAgeMs: number | null;
  /** How long the device clock has stood still, ms; null without an established link. */
  readonly clockAgeMs: number | null;
  /** Last valid reading; null where there is none of this link. */
  readonly status: Status | null;
  /** Latest whole cycle since EXECUTE was entered; null otherwise. */
  readonly summary: CycleSummary | null;
  /** Cycles completed since EXECUTE was entered. */
  readonly cyclesRun: number;
  /** Proof tests of this device that are overdue, in words; null where none are, or it is virtual. */
  readonly proofsOverdue: string | null;
  /** The watchdog of the device was armed and seen to follow the heartbeat. */
  readonly watchdogVerified: boolean;
  /** Why the last preparation (limits, watchdog, recipe) failed; null while none did. */
  readonly preparationProblem: string | null;
  /** What an acting state waited for in vain; null while there is time left. */
  readonly overdue: string | null;
  /** How late the last tick came, ms. */
  readonly lateMs: number;
  /** Ticks of the last second that came later than a period. */
  readonly overruns: number;
  /** How the machine answered over the last exchanges and cycles. */
  readonly response: ResponseView;
}

export interface Interlock {
  readonly key: string;
  /** What it watches, in words or as the condition of the rig file. */
  readonly when: string;
  readonly action: Fault['action'];
  /** How long the condition must last, ms of host time. */
  readonly debounceMs: number | ((o: Observation) => number);
  /** How long it must be gone before it counts as gone, ms of host time; 0 where it is left out. */
  readonly offDelayMs?: number;
  /** Latched faults stay listed until a person acknowledges them with CLEAR or RESET. */
  readonly latched: boolean;
  /** States in which the row applies; all of them where it is left out. */
  readonly states?: readonly State[];
  /** An engineer may bypass it for a while; not where it is left out. */
  readonly bypassable?: boolean;
  /** How far a rig file may weaken the row; where it is left out it may only be made stricter. */
  readonly tuning?: Tuning;
  /** Measured, allowed, likely cause; null while the condition is not met. */
  readonly check: (o: Observation) => string | null;
  readonly remedy: string;
}

/** What a rig file may make of a built-in row at the weakest. */
export interface Tuning {
  readonly weakest?: Fault['action'];
  readonly longestDebounceMs?: number;
}

/** What most rows of one action share. */
export const abort = { action: 'abort', debounceMs: 0, latched: true } as const;
export const stop = { action: 'stop', debounceMs: 0, latched: true } as const;
export const hold = { action: 'hold', debounceMs: 0, latched: false } as const;
export const warn = { action: 'warn', debounceMs: 0, latched: false } as const;

/** Four digits, for sentences. */
export const round = (value: number): string => String(Number(value.toPrecision(4)));

/** A check of the last reading. */
export const reading =
  (check: (status: Status, o: Observation) => string | null) =>
  (o: Observation): string | null =>
    o.status === null ? null : check(o.status, o);
