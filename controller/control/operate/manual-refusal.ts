/** Why manual mode cannot be entered now. */
import type { Fault, Mode, State, StateMessage } from '../../wire/messages.ts';

export interface ManualSituation {
  readonly mode: Mode;
  readonly state: State;
  readonly link: StateMessage['proof']['link'];
  /** The gravest fault that is present. */
  readonly worst: Fault | null;
  /** Read back: unloaded and enable off. */
  readonly isAtRest: boolean;
  readonly acceleration: number;
}

/** `isConfigured`: the rig file has speed, flow and force of manual mode. */
export function manualRefusal(isConfigured: boolean, situation: ManualSituation): string | null {
  const why = isConfigured
    ? reason(situation)
    : 'the rig file has no section "manual" with speed, flow and force.';
  return why === null ? null : `Manual mode is refused: ${why}`;
}

function reason({ mode, state, link, worst, isAtRest, acceleration }: ManualSituation): string | null {
  if (mode === 'manual') return 'the machine is in manual mode.';
  if (mode === 'shadow') return 'in shadow nothing is written.';
  if (link !== 'up') return 'there is no link to the device.';
  if (state !== 'STOPPED' && state !== 'IDLE')
    return `only STOPPED and IDLE lead there, the state is ${state}.`;
  if (worst !== null) return `${worst.sentence} ${worst.remedy}`;
  if (!isAtRest) return 'the device does not prove that it is unloaded and disabled.';
  if (acceleration > 1) return 'nobody can hold a button at more than the true pace of time; set it to 1×.';
  return null;
}
