/**
 * A virtual rig that runs on told time: a thread that stands still until it is told how far to go, with the bytes that
 * came meanwhile. What goes to and fro is the line, and the scenery that no line carries.
 */
import type { RigFault } from './faults/index.ts';

/** What happens to the house, in simulated time since the rig began; each holds from `at_s` on. */
export interface SceneStep {
  readonly at_s: number;
  /** Heat set free in the room, W. */
  readonly heat_gain_W?: number;
  /** Outdoors, °C: reached in a straight line from what was before. */
  readonly outdoor_C?: number;
  /** Something breaks; by its amount in the list where none is given. */
  readonly fault?: RigFault;
  readonly amount?: number;
}

export interface LockstepOrder {
  /** Path of the preset, and values changed by key. */
  readonly presetFile: string;
  readonly changes: ReadonlyMap<string, string>;
  readonly seed: number;
  /** Simulated seconds a second of told time, 1 to 20. */
  readonly acceleration: number;
  readonly baudRate: number;
  readonly outdoor_C: number;
  readonly scene: readonly SceneStep[];
  /** Standard deviation of what sensors of room and cold inlet add, K. */
  readonly noise_K: number;
}

/** To the rig: go on for so long, with these bytes at the beginning. */
export interface Go {
  readonly forMs: number;
  readonly bytes: readonly Uint8Array[];
}

/** From the rig, once it has: what it sent meanwhile, and for the judge alone how things really are. */
export interface Gone {
  readonly bytes: readonly Uint8Array[];
  readonly truth: LockstepTruth;
}

export interface LockstepTruth {
  readonly time_s: number;
  readonly room_C: number;
  readonly cycles: number;
  /** Since the beginning: drive and pump out of the socket, and both fans, kJ. */
  readonly machine_kJ: number;
  readonly fans_kJ: number;
}
