/**
 * What every figure shares: how text is set, measured, wrapped and escaped, the frame with title and note, the colours.
 * The same data give the same bytes; there is no DOM, so widths of letters come from a table.
 */

export const INK = '#1c2530';
export const MUTED = '#55606e';
export const GRID = '#d9dee4';
export const GROUND = '#ffffff';
/** The rasteriser is given Inter; a browser takes what it has. */
const FONT_FAMILY = 'Inter, Helvetica, Arial, sans-serif';
/** Told apart in print and by most colour-blind readers (Okabe and Ito, without yellow). */
export const PALETTE = ['#0072b2', '#d55e00', '#009e73', '#7a4a8c', '#56b4e9', '#a0522d'] as const;

export const paletteColor = (index: number): string => PALETTE[index % PALETTE.length];

/** Two decimals, and never an exponent or a NaN: what a path can hold. */
export const fixed = (v: number): string => (Number.isFinite(v) ? String(Math.round(v * 100) / 100) : '0');

/** Safe as text and within double quotes, in SVG and in HTML; characters that no XML may hold are left out. */
export const escapeText = (words: string): string =>
  words
    // oxlint-disable-next-line no-control-regex -- these are the ones that XML forbids
    .replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g, '')
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#39;');

/** Short, and the same for the same data: ids of figures that stand in one page must differ. FNV-1a, 32 bits. */
export function fingerprint(data: unknown): string {
  const words = JSON.stringify(data);
  let hash = 0x811c9dc5;
  for (let i = 0; i < words.length; i++) hash = Math.imul(hash ^ words.charCodeAt(i), 0x01000193);
  return (hash >>> 0).toString(36);
}

/** Advance widths of Inter in thousandths of the size; every other letter counts as a wide one. */
const WIDTHS: readonly (readonly [width: number, letters: string])[] = [
  [240, 'ijl'],
  [280, "I !,.:·;'"],
  [340, '`t|'],
  [370, '()/[]fr\\'],
  [420, '1{}'],
  [450, '³²"-_°^'],
  [520, '?s*–kxε'],
  [570, '7LavyzJce'],
  [610, '5EFhnouη23689Zbdgpq'],
  [660, '#$&04PRST+<=>B~−×≥≤±ασKXY'],
  [720, 'AVΔDCGHU'],
  [760, 'NOQ'],
];
const WIDEST = 880;
const WIDTH_OF = new Map(
  WIDTHS.flatMap(([width, letters]) => Array.from(letters, (letter): [string, number] => [letter, width])),
);
/** Semi-bold letters are so much wider. */
const BOLD = 1.06;

/** px that `words` take at `size` px, within a few percent. */
export function textWidth(words: string, size: number, weight = 400): number {
  let thousandths = 0;
  for (const letter of words) thousandths += WIDTH_OF.get(letter) ?? WIDEST;
  return (thousandths / 1000) * size * (weight >= 600 ? BOLD : 1);
}

/** Rows of at most `width` px; a word that is wider has a row of its own. */
export function wrapText(words: string, width: number, size: number, weight = 400): string[] {
  const rows: string[] = [];
  let row = '';
  for (const word of words.split(/\s+/)) {
    const longer = row === '' ? word : `${row} ${word}`;
    if (row !== '' && textWidth(longer, size, weight) > width) {
      rows.push(row);
      row = word;
    } else row = longer;
  }
  if (row !== '') rows.push(row);
  return rows;
}

export interface TextStyle {
  /** px; 12 without. */
  readonly size?: number;
  readonly weight?: number;
  readonly anchor?: 'middle' | 'end';
  readonly color?: string;
  /** A white rim, for words that stand on lines or colours. */
  readonly halo?: boolean;
}

export function text(x: number, y: number, words: string, style: TextStyle = {}): string {
  const { size = 12, weight, anchor, color = INK, halo = false } = style;
  const extra = [
    weight ? ` font-weight="${weight}"` : '',
    anchor ? ` text-anchor="${anchor}"` : '',
    halo ? ` paint-order="stroke" stroke="${GROUND}" stroke-width="3" stroke-linejoin="round"` : '',
  ];
  return `<text x="${fixed(x)}" y="${fixed(y)}" font-size="${size}" fill="${color}"${extra.join('')}>${escapeText(words)}</text>`;
}

/** Slant lines, told from plain colours in grey too. `id` stands once in a page. */
export const hatchPattern = (id: string, color: string, ground: string): string =>
  `<pattern id="${id}" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect width="6" height="6" fill="${ground}"/><path d="M0,0V6" stroke="${color}" stroke-width="2.4"/></pattern>`;

const TITLE = { size: 15, weight: 600, row: 19, baseline: 26, below: 18 };
const NOTE = { size: 11, row: 16 };

/** Title above and note below, and what is left between them. */
export interface Frame {
  readonly title: readonly string[];
  readonly notes: readonly string[];
  /** px, where drawing may begin and must end. */
  readonly top: number;
  /** px that the note takes at the foot. */
  readonly foot: number;
}

/** `left` and `right`: the margins of title and note. */
export function layOutFrame(
  { title, note }: { readonly title: string; readonly note?: string },
  width: number,
  left: number,
  right: number,
): Frame {
  const rows = wrapText(title, width - left - right, TITLE.size, TITLE.weight);
  const notes = note === undefined ? [] : wrapText(note, width - left - right, NOTE.size);
  return {
    title: rows,
    notes,
    top: TITLE.baseline + (Math.max(rows.length, 1) - 1) * TITLE.row + TITLE.below,
    foot: notes.length * NOTE.row,
  };
}

export interface SvgDocument {
  readonly title: string;
  /** For who cannot see it: axes, what is drawn. */
  readonly description: string;
  /** Of `fingerprint`. */
  readonly key: string;
  readonly width: number;
  readonly height: number;
  readonly left: number;
  readonly frame: Frame;
}

/** The whole SVG text around `parts`. */
export function svgDocument(figure: SvgDocument, parts: readonly string[]): string {
  const { key, width, height, left, frame } = figure;
  const size = `width="${fixed(width)}" height="${fixed(height)}"`;
  const lines = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${fixed(width)} ${fixed(height)}" role="img" aria-labelledby="title-${key}" aria-describedby="desc-${key}" font-family="${FONT_FAMILY}">`,
    `<title id="title-${key}">${escapeText(figure.title)}</title>`,
    `<desc id="desc-${key}">${escapeText(figure.description)}</desc>`,
    `<rect ${size} fill="${GROUND}"/>`,
    ...frame.title.map((row, k) => text(left, TITLE.baseline + k * TITLE.row, row, TITLE)),
    ...parts,
    ...frame.notes.map((row, k) =>
      text(left, height - (frame.notes.length - k) * NOTE.row + 6, row, { size: NOTE.size, color: MUTED }),
    ),
    '</svg>',
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}
