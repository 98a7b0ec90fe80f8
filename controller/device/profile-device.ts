/** A device made of its profile and of the family that carries its bytes. */
import type { Clock } from '../protocol/byte-port.ts';
import { failure, PRIORITY, type Result, type TransactOptions } from '../protocol/transaction.ts';
import type { Device, DeviceWatchdog } from './device.ts';
import type { Family } from './family.ts';
import { faultsOf } from './faults.ts';
import type { DevicePoint } from './own-points.ts';
import { isReadable } from './profile-points.ts';
import type { DeviceProfile } from './profile.ts';
import type { DevicePlan } from './rig-devices.ts';
import { type Reading, type Readings, toRaw, toReading } from './readings.ts';
import { makeWatchdog } from './watchdog.ts';
import { WriteGuard } from './write-guard.ts';

type Points = Readonly<Record<string, DevicePoint>>;

export class ProfileDevice implements Device {
  readonly name: string;
  readonly profile: DeviceProfile;
  readonly watchdog: DeviceWatchdog | null;
  private readonly points: Points;
  private readonly family: Family;
  private readonly clock: Clock;
  private readonly guard: WriteGuard;

  constructor({ name, profile, points }: Omit<DevicePlan, 'address' | 'poll'>, family: Family, clock: Clock) {
    this.name = name;
    this.profile = profile;
    this.family = family;
    this.clock = clock;
    this.points = points;
    this.guard = new WriteGuard(name, this.points);
    this.watchdog = makeWatchdog(this, family);
  }

  async read(names: readonly string[], options: TransactOptions = {}): Promise<Result<Readings>> {
    const wrong = names.find((name) => this.points[name] === undefined || !isReadable(this.points[name]));
    if (wrong !== undefined) return failure('refused', `${this.name}.${wrong}: ${this.whyNotRead(wrong)}`);
    const result = await this.family.read([...new Set(names.map((name) => this.points[name].from))], options);
    if (!result.ok) return result;
    const readings: Record<string, Reading> = {};
    for (const name of names) {
      const got = result.value.get(this.points[name].from);
      if (got === undefined)
        return failure('refused', `${this.name}.${name}: no exchange of the profile reads it.`);
      readings[name] = toReading(this.points[name], got.raw, got.atMs);
      this.guard.learn(name, readings[name].value, got.atMs);
    }
    return { ...result, value: readings };
  }

  async write(
    values: Readonly<Record<string, number>>,
    options: TransactOptions = {},
  ): Promise<Result<null>> {
    const problem = this.guard.problem(values, this.clock.nowMs());
    return problem === null ? this.send(values, options) : failure('refused', problem);
  }

  private async send(
    values: Readonly<Record<string, number>>,
    options: TransactOptions,
  ): Promise<Result<null>> {
    const raws = new Map(
      Object.entries(values).map(([name, value]) => [
        this.points[name].from,
        toRaw(this.points[name], value),
      ]),
    );
    const unfit = this.family.writeProblem(raws);
    if (unfit !== null) return failure('refused', unfit);
    const result = await this.family.write(raws, { priority: PRIORITY.command, ...options });
    if (result.ok) this.guard.written(values, this.clock.nowMs());
    return result;
  }

  identify(): Promise<Result<string>> {
    return this.family.identify();
  }

  runList(list: 'onConnect' | 'onSafe', options: TransactOptions = {}): Promise<Result<null>> {
    return list === 'onSafe' ? this.makeSafe(options) : this.connect(options);
  }

  private async connect(options: TransactOptions): Promise<Result<null>> {
    for (const { set, to } of this.profile.onConnect) {
      const result = await this.step(set, to, options);
      if (!result.ok) return result;
    }
    return this.done();
  }

  /**
   * All steps wait for the line together, in their order: a device that stays silent is told each of them once and holds
   * none of them up. The way to safety is not slowed by limits on how fast or how often a value may change.
   */
  private async makeSafe(options: TransactOptions): Promise<Result<null>> {
    const how = { priority: PRIORITY.command, urgent: true, ...options };
    const results = await Promise.all(
      this.profile.onSafe.map(({ set, to }) => this.send({ [set]: to }, how)),
    );
    return results.find((result) => !result.ok) ?? this.done();
  }

  private done(): Result<null> {
    return { ok: true, value: null, roundTripMs: 0, atMs: this.clock.nowMs() };
  }

  faults(readings: Readings): readonly string[] {
    return faultsOf(this.profile, readings);
  }

  /** Memory that wears out is only written where it does not hold the value yet. */
  private async step(name: string, value: number, options: TransactOptions): Promise<Result<null>> {
    const point = this.points[name];
    if (point.nonVolatile !== undefined && isReadable(point)) {
      const held = await this.read([name], options);
      if (!held.ok) return held;
      if (held.value[name].value === value) return { ...held, value: null };
    }
    return this.write({ [name]: value }, options);
  }

  private whyNotRead(name: string): string {
    return this.points[name] === undefined
      ? `there is no such point; there are ${Object.keys(this.points).join(', ')}.`
      : 'this point is only written.';
  }
}
