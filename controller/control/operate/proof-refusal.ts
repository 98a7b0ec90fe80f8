/** Why a proof test that trips the device cannot have it now. */
import type { Mode, State, StateMessage } from '../../wire/messages.ts';

export interface ProofSituation {
  readonly mode: Mode;
  readonly state: State;
  readonly link: StateMessage['proof']['link'];
  /** Read back: unloaded and enable off. */
  readonly isAtRest: boolean;
}

const AT_REST: readonly State[] = ['ABORTED', 'STOPPED', 'COMPLETE'];

/** One sentence; null where nothing is in the way. */
export function proofRefusal({ mode, state, link, isAtRest }: ProofSituation): string | null {
  if (mode === 'shadow')
    return 'In shadow nothing is written, so nothing that trips the device can be tried.';
  if (mode === 'manual') return 'The machine is in manual mode: leave it first.';
  if (link !== 'up') return 'There is no link to the device.';
  if (!AT_REST.includes(state)) return `The machine is in ${state}: bring it to ${AT_REST.join(', ')} first.`;
  return isAtRest ? null : 'The device does not prove that it is unloaded and disabled.';
}
