/** CLEAR, RESET, START without a person: only for a virtual rig that this program started itself, once, at boot. */
import type { Clock } from '../../protocol/byte-port.ts';
import { allowedCommands } from '../state/state-machine.ts';
import type { Supervisor } from '../supervisor.ts';
import type { Tell } from '../tell.ts';

const POLL_MS = 50;
/** The rig may still be starting. */
const PATIENCE_MS = 30_000;

/** `isCancelled` becomes true once a person took over. */
export async function autoStart(
  supervisor: Supervisor,
  clock: Clock,
  tell: Tell,
  isCancelled: () => boolean,
): Promise<void> {
  for (const command of ['CLEAR', 'RESET', 'START'] as const) {
    const untilMs = clock.nowMs() + PATIENCE_MS;
    while (!supervisor.isLinkUp() || !allowedCommands(supervisor.state()).includes(command)) {
      const wentBack = command !== 'CLEAR' && supervisor.state() === 'ABORTED';
      if (isCancelled()) return;
      if (wentBack || clock.nowMs() > untilMs) {
        return tell('warning', `The start by itself ends before ${command}; a person has to go on.`);
      }
      await new Promise<void>((resolve) => void clock.after(POLL_MS, resolve));
    }
    if (isCancelled()) return;
    const { ok, sentence } = supervisor.command(command);
    if (!ok) return tell('warning', `The start by itself ends: ${sentence}`);
  }
}
