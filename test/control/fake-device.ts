/** A device whose points are what a test says, and which keeps what is written to it. */
import type { Device } from '../../controller/device/device.ts';
import type { Reading, Readings } from '../../controller/device/readings.ts';
import { loadProfile } from '../../controller/device/profile-files.ts';
import { failure, type Failure, type Result } from '../../controller/protocol/transaction.ts';

/** Of any product: what a device is asked by name goes past its profile. */
const SOME_PROFILE = loadSome();

function loadSome(): Device['profile'] {
  const profile = loadProfile('waveshare-relay-8');
  if (typeof profile === 'string') throw new Error(profile);
  return profile;
}

export class FakeDevice implements Device {
  readonly name: string;
  readonly profile: Device['profile'];
  readonly points: Record<string, number>;
  /** Everything written, in order, over all devices that share the list. */
  readonly log: string[];
  readonly clock: { nowMs(): number };
  isMute = false;
  faultWords: string[] = [];
  quality: Reading['quality'] = 'good';
  readonly units: Readonly<Record<string, string>>;
  kicks = 0;
  readonly watchdog: Device['watchdog'];

  constructor(
    name: string,
    clock: { nowMs(): number },
    log: string[],
    units: Record<string, string>,
    hasWatchdog = false,
  ) {
    this.name = name;
    this.clock = clock;
    this.log = log;
    this.points = Object.fromEntries(Object.keys(units).map((point) => [point, 0]));
    this.units = units;
    this.profile = SOME_PROFILE;
    this.watchdog = hasWatchdog ? this.#dog() : null;
  }

  read(points: readonly string[]): Promise<Result<Readings>> {
    if (this.isMute) return Promise.resolve(this.#silence());
    const atMs = this.clock.nowMs();
    const value = Object.fromEntries(
      points.map((point) => [
        point,
        { value: this.points[point] ?? Number.NaN, atMs, quality: this.quality },
      ]),
    ) as Readings;
    return Promise.resolve({ ok: true, value, atMs, roundTripMs: 1 });
  }

  write(values: Readonly<Record<string, number>>): Promise<Result<null>> {
    for (const [point, value] of Object.entries(values)) this.log.push(`${this.name}.${point}=${value}`);
    if (this.isMute) return Promise.resolve(this.#silence());
    Object.assign(this.points, values);
    return this.#done(null);
  }

  identify(): Promise<Result<string>> {
    return this.isMute ? Promise.resolve(this.#silence()) : this.#done(`a fake ${this.name}`);
  }

  runList(list: 'onConnect' | 'onSafe'): Promise<Result<null>> {
    this.log.push(`${this.name} ${list}`);
    return this.isMute ? Promise.resolve(this.#silence()) : this.#done(null);
  }

  faults(): readonly string[] {
    return this.faultWords;
  }

  #dog(): NonNullable<Device['watchdog']> {
    let isArmed = false;
    return {
      range_ms: [100, 5000],
      arm: () => {
        isArmed = true;
        return Promise.resolve(null);
      },
      kick: () => {
        this.kicks++;
        return this.isMute ? Promise.resolve(this.#silence()) : this.#done(null);
      },
      verify: () => this.#done(isArmed),
    };
  }

  #silence(): Failure {
    return failure('timeout', `${this.name} is silent.`);
  }

  #done<T>(value: T): Promise<Result<T>> {
    return Promise.resolve({ ok: true, value, atMs: this.clock.nowMs(), roundTripMs: 1 });
  }
}
