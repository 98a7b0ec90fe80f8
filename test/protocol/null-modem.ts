/** Two serial paths joined by a virtual null-modem cable: what one end writes the other reads. */
import { openPseudoTerminal, type PseudoTerminal } from '../../controller/virtual-rig/pseudo-terminal.ts';

export interface NullModem {
  readonly a: string;
  readonly b: string;
  close(): void;
}

/** Null where the system has no pseudo-terminals. */
export function openNullModem(): NullModem | null {
  const a = openPseudoTerminal();
  const b = openPseudoTerminal();
  if (a === null || b === null) return null;
  join(a, b);
  join(b, a);
  return {
    a: a.path,
    b: b.path,
    close() {
      a.port.close();
      b.port.close();
    },
  };
}

const join = (from: PseudoTerminal, to: PseudoTerminal): void =>
  from.port.onData((chunk) => to.port.write(chunk));
