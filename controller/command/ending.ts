/** How the main process learns that it should end, and that it does so in order, once. */

export interface Ending {
  /** In order: the machine first, then the rest. */
  readonly inOrder: () => Promise<void>;
  /** At once, for a person who asked twice. */
  readonly atOnce: () => void;
}

const PARENT_CHECK_MS = 500;

/**
 * SIGINT, SIGTERM and SIGHUP end in order; a second one at once. Under npm the end of npm does the same: a killed npm
 * sends no signal. Returns the function that begins the end with an exit status.
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
      console.error('\nStopping the cooler. Ctrl-C again ends at once.');
      end(0);
      return;
    }
    ending.atOnce();
    process.exit(130);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, onSignal);
  if (process.env.npm_lifecycle_event !== undefined) watchParent(() => end(0));
  return end;
}

function watchParent(onGone: () => void): void {
  const parent = process.ppid;
  setInterval(() => {
    if (process.ppid !== parent || !isAlive(parent)) onGone();
  }, PARENT_CHECK_MS).unref();
}

/** Windows gives an orphan no new parent: there the old one must be asked for. */
function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code !== 'ESRCH';
  }
}
