/** One device of a rig, whatever it speaks. Nothing here throws: failure is a value with a sentence. */
import type { Result, TransactOptions } from '../protocol/transaction.ts';
import type { DeviceProfile } from './profile.ts';
import type { Readings } from './readings.ts';

export interface Device {
  /** As the rig file calls it. */
  readonly name: string;
  readonly profile: DeviceProfile;
  /** These points, in as few exchanges as the profile allows; `value` is in the point's unit. */
  read(points: readonly string[], options?: TransactOptions): Promise<Result<Readings>>;
  /**
   * Writes values, in their points' units and in the order given; resolved once the device has acknowledged all. What
   * is out of bounds, too fast or too often is refused, and then nothing is sent.
   */
  write(values: Readonly<Record<string, number>>, options?: TransactOptions): Promise<Result<null>>;
  /** Who answers, in words; only reads. A failure of kind 'refused': somebody answers, and it is not this product. */
  identify(): Promise<Result<string>>;
  /**
   * onConnect ends at the first failure. onSafe carries out every step, in order and as urgent commands, without the limits
   * on how fast or how often a value may change, and then tells the first failure.
   */
  runList(list: 'onConnect' | 'onSafe', options?: TransactOptions): Promise<Result<null>>;
  /** null: the device has none, so that it goes on with its last orders when this program dies. */
  readonly watchdog: DeviceWatchdog | null;
  /** The faults that these readings tell, in words of the manual. Points not among them tell none. */
  faults(readings: Readings): readonly string[];
}

export interface DeviceWatchdog {
  /** Shortest and longest time that the device can be set to, ms. */
  readonly range_ms: readonly [number, number];
  /** Sets it and reads it back; null, or one sentence that says why it does not stand. */
  arm(timeoutMs: number): Promise<string | null>;
  /** A sign of life. Where any request is one, nothing is sent. */
  kick(options?: TransactOptions): Promise<Result<null>>;
  /** Whether the device still holds what `arm` set. */
  verify(): Promise<Result<boolean>>;
}
