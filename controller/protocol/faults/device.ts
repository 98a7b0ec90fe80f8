/** Faults of the device's electronics and firmware. */
import { aborted, amount, type FaultSpec, goesOn, stopped } from './fault.ts';

export const DEVICE_FAULTS = [
  {
    name: 'reboot',
    what: 'the device restarts and says nothing for a while',
    seen: 'the readings age, then ABORT; without power the train releases by itself',
    parameter: amount('silent_ms', 800, 0, 10_000),
    ...aborted,
    cause: 'lost_link',
  },
  {
    name: 'brown-out',
    what: 'the supply dips: clock, limits, dead-man and recipe are lost, the device answers on',
    seen: 'the device clock went backwards: ABORT; RESET writes everything again',
    parameter: null,
    ...aborted,
    cause: 'device_restarted',
  },
  {
    name: 'firmware-hang',
    what: 'the firmware answers, but its main loop stands, with the train where it was',
    seen: 'the device clock stands still: ABORT, which drops enable by interrupt',
    parameter: null,
    ...aborted,
    cause: 'stale_data',
  },
  {
    name: 'watchdog-dead',
    what: 'the dead-man of the device is disarmed and cannot be armed',
    seen: 'UNPROTECTED, loudly; the machine goes on',
    parameter: null,
    ...goesOn,
    cause: 'unprotected',
  },
  {
    name: 'stop-ignored',
    what: 'the device acknowledges STOP and runs on',
    seen: 'STOPPING is not proven in time: ABORT, which the device obeys',
    parameter: null,
    ...aborted,
    cause: 'no_proof',
    asks: 'STOP',
  },
  {
    name: 'commands-ignored',
    what: 'the device acknowledges every command and obeys none',
    seen: 'neither STOP nor ABORT is proven: the heartbeat is withheld, and the dead-man of the device unloads',
    parameter: null,
    ...aborted,
    cause: 'no_proof',
    asks: 'STOP',
  },
  {
    name: 'relay-stuck',
    what: 'the enable relay is welded: no command drops enable',
    seen: 'the train unloads, enable stays on: press the hard-wired emergency stop',
    parameter: null,
    state: 'ABORTED',
    rest: 'unloaded',
    cause: 'no_proof',
    asks: 'STOP',
  },
  {
    name: 'enable-lost',
    what: 'something else than the controller switches the drive off',
    seen: 'enable is off where it should be on: ABORT',
    parameter: null,
    ...aborted,
    cause: 'enable_mismatch',
  },
  {
    name: 'counter-jump',
    what: 'the cycle counter jumps ahead, past the cycles that the specimen may see',
    seen: 'the budget of cycles is spent: STOP',
    parameter: amount('cycles', 2_000_000, 1, 4_000_000),
    ...stopped,
    cause: 'cycle_budget',
  },
] as const satisfies readonly Omit<FaultSpec, 'place'>[];

export type DeviceFault = (typeof DEVICE_FAULTS)[number]['name'];
