/** The one range of bytes that a request asks for (RFC 9110, section 14); of several, and of other units, the whole. */
export interface ByteRange {
  readonly first: number;
  /** Belongs to it. */
  readonly last: number;
}

/** `whole`: no range that counts was asked for; `beyond`: none of it is there. `size`: of the file, bytes. */
export function rangeOf(header: string | undefined, size: number): ByteRange | 'whole' | 'beyond' {
  const asked = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header?.trim() ?? '');
  if (asked === null || (asked[1] === '' && asked[2] === '')) return 'whole';
  const [from, to] = [asked[1], asked[2]];
  if (from === '') {
    const count = Math.min(Number(to), size);
    return count === 0 ? 'beyond' : { first: size - count, last: size - 1 };
  }
  const first = Number(from);
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (to !== '' && Number(to) < first) return 'whole';
  return first >= size ? 'beyond' : { first, last };
}
