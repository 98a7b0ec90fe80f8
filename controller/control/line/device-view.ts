/** What the host knows of the device at this moment, and how old that is. Times are host ms. */
import { WATCHDOG_STATE } from '../../protocol/register-map.ts';
import type { Status } from './readings.ts';

/** Heartbeats that must come back in a row before the watchdog counts as proven. */
const ECHOES = 3;

export interface DeviceView {
  /** A valid reply to the given heartbeat. */
  take(status: Status, heartbeat: number, nowMs: number): void;
  /** This program stood still for so long, and heard nothing for that reason alone. */
  excuse(ms: number): void;
  /** A new link: nothing is known yet. */
  reset(nowMs: number): void;
  /** No link: nothing may be believed any more. */
  forget(): void;
  readonly status: () => Status | null;
  readonly replyAgeMs: (nowMs: number) => number | null;
  readonly clockAgeMs: (nowMs: number) => number | null;
  /** The last reply showed a device clock that went backwards. */
  readonly hasRestarted: () => boolean;
  /** Armed, and its echo follows the heartbeat. */
  readonly isWatchdogVerified: () => boolean;
  /** Device time of the last reading of any link, s. */
  readonly deviceS: () => number;
}

const age = (sinceMs: number | null, nowMs: number): number | null =>
  sinceMs === null ? null : nowMs - sinceMs;

export function createDeviceView(): DeviceView {
  let status: Status | null = null;
  let replyMs: number | null = null;
  let clockMs: number | null = null;
  let restarted = false;
  let echoes = 0;
  let deviceS = 0;

  function reset(nowMs: number | null): void {
    status = null;
    replyMs = nowMs;
    clockMs = nowMs;
    restarted = false;
    echoes = 0;
  }

  return {
    take(fresh, heartbeat, nowMs) {
      const before = status?.device_clock_ms ?? -1;
      restarted = fresh.device_clock_ms < before;
      if (fresh.device_clock_ms !== before) clockMs = nowMs;
      const follows = fresh.watchdog_state === WATCHDOG_STATE.armed && fresh.heartbeat_echo === heartbeat;
      echoes = follows ? echoes + 1 : 0;
      status = fresh;
      replyMs = nowMs;
      deviceS = fresh.device_clock_ms / 1000;
    },
    excuse(ms) {
      if (replyMs !== null) replyMs += ms;
      if (clockMs !== null) clockMs += ms;
    },
    reset,
    forget: () => reset(null),
    status: () => status,
    replyAgeMs: (nowMs) => age(replyMs, nowMs),
    clockAgeMs: (nowMs) => age(clockMs, nowMs),
    hasRestarted: () => restarted,
    isWatchdogVerified: () => echoes >= ECHOES,
    deviceS: () => deviceS,
  };
}
