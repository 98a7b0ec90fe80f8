/** How the main process learns that it should end, and that it does so in order, once. */
import { watchNpm } from './npm-watch.ts';

export interface Ending {
  /** Said when a person ends the program. */
  readonly saying?: string;
  /** In order: the machine first, then the rest. */
  readonly inOrder: () => Promise<void>;
  /** At once, for a person who asked twice. */
  readonly atOnce: () => void;
}

/**
 * SIGINT, SIGTERM and SIGHUP end in order; a second one at once. Under npm the end of npm does the same. Returns the
 * function that begins the end with an exit status.
 */
export function endWell(ending: Ending): (exitStatus: number) => void {
  let isEnding = false;

  const end = (exitStatus: number): void => {
    if (isEnding) return;
    isEnding = true;
    void ending.inOrder().then(() => process.exit(exitStatus));
  };
  const onSignal = (): void => {
    if (!isEnding) {
      console.error(`\n${ending.saying ?? 'Stopping the cooler.'} Ctrl-C again ends at once.`);
      end(0);
      return;
    }
    ending.atOnce();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  watchNpm(() => end(0));
  return end;
}
