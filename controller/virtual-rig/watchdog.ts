/** The dead-man switch: an armed device that hears no new heartbeat in time trips. Wall time, whatever the acceleration. */
import { WATCHDOG_STATE } from '../protocol/register-map.ts';

const POWER_UP_TIMEOUT_MS = 500;

export class Watchdog {
  /** 50 to 5000 ms. */
  timeoutMs = POWER_UP_TIMEOUT_MS;
  /** A device whose host watchdog is switched off in its set-up takes the command and stays disarmed. */
  canArm = true;
  private readonly nowMs: () => number;
  private isArmed = false;
  private hasTripped = false;
  private beat = 0;
  private lastChangeMs = 0;

  constructor(nowMs: () => number) {
    this.nowMs = nowMs;
  }

  /** The last heartbeat taken. */
  get heartbeat(): number {
    return this.beat;
  }

  get armed(): boolean {
    return this.isArmed;
  }

  get state(): number {
    if (this.hasTripped) return WATCHDOG_STATE.tripped;
    return this.isArmed ? WATCHDOG_STATE.armed : WATCHDOG_STATE.disarmed;
  }

  /** Arming starts the timeout anew. */
  arm(isArmed: boolean): void {
    this.isArmed = isArmed && this.canArm;
    this.lastChangeMs = this.nowMs();
  }

  /** As it is after power-up. */
  restart(): void {
    this.isArmed = this.hasTripped = false;
    this.timeoutMs = POWER_UP_TIMEOUT_MS;
    this.beat = 0;
  }

  /** Any change kicks. */
  kick(heartbeat: number): void {
    if (heartbeat !== this.beat) this.lastChangeMs = this.nowMs();
    this.beat = heartbeat;
  }

  /** Forgets a trip; the timeout starts anew. */
  clear(): void {
    this.hasTripped = false;
    this.lastChangeMs = this.nowMs();
  }

  /** True once, when the timeout runs out. */
  expire(): boolean {
    if (!this.isArmed || this.hasTripped || this.nowMs() - this.lastChangeMs <= this.timeoutMs) return false;
    this.hasTripped = true;
    return true;
  }
}
