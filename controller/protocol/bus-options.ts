/** How a master treats its line and each slave on it; every time in ms. */
import type { FramingName } from './framings.ts';
import type { SyncProbe } from './sync-probe.ts';

export interface ModbusBusOptions {
  readonly framing: FramingName;
  /** Silence before each of our frames; a numbered framing needs none. */
  readonly interFrameMs: number;
  /** Most requests that wait for one slave. */
  readonly maxQueued: number;
  /** Time that one byte takes on the line; 0 where the line has no speed of its own. */
  readonly byteMs: number;
  /** An urgent request waits this long, after the last byte, for a reply that another one still awaits. */
  readonly urgentPatienceMs: number;
  /** Silence after a broadcast, in which the slaves carry it out. */
  readonly broadcastMs: number;
  /** ASCII: a reply that has begun may outlast its time-out while its characters follow each other within this. */
  readonly interCharacterMs: number;
}

export const BUS_DEFAULTS: ModbusBusOptions = {
  framing: 'rtu',
  interFrameMs: 2,
  maxQueued: 64,
  byteMs: 0,
  urgentPatienceMs: 8,
  // Modbus over Serial Line 1.02, section 2.4.1: typically 100 to 200 ms
  broadcastMs: 100,
  interCharacterMs: 0,
};

export interface UnitOptions {
  /** Time for a whole reply after sending; must cover both frames at the line's speed and the device's thinking. */
  readonly timeoutMs: number;
  /** Silence of the whole line after a missing reply, restarted by any byte; later probes keep multiples of it. */
  readonly lateReplyGuardMs: number;
  /** Silence after a reply where the device needs longer than `interFrameMs` to turn its transceiver round. */
  readonly turnaroundMs: number;
  /** How soon after its original a repeated reply may come; the same function is not asked again within it. */
  readonly duplicateGuardMs: number;
  /** Longest stay of a request in the queue. */
  readonly waitMs: number;
  /** Most registers the device gives, and takes, in one request: 1 to 125 and 1 to 123. */
  readonly maxRead: number;
  readonly maxWrite: number;
  readonly probe: SyncProbe;
  /** Start of the probe's numbers, 0 to 65535. */
  readonly probeSeed: number;
}

export const UNIT_DEFAULTS: UnitOptions = {
  timeoutMs: 80,
  lateReplyGuardMs: 60,
  turnaroundMs: 0,
  duplicateGuardMs: 5,
  waitMs: 1000,
  maxRead: 125,
  maxWrite: 123,
  probe: { kind: 'echo' },
  probeSeed: 1,
};

/** Counts since the bus began. */
export interface LinkCounts {
  /** Transactions with a believed reply (exceptions are not among them). */
  readonly ok: number;
  readonly timeouts: number;
  /** Replies that were damaged or foreign until the time was up. */
  readonly garbled: number;
  readonly exceptions: number;
}

export interface LinkStatistics extends LinkCounts {
  /**
   * up: in step. syncing: waiting for silence or for proof. absent: several probes in a row stayed unanswered.
   * down: the line ended.
   */
  readonly state: 'up' | 'syncing' | 'absent' | 'down';
  /** How often the slave fell out of step. */
  readonly resyncs: number;
  readonly queued: number;
  /** NaN before the first reply. */
  readonly lastRoundTripMs: number;
  /** Since the last believed reply, probes included; NaN before the first. */
  readonly lastReplyAgeMs: number;
  /** Of the whole line: bytes received that belonged to no believed reply. */
  readonly discardedBytes: number;
  /** Of the whole line: since the last byte from any device; NaN before the first. */
  readonly lastByteAgeMs: number;
}

export interface BusStatistics {
  /** down: the line ended. */
  readonly state: 'open' | 'down';
  readonly sentBytes: number;
  readonly receivedBytes: number;
  readonly discardedBytes: number;
  readonly queued: number;
  readonly lastByteAgeMs: number;
  /** By address. */
  readonly units: ReadonlyMap<number, LinkStatistics>;
}
