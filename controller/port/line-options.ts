/** How a serial device is opened; a TCP line has none of this. */

export interface LineOptions {
  /** Bits a second, 300 to 4,000,000. */
  readonly baudRate: number;
  /** Default 8. */
  readonly dataBits?: 7 | 8 | undefined;
  /** Default 'none'. Modbus itself wants 'even', or 'none' with two stop bits; most devices come with 'none' and one. */
  readonly parity?: 'none' | 'even' | 'odd' | 'mark' | 'space' | undefined;
  /** Default 1. */
  readonly stopBits?: 1 | 2 | undefined;
  /**
   * Levels of the control lines once open, true is asserted. Left out, they stay as the system sets them: both
   * asserted. Opening itself asserts them for a moment, which restarts boards that reset by DTR.
   */
  readonly dtr?: boolean | undefined;
  readonly rts?: boolean | undefined;
  /** Whether closing drops DTR. Default true, as the system does; false keeps a board that resets by DTR running. */
  readonly dropDtrOnClose?: boolean | undefined;
}

const MOST_BAUD = 4_000_000;
const ALLOWED: readonly (readonly [keyof LineOptions, readonly unknown[]])[] = [
  ['dataBits', [7, 8]],
  ['parity', ['none', 'even', 'odd', 'mark', 'space']],
  ['stopBits', [1, 2]],
  ['dtr', [true, false]],
  ['rts', [true, false]],
  ['dropDtrOnClose', [true, false]],
];

/** One sentence saying what no serial device can be opened with, or null. */
export function lineProblem(name: string, options: LineOptions): string | null {
  const { baudRate } = options;
  if (!Number.isInteger(baudRate) || baudRate < 300 || baudRate > MOST_BAUD)
    return `${name}: baud rate ${baudRate}: a whole number from 300 to ${MOST_BAUD} is allowed.`;
  for (const [key, values] of ALLOWED) {
    const given = options[key];
    if (given !== undefined && !values.includes(given))
      return `${name}: ${key} ${given}: ${values.join(', ')} are allowed.`;
  }
  return null;
}
