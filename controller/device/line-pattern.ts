/**
 * Lines as a profile writes them, after the way of EPICS StreamDevice: text with fields in braces.
 * `{flow:+07.2f}` is a point with a format (decimal f, whole d, hexadecimal x; sign, padding by zeros, width, decimals),
 * `{address}` the device's address, `{*}` anything, `{*:7}` seven characters, `{{` a brace. In a reply a width is exact, a
 * space stands for one or more, and a field without width ends at a space, comma or semicolon.
 */

export interface Field {
  readonly point: string;
  readonly format: Format;
}

interface Format {
  readonly kind: 'f' | 'd' | 'x';
  readonly sign: boolean;
  readonly zeros: boolean;
  readonly width: number | null;
  readonly decimals: number | null;
}

type Piece = string | Field | { readonly any: number | null } | { readonly address: true };

/** A field as it was sent. */
export interface FieldText {
  readonly point: string;
  readonly text: string;
  /** NaN where the text is no number. */
  readonly number: number;
}

export class LinePattern {
  readonly fields: readonly Field[];
  private readonly pieces: readonly Piece[];

  private constructor(pieces: readonly Piece[]) {
    this.pieces = pieces;
    this.fields = pieces.filter(isField);
  }

  /** The pattern, or what is wrong with it. */
  static parse(text: string): LinePattern | string {
    const pieces: Piece[] = [];
    for (const [whole, brace, inner] of text.matchAll(/(\{\{)|\{([^{}]*)\}|[^{}]+|[{}]/g)) {
      if (brace !== undefined) pieces.push('{');
      else if (inner === undefined && /^[{}]$/.test(whole))
        return `"${text}": a brace stands alone; write {{ for one`;
      else {
        const piece = inner === undefined ? whole : readField(inner);
        if (piece === null)
          return `"${text}": {${inner}} is no field; write {point:7.2f}, {point:d}, {point:2x}, {address}, {*} or {*:3}`;
        pieces.push(piece);
      }
    }
    return new LinePattern(pieces);
  }

  /** Recognises a whole reply. */
  replyOf(address: string): RegExp {
    const body = this.pieces.map((piece) => {
      if (typeof piece === 'string') return literal(piece);
      if ('any' in piece) return piece.any === null ? '.*?' : `.{${piece.any}}`;
      return 'address' in piece ? literal(address) : `(${fieldSource(piece.format)})`;
    });
    return new RegExp(`^${body.join('')}$`);
  }

  /** The fields of a reply that `replyOf` has recognised. */
  read(match: RegExpExecArray): FieldText[] {
    return this.fields.map(({ point, format }, at) => {
      const text = match[at + 1] ?? '';
      return { point, text, number: numberOf(text.trim(), format) };
    });
  }

  /** The line to send; `values` has every field. */
  write(address: string, values: ReadonlyMap<string, number>): string {
    const text = this.pieces.map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('any' in piece) return '';
      return 'address' in piece ? address : formatNumber(values.get(piece.point) ?? 0, piece.format);
    });
    return text.join('');
  }
}

const isField = (piece: Piece): piece is Field => typeof piece !== 'string' && 'point' in piece;

function readField(inner: string): Piece | null {
  if (inner === 'address') return { address: true };
  const any = /^\*(?::(\d+))?$/.exec(inner);
  if (any !== null) return { any: any[1] === undefined ? null : Number(any[1]) };
  const parts = /^([a-z][A-Za-z0-9_]*):(\+?)(0?)(\d+)?(?:\.(\d+))?([fdx])$/.exec(inner);
  if (parts === null) return null;
  const [, point, sign, zeros, width, decimals, kind] = parts;
  const format = {
    kind: kind as Format['kind'],
    sign: sign === '+',
    zeros: zeros === '0',
    width: width === undefined ? null : Number(width),
    decimals: decimals === undefined ? null : Number(decimals),
  };
  return { point, format };
}

const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replace(/ +/g, ' +');

function fieldSource({ kind, width }: Format): string {
  if (kind === 'f') return width === null ? String.raw`[^\s,;]+` : `.{${width}}`;
  const digit = kind === 'x' ? '[0-9A-Fa-f]' : '[-+0-9]';
  return width === null ? `${digit}+` : `${digit}{${width}}`;
}

function numberOf(text: string, { kind }: Format): number {
  if (kind === 'x') return Number.parseInt(text, 16);
  return /^[-+]?(\d+\.?\d*|\.\d+)([eE][-+]?\d+)?$/.test(text) ? Number(text) : Number.NaN;
}

function formatNumber(value: number, { kind, sign, zeros, width, decimals }: Format): string {
  if (kind === 'x')
    return Math.round(value)
      .toString(16)
      .toUpperCase()
      .padStart(width ?? 0, '0');
  const size = Math.abs(value);
  const digits =
    kind === 'd' ? String(Math.round(size)) : decimals === null ? String(size) : size.toFixed(decimals);
  const mark = value < 0 ? '-' : sign ? '+' : '';
  return mark + digits.padStart((width ?? 0) - mark.length, zeros ? '0' : ' ');
}
