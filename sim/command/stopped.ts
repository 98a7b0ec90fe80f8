/**
 * Exit status of what a signal stopped and that kept what it had: what BSD's sysexits calls a failure that a later try may
 * mend.
 */
export const STOPPED = 75;
