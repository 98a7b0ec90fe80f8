/** Lines of text out of a stream of bytes (Latin-1), in bounded memory, with the checksum that some families append. */

/** sum2: the sum of all characters, low byte, as two hexadecimal digits before the terminator (DCON). */
export type LineChecksum = 'none' | 'sum2';

export const sum2 = (text: string): string =>
  (latin1Bytes(text).reduce((sum, byte) => sum + byte, 0) & 0xff).toString(16).toUpperCase().padStart(2, '0');

/** What goes onto the wire for `text`. */
export const wireText = (text: string, checksum: LineChecksum, terminator: string): string =>
  `${text}${checksum === 'sum2' ? sum2(text) : ''}${terminator}`;

/** `line` without its checksum, or null where that does not hold. */
export function verifiedText(line: string, checksum: LineChecksum): string | null {
  if (checksum === 'none') return line;
  const text = line.slice(0, -2);
  return line.length >= 2 && sum2(text) === line.slice(-2) ? text : null;
}

export const latin1Bytes = (text: string): Uint8Array => Uint8Array.from(text, (char) => char.charCodeAt(0));

/** Cuts a stream at a terminator. A line that grows past `longest` is dropped up to its end. */
export class LineCutter {
  /** Characters dropped because a line grew too long. */
  dropped = 0;
  private readonly terminator: string;
  private readonly longest: number;
  private held = '';
  private isTooLong = false;

  constructor(terminator: string, longest: number) {
    this.terminator = terminator;
    this.longest = longest;
  }

  /** Characters of a line that has begun. */
  get heldLength(): number {
    return this.held.length;
  }

  /** The lines that `chunk` completes, without terminator. */
  push(chunk: Uint8Array): string[] {
    let text = this.held;
    for (const byte of chunk) text += String.fromCharCode(byte);
    const lines = text.split(this.terminator);
    this.held = lines.pop() ?? '';
    if (this.isTooLong && lines.length > 0) {
      lines.shift();
      this.isTooLong = false;
    }
    if (this.held.length > this.longest) this.dropHeld();
    return lines;
  }

  clear(): void {
    this.held = '';
    this.isTooLong = false;
  }

  /** The end of what is kept may be the beginning of the terminator. */
  private dropHeld(): void {
    const keep = this.terminator.length - 1;
    this.dropped += this.held.length - keep;
    this.held = keep === 0 ? '' : this.held.slice(-keep);
    this.isTooLong = true;
  }
}
