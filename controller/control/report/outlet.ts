/**
 * The way out of the control process. Everything leaves, whoever is slow to take it, but for the device's stream: where the
 * web process is behind, frames of it are left out. Their numbers are missing then, so that pages and records have a gap.
 */
import type { ControlToWeb } from '../ipc.ts';

/** Messages that were sent and not taken: half a second of ticks and stream, beside what the system holds. */
const MOST_UNTAKEN = 50;

/** `post` calls `taken` once the message has left this process. */
export function createOutlet(
  post: (message: ControlToWeb, taken: () => void) => void,
): (message: ControlToWeb) => void {
  let untaken = 0;
  const taken = (): void => void untaken--;
  return (message) => {
    if (isOfStream(message) && untaken >= MOST_UNTAKEN) return;
    untaken++;
    post(message, taken);
  };
}

const isOfStream = (message: ControlToWeb): boolean => message.kind === 'frame' && message.group === 'stream';
