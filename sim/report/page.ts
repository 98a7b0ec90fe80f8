/**
 * Chapters as one HTML document that stands alone: nothing is asked of the network, nothing needs a script. The same
 * chapters give the same bytes.
 */
import type { Block, ChapterContent, Column, Figure, Table, TableRow } from './chapter.ts';
import { PAGE_STYLE } from './page-style.ts';
import { escapeText } from './svg.ts';
import { type Verdict, verdictKey, verdictMark } from './verdict.ts';

/** What a reader needs to make the same report again. */
export interface ReportHead {
  readonly title: string;
  readonly subtitle?: string;
  /** Of the program. */
  readonly version: string;
  readonly seed: number;
  /** Drawn for each system. */
  readonly samples: number;
  /** Of the code and the data that the results depend on. */
  readonly fingerprint: string;
}

/** Words that may be part of an address and of a file name. */
const KEY = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** All figures, in the order of the page. */
export const figuresOf = (chapters: readonly ChapterContent[]): Figure[] =>
  chapters.flatMap(({ blocks }) =>
    blocks.flatMap((block) => (block.kind === 'figure' ? [block.figure] : [])),
  );

/** What a page around the chapters needs, each piece HTML; figures and tables are numbered through all chapters. */
export interface DrawnChapters {
  /** What the verdicts mean that are used; '' for none. */
  readonly verdicts: string;
  /** In their order, each a section with the id `chapter-KEY`. */
  readonly sections: readonly string[];
}

/** Throws RangeError where a key is not made of small letters, digits and hyphens, or stands twice. */
export function drawChapters(chapters: readonly ChapterContent[]): DrawnChapters {
  checkKeys('chapter', chapters);
  checkKeys('figure', figuresOf(chapters));
  const numbers = { figure: 0, table: 0 };
  return {
    verdicts: verdictKey(new Set(chapters.flatMap(verdictsOf))),
    sections: chapters.map((chapter, i) => drawChapter(chapter, i + 1, numbers)),
  };
}

/** Throws RangeError as `drawChapters` does. */
export function reportPage(head: ReportHead, chapters: readonly ChapterContent[]): string {
  const { verdicts, sections } = drawChapters(chapters);
  const lines = [
    '<!doctype html>',
    '<html lang="en">',
    '<head>',
    '<meta charset="utf-8">',
    '<meta name="viewport" content="width=device-width, initial-scale=1">',
    '<meta name="color-scheme" content="light dark">',
    `<title>${escapeText(head.title)}</title>`,
    `<style>${PAGE_STYLE}</style>`,
    '</head>',
    '<body>',
    '<a class="skip" href="#report">Skip to the report</a>',
    drawHead(head),
    '<div class="columns">',
    drawContents(chapters),
    '<main id="report">',
    verdicts,
    ...sections,
    '</main>',
    '</div>',
    '</body>',
    '</html>',
  ];
  return `${lines.filter((line) => line !== '').join('\n')}\n`;
}

function checkKeys(what: string, things: readonly { readonly key: string }[]): void {
  const seen = new Set<string>();
  for (const { key } of things) {
    if (!KEY.test(key))
      throw new RangeError(
        `the ${what} key "${key}" is not made of small letters, digits and single hyphens`,
      );
    if (seen.has(key)) throw new RangeError(`two ${what}s have the key "${key}"; give each its own`);
    seen.add(key);
  }
}

const verdictsOf = ({ blocks }: ChapterContent): Verdict[] =>
  blocks.flatMap((block) =>
    block.kind === 'table' ? block.table.rows.flatMap(({ verdict }) => verdict ?? []) : [],
  );

function drawHead({ title, subtitle, version, seed, samples, fingerprint }: ReportHead): string {
  const facts: readonly (readonly [name: string, value: string, code?: boolean])[] = [
    ['Version', version],
    ['Seed', String(seed)],
    ['Samples', String(samples)],
    ['Engine', fingerprint, true],
  ];
  return [
    '<header class="head">',
    `<h1>${escapeText(title)}</h1>`,
    ...(subtitle === undefined ? [] : [`<p class="subtitle">${escapeText(subtitle)}</p>`]),
    '<dl class="facts">',
    ...facts.map(
      ([name, value, code]) =>
        `<div><dt>${name}</dt><dd${code ? ' class="code"' : ''}>${escapeText(value)}</dd></div>`,
    ),
    '</dl>',
    '</header>',
  ].join('\n');
}

export const chapterId = (key: string): string => `chapter-${key}`;
/** `index` of the block in its chapter. */
export const headingId = (key: string, index: number): string => `${chapterId(key)}-${index + 1}`;

