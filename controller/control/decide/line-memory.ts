/** What the inputs say of the line and of who answers on it. A pure fold over the inputs. */
import type { StateMessage } from '../../wire/messages.ts';
import type { Input } from './decision.ts';

export interface LineMemory {
  readonly link: StateMessage['proof']['link'];
  /** Why the last established link ended; null again once a link is up. */
  readonly lostReason: string | null;
  readonly isVirtual: boolean;
  /** Proof tests of this device that are overdue, in words. */
  readonly proofsOverdue: string | null;
}

export const NO_LINE: LineMemory = {
  link: 'down',
  lostReason: null,
  isVirtual: false,
  proofsOverdue: null,
};

export function lineAfter(line: LineMemory, input: Input): LineMemory {
  switch (input.kind) {
    case 'opened':
      return { ...line, link: 'syncing' };
    case 'identified':
      return { ...line, isVirtual: input.isVirtual, proofsOverdue: input.proofsOverdue };
    case 'proofs':
      return { ...line, proofsOverdue: input.overdue };
    case 'up':
      return { ...line, link: 'up', lostReason: null };
    case 'down':
      return {
        ...line,
        link: 'down',
        lostReason: line.link === 'up' ? input.reason : line.lostReason,
      };
    default:
      return line;
  }
}
