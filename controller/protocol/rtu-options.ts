/** How a master treats its line; every time in ms. */
import type { SyncProbe } from './sync-probe.ts';

export interface RtuMasterOptions {
  /** Slave address, 1 to 247. */
  readonly unit: number;
  /** Time for a whole reply after sending; must cover both frames at the line's speed and the device's thinking. */
  readonly timeoutMs: number;
  /** Silence that must pass after a missing reply, restarted by any byte, before the line is probed. */
  readonly lateReplyGuardMs: number;
  /** Silence before each of our frames. */
  readonly interFrameMs: number;
  /** Silence after a reply where the device needs longer than `interFrameMs` to turn its transceiver round. */
  readonly turnaroundMs: number;
  /** How soon after its original a repeated reply may come; the same function is not asked again within it. */
  readonly duplicateGuardMs: number;
  /** Longest stay of a request in the queue. */
  readonly waitMs: number;
  /** Most requests in the queue. */
  readonly maxQueued: number;
  readonly probe: SyncProbe;
  /** Start of the probe's numbers, 0 to 65535. */
  readonly probeSeed: number;
}

export const RTU_MASTER_DEFAULTS: RtuMasterOptions = {
  unit: 1,
  timeoutMs: 80,
  lateReplyGuardMs: 60,
  interFrameMs: 2,
  turnaroundMs: 0,
  duplicateGuardMs: 5,
  waitMs: 1000,
  maxQueued: 64,
  probe: { kind: 'echo' },
  probeSeed: 1,
};

export interface LinkStatistics {
  /** up: in step. syncing: waiting for silence or for proof. down: the line ended. */
  readonly state: 'up' | 'syncing' | 'down';
  /** Transactions with a believed reply (exceptions are not among them). */
  readonly ok: number;
  readonly timeouts: number;
  /** Replies that were damaged or foreign until the time was up. */
  readonly garbled: number;
  readonly exceptions: number;
  /** How often the line fell out of step. */
  readonly resyncs: number;
  /** Bytes received that belonged to no believed reply. */
  readonly discardedBytes: number;
  readonly queued: number;
  /** NaN before the first reply. */
  readonly lastRoundTripMs: number;
  /** Since the last byte from the device; NaN before the first. */
  readonly lastByteAgeMs: number;
  /** Since the last believed reply, probes included; NaN before the first. */
  readonly lastReplyAgeMs: number;
}