function drawContents(chapters: readonly ChapterContent[]): string {
  const items = chapters.map(({ key, title, blocks }, i) => {
    const inner = blocks.flatMap((block, k) =>
      block.kind === 'heading'
        ? [`<li><a href="#${headingId(key, k)}">${escapeText(block.text)}</a></li>`]
        : [],
    );
    const list = inner.length === 0 ? '' : `<ol>${inner.join('')}</ol>`;
    return `<li><a href="#${chapterId(key)}"><span class="number">${i + 1}</span>${escapeText(title)}</a>${list}</li>`;
  });
  return [
    '<nav class="contents" aria-labelledby="contents">',
    '<h2 id="contents">Contents</h2>',
    '<ol>',
    ...items,
    '</ol>',
    '</nav>',
  ].join('\n');
}

interface Numbers {
  figure: number;
  table: number;
}

function drawChapter({ key, title, blocks }: ChapterContent, number: number, numbers: Numbers): string {
  const id = chapterId(key);
  return [
    `<section class="chapter" id="${id}" aria-labelledby="${id}-title">`,
    `<h2 id="${id}-title"><span class="number">${number}</span>${escapeText(title)}</h2>`,
    ...blocks.map((block, i) => drawBlock(block, headingId(key, i), numbers)),
    '</section>',
  ].join('\n');
}

function drawBlock(block: Block, id: string, numbers: Numbers): string {
  switch (block.kind) {
    case 'paragraph':
      return `<p>${escapeText(block.text)}</p>`;
    case 'heading':
      return `<h3 id="${id}">${escapeText(block.text)}</h3>`;
    case 'figure':
      return drawFigure(block.figure, ++numbers.figure);
    default:
      return drawTable(block.table, ++numbers.table);
  }
}

/** Wider than a phone, so that its words can be read: it scrolls in a box that the keyboard reaches. */
export const figureId = (key: string): string => `figure-${key}`;

const drawFigure = ({ key, caption, svg }: Figure, number: number): string =>
  [
    `<figure id="${figureId(key)}">`,
    `<div class="drawing" role="group" aria-label="Figure ${number}" tabindex="0">${svg.trim()}</div>`,
    `<figcaption><b>Figure ${number}.</b> ${escapeText(caption)}</figcaption>`,
    '</figure>',
  ].join('\n');

/** Verdicts stand in the column that is called so; where there is none, in one of their own at the end. */
function drawTable({ title, columns, rows, note }: Table, number: number): string {
  const judged = rows.some(({ verdict }) => verdict !== undefined);
  const named = columns.findIndex(({ label }) => label.toLowerCase() === 'verdict');
  const all: readonly Column[] = judged && named < 0 ? [...columns, { label: 'verdict' }] : columns;
  const verdictColumn = named < 0 ? columns.length : named;
  const shapes = all.map((column, i) => shapeOf(column, rows, i));
  const id = `table-${number}`;
  return [
    `<div class="table" id="${id}">`,
    `<p class="title" id="${id}-title"><b>Table ${number}.</b> ${escapeText(title)}</p>`,
    `<div class="scroll" role="region" aria-labelledby="${id}-title" tabindex="0">`,
    `<table aria-labelledby="${id}-title">`,
    `<thead><tr>${all.map(({ label }, i) => `<th scope="col"${shapes[i]}>${escapeText(label)}</th>`).join('')}</tr></thead>`,
    '<tbody>',
    ...rows.map((row) => drawRow(row, shapes, verdictColumn)),
    '</tbody>',
    '</table>',
    '</div>',
    ...(note === undefined ? [] : [`<p class="note">${escapeText(note)}</p>`]),
    '</div>',
  ].join('\n');
}

/** Letters that a column holds on one line; and from which on it is a sentence, and is given room. */
const ONE_LINE = 22;
const SENTENCE = 48;

function shapeOf({ align, label }: Column, rows: readonly TableRow[], index: number): string {
  if (align === 'right') return ' class="right"';
  const longest = Math.max(label.length, ...rows.map(({ cells }) => cells[index]?.length ?? 0));
  if (longest <= ONE_LINE) return ' class="short"';
  return longest <= SENTENCE ? ' class="words"' : ' class="long"';
}

function drawRow({ cells, verdict }: TableRow, shapes: readonly string[], verdictColumn: number): string {
  const drawn = shapes.map((shape, i) => {
    const words = cells[i] ?? null;
    if (verdict !== undefined && i === verdictColumn)
      return `<td class="verdict">${verdictMark(verdict, words ?? undefined)}</td>`;
    if (words === null) return `<td${shape}>–</td>`;
    return i === 0
      ? `<th scope="row"${shape}>${escapeText(words)}</th>`
      : `<td${shape}>${escapeText(words)}</td>`;
  });
  return `<tr${verdict === undefined ? '' : ` class="${verdict}"`}>${drawn.join('')}</tr>`;
}
