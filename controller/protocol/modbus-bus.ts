/** Many Modbus slaves on one port: the door. What happens on the line is told in `bus-line.ts`. */
import { BusLine, EVERYBODY } from './bus-line.ts';
import { BUS_DEFAULTS, UNIT_DEFAULTS } from './bus-options.ts';
import type { BusStatistics, LinkStatistics, ModbusBusOptions, UnitOptions } from './bus-options.ts';
import type { BytePort, Clock } from './byte-port.ts';
import { dropped, queueFull, waitedTooLong } from './link-sentences.ts';
import { type Request, requestProblem } from './pdu.ts';
import { failure, PRIORITY, type TransactOptions, type TransactResult } from './transaction.ts';
import { broadcastProblem, unitProblem } from './unit-limits.ts';
import { UnitState } from './unit-state.ts';

/** One slave of a bus. */
export interface ModbusUnit {
  readonly address: number;
  /** Sends `request` when its turn comes; the result says what became of it. */
  transact(request: Request, options?: TransactOptions): Promise<TransactResult>;
  /** Ends this slave's queued, not yet sent requests with this key as 'dropped'; returns how many there were. */
  drop(key: string): number;
  statistics(): LinkStatistics;
}

export class ModbusBus {
  private readonly port: BytePort;
  private readonly clock: Clock;
  private readonly options: ModbusBusOptions;
  private readonly line: BusLine;

  /** Takes over the port's two listeners. */
  constructor(port: BytePort, clock: Clock, options: Partial<ModbusBusOptions> = {}) {
    this.port = port;
    this.clock = clock;
    this.options = { ...BUS_DEFAULTS, ...options };
    this.line = new BusLine(port, clock, this.options);
  }

  /**
   * The slave at `address`, 1 to 254 (the standard ends at 247, some drives do not), 0 to 255 through Modbus TCP; asked
   * for again, the same slave with the options it has. Throws RangeError for another address: a program error.
   */
  unit(address: number, options: Partial<UnitOptions> = {}): ModbusUnit {
    const unit = this.line.units.get(address) ?? this.newUnit(address, { ...UNIT_DEFAULTS, ...options });
    return {
      address,
      transact: (request, how = {}) => this.transact(unit, request, how),
      drop: (key) => this.drop(address, key),
      statistics: () => this.unitStatistics(unit),
    };
  }

  /**
   * Writes to every slave at once (FC 5, 6, 15, 16); none answers, so that ok means sent, not done. The line then stays
   * silent for `broadcastMs`.
   */
  broadcast(request: Request, options: TransactOptions = {}): Promise<TransactResult> {
    const problem = broadcastProblem(request, this.line.framing.isNumbered);
    if (problem !== null) return Promise.resolve(failure('refused', problem));
    return this.admit(null, request, options);
  }

  statistics(): BusStatistics {
    const { closedBecause, count, discardedBytes, queue, units } = this.line;
    return {
      state: closedBecause === null ? 'open' : 'down',
      sentBytes: count.sentBytes,
      receivedBytes: count.receivedBytes,
      discardedBytes,
      queued: queue.length,
      lastByteAgeMs: this.lastByteAgeMs(),
      units: new Map([...units].map(([address, unit]) => [address, this.unitStatistics(unit)])),
    };
  }

  /** Closes the port; everything pending ends 'closed'. */
  close(): void {
    this.port.close();
  }

  private newUnit(address: number, options: UnitOptions): UnitState {
    const { isNumbered } = this.line.framing;
    const [least, most] = isNumbered ? [0, 255] : [1, 254];
    if (!Number.isInteger(address) || address < least || address > most)
      throw new RangeError(`Modbus address ${address}: a whole number from ${least} to ${most} is allowed.`);
    const unit = new UnitState(address, options, {
      name: this.port.name,
      isNumbered,
      nowMs: this.clock.nowMs(),
    });
    this.line.add(unit);
    return unit;
  }

  private transact(unit: UnitState, request: Request, how: TransactOptions): Promise<TransactResult> {
    const problem = unitProblem(unit, request);
    if (problem !== null) return Promise.resolve(failure('refused', problem));
    return this.admit(unit, request, how);
  }

  private admit(unit: UnitState | null, request: Request, how: TransactOptions): Promise<TransactResult> {
    const { line, options } = this;
    const problem = requestProblem(request);
    if (problem !== null) return Promise.resolve(failure('refused', `${problem}.`));
    if (line.closedBecause !== null) return Promise.resolve(line.closedFailure());
    const lane = unit?.address ?? EVERYBODY;
    if (how.key !== undefined) this.drop(lane, how.key);
    const hopeless = unit === null || how.urgent === true ? null : line.hopeless(unit, request);
    if (hopeless !== null) return Promise.resolve(hopeless);
    if (line.queue.isFull(lane))
      return Promise.resolve(failure('refused', queueFull(this.where(unit), request, options.maxQueued)));
    return new Promise((resolve) => this.enqueue(unit, request, how, resolve));
  }

  private enqueue(
    unit: UnitState | null,
    request: Request,
    how: TransactOptions,
    resolve: (result: TransactResult) => void,
  ): void {
    const { line, clock } = this;
    const usual = unit?.options ?? UNIT_DEFAULTS;
    const waitMs = how.waitMs ?? usual.waitMs;
    const stopWaiting = clock.after(waitMs, () => {
      line.queue.remove((other) => other === entry);
      const sentence = waitedTooLong(this.where(unit), request, waitMs, whyWaiting(unit));
      resolve(failure('expired', sentence));
    });
    const entry = {
      request,
      unit,
      lane: unit?.address ?? EVERYBODY,
      priority: how.priority ?? PRIORITY.status,
      timeoutMs: how.timeoutMs ?? usual.timeoutMs,
      key: how.key ?? null,
      urgent: how.urgent ?? false,
      sinceMs: clock.nowMs(),
      sentUnheard: false,
      stopWaiting,
      settle(result: TransactResult) {
        stopWaiting();
        resolve(result);
      },
    };
    line.enqueue(entry);
  }

  private drop(lane: number, key: string): number {
    const removed = this.line.queue.remove((entry) => entry.lane === lane && entry.key === key);
    for (const entry of removed) entry.settle(failure('dropped', dropped(key)));
    return removed.length;
  }

  private unitStatistics(unit: UnitState): LinkStatistics {
    return {
      state: this.line.closedBecause === null ? unit.state : 'down',
      ...unit.counts,
      resyncs: unit.step.losses,
      queued: this.line.queue.waiting(unit.address),
      lastRoundTripMs: unit.lastRoundTripMs,
      lastReplyAgeMs: this.clock.nowMs() - unit.lastReplyAtMs,
      discardedBytes: this.line.discardedBytes,
      lastByteAgeMs: this.lastByteAgeMs(),
    };
  }

  /** NaN before the first. */
  private lastByteAgeMs(): number {
    const ageMs = this.clock.nowMs() - this.line.lastByteAtMs;
    return Number.isFinite(ageMs) ? ageMs : Number.NaN;
  }

  private where(unit: UnitState | null): string {
    return unit?.where ?? `every device on ${this.port.name}`;
  }
}

const whyWaiting = (unit: UnitState | null): string =>
  unit === null || unit.isInStep
    ? 'the line was busy'
    : unit.isAbsent
      ? 'the device does not answer'
      : 'the device was out of step';
