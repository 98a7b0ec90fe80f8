/**
 * What one injectable fault is. The list stands in `protocol`, the one room that the virtual rig, which breaks things,
 * and the commands, which judge what followed, may both import.
 */
export interface FaultParameter {
  /** With its unit. */
  readonly name: string;
  /** Taken where nothing else is asked for. */
  readonly value: number;
  readonly low: number;
  readonly high: number;
}

/** States are those of the wire (PackML); spelled out because this room imports none. */
export type EndState = 'EXECUTE' | 'SUSPENDED' | 'HELD' | 'STOPPED' | 'ABORTED';

/**
 * How the load train must be found, by the rig's own truth. off: unloaded and enable off. unloaded: unloaded, enable
 * cannot be dropped by any command. running: the machine goes on, as it should.
 */
export type Rest = 'off' | 'unloaded' | 'running';

export interface FaultSpec {
  readonly name: string;
  /** line: on the bytes. device: in the firmware. sensor: between physics and firmware. plant: in the physics. host: in us. */
  readonly place: 'line' | 'device' | 'sensor' | 'plant' | 'host';
  /** What is broken. */
  readonly what: string;
  /** What a person sees. */
  readonly seen: string;
  readonly parameter: FaultParameter | null;
  /** Injected in EXECUTE, the controller must end here ... */
  readonly state: EndState;
  /** ... by this interlock, first of all; 'none' where no interlock may say anything. */
  readonly cause: string;
  readonly rest: Rest;
  /** Cycles that must have run before, for rows that compare with them; a few where it is left out. */
  readonly afterCycles?: number;
  /** Longest time from the injection to the end, s; WITHIN_S where it is left out. */
  readonly within_s?: number;
  /** What a person does after the injection, where the fault shows only then. */
  readonly asks?: 'STOP';
}

export const WITHIN_S = 8;

/** A fault's one number, with its bounds. */
export const amount = (name: string, value: number, low: number, high: number): FaultParameter => ({
  name,
  value,
  low,
  high,
});

/** How most faults end. */
export const aborted = { state: 'ABORTED', rest: 'off' } as const;
export const stopped = { state: 'STOPPED', rest: 'off' } as const;
export const goesOn = { state: 'EXECUTE', rest: 'running', cause: 'none' } as const;
