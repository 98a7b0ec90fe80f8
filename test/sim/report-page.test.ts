/** The page and its files: the same bytes from the same chapters, every text escaped, nothing asked of the network. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { writeReport } from '../../sim/command/report-files.ts';
import { renderPng } from '../../sim/command/report-png.ts';
import { UserError } from '../../sim/index.ts';
import { barFigure } from '../../sim/report/bar-figure.ts';
import type { ChapterContent, Table } from '../../sim/report/chapter.ts';
import { mapFigure } from '../../sim/report/map-figure.ts';
import { reportPage } from '../../sim/report/page.ts';
import { sankeyFigure } from '../../sim/report/sankey-figure.ts';
import { xyFigure } from '../../sim/report/xy-figure.ts';
import {
  SAMPLE_BARS,
  SAMPLE_HEAD,
  SAMPLE_MAP,
  SAMPLE_SANKEY,
  SAMPLE_XY,
  sampleChapters,
} from './report-samples.ts';

const folder = mkdtempSync(join(tmpdir(), 'elastocool-report-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const page = reportPage(SAMPLE_HEAD, sampleChapters());
const oneTable = (table: Table): ChapterContent[] => [
  { key: 'only', title: 'Only', blocks: [{ kind: 'table', table }] },
];

describe('the page', () => {
  it('is the same to the last byte', () => {
    expect(reportPage(SAMPLE_HEAD, sampleChapters())).toBe(page);
  });

  it('says what is needed to make it again', () => {
    for (const value of [SAMPLE_HEAD.version, SAMPLE_HEAD.seed, SAMPLE_HEAD.samples, SAMPLE_HEAD.fingerprint])
      expect(page).toContain(`>${value}</dd>`);
  });

  it('asks nothing of the network and runs nothing', () => {
    const text = page.replaceAll('http://www.w3.org/2000/svg', '');
    expect(text).not.toMatch(/https?:|<script|<link|<img|@import|\bsrc=|\son\w+=|javascript:|url\((?!#)/);
  });

  it('numbers chapters, figures and tables, and points only to what is there', () => {
    expect([...page.matchAll(/<b>(Figure|Table) (\d+)\./g)].map(([, kind, n]) => `${kind} ${n}`)).toEqual([
      'Table 1',
      ...[1, 2, 3, 4, 5].map((n) => `Figure ${n}`),
    ]);
    const ids = [...page.matchAll(/ id="([^"]+)"/g)].map(([, id]) => id);
    expect(new Set(ids).size).toBe(ids.length);
    const named = [...page.matchAll(/(?:href="#|aria-labelledby="|aria-describedby="|url\(#)([^")]+)/g)].map(
      ([, id]) => id,
    );
    expect(named.length).toBeGreaterThan(20);
    for (const id of named) expect(ids).toContain(id);
  });

  it('has its headings in order', () => {
    const levels = [...page.matchAll(/<h(\d)/g)].map(([, level]) => Number(level));
    expect(levels[0]).toBe(1);
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    for (let i = 1; i < levels.length; i++) expect(levels[i] - levels[i - 1]).toBeLessThanOrEqual(1);
  });

  it('says a verdict by sign and word, in the column that is called so', () => {
    for (const verdict of ['pass', 'fail', 'uninformative'])
      expect(page).toMatch(
        new RegExp(
          `<tr class="${verdict}">.*<td class="verdict"><svg [^>]+><path [^>]+/></svg>${verdict}</td>`,
        ),
      );
    expect(page.match(/<th scope="col"[^>]*>verdict</g)).toHaveLength(1);
  });

  it('gives verdicts a column of their own where there is none, and none where nothing is judged', () => {
    const table = {
      title: 't',
      columns: [{ label: 'a' }],
      rows: [{ cells: ['x'], verdict: 'fail' as const }, { cells: [null] }],
    };
    const judged = reportPage(SAMPLE_HEAD, oneTable(table));
    expect(judged).toMatch(/<th scope="col"[^>]*>verdict<\/th><\/tr>/);
    expect(judged).toMatch(/<tr class="fail">.*fail<\/td><\/tr>/);
    expect(judged).toMatch(/<tr><td[^>]*>–<\/td><td[^>]*>–<\/td><\/tr>/);
    const plain = reportPage(SAMPLE_HEAD, oneTable({ ...table, rows: [{ cells: ['x'] }] }));
    expect(plain).not.toContain('verdict</th>');
    expect(plain).not.toContain('class="key"');
  });

  it.each([
    [
      'a key that is no file name',
      [{ key: '../up', title: 't', blocks: [] }],
      /chapter key "\.\.\/up" is not made of/,
    ],
    [
      'a key that stands twice',
      [1, 2].map(() => ({ key: 'a', title: 't', blocks: [] })),
      /two chapters have the key "a"/,
    ],
    [
      'a figure key that stands twice',
      [1, 2].map((n) => ({
        key: `c${n}`,
        title: 't',
        blocks: [{ kind: 'figure' as const, figure: { key: 'f', caption: '', svg: '' } }],
      })),
      /two figures have the key "f"/,
    ],
  ])('refuses %s', (_, chapters, sentence) => {
    expect(() => reportPage(SAMPLE_HEAD, chapters)).toThrow(RangeError);
    expect(() => reportPage(SAMPLE_HEAD, chapters)).toThrow(sentence);
  });
});

describe('texts', () => {
  const EVIL = `<img src=x onerror="a('b')">&\u0007`;
  const TEXTS = [
    'title',
    'subtitle',
    'label',
    'unit',
    'note',
    'caption',
    'text',
    'missing',
    'version',
    'fingerprint',
  ];
  /** Every text of `data` made evil; how many there were. */
  function spoil<Data>(data: Data): { data: Data; count: number } {
    let count = 0;
    const evil = (words: string): string => {
      count++;
      return `${words} ${EVIL}`;
    };
    const walk = (value: unknown, key: string): unknown => {
      if (typeof value === 'string') return TEXTS.includes(key) ? evil(value) : value;
      if (Array.isArray(value)) {
        const texts = key === 'cells' || key === 'groups';
        return value.map((one) => (texts && typeof one === 'string' ? evil(one) : walk(one, '')));
      }
      if (value === null || typeof value !== 'object') return value;
      return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
    };
    return { data: walk(data, '') as Data, count };
  }
  /** Escaped, it is cut into words by wrapping: the beginning is what counts. */
  const count = (words: string, part: string): number => words.split(part).length - 1;

  it.each([
    ['XY figure', () => spoil(SAMPLE_XY), xyFigure],
    ['map', () => spoil(SAMPLE_MAP), mapFigure],
    ['Sankey figure', () => spoil(SAMPLE_SANKEY), sankeyFigure],
    ['bars', () => spoil(SAMPLE_BARS), barFigure],
  ] as const)('are escaped in the %s', (_, make, draw) => {
    const { data, count: spoilt } = make();
    const svg = (draw as (figure: unknown) => string)(data);
    expect(count(svg, '&lt;img')).toBeGreaterThanOrEqual(spoilt - 1);
    expect(svg).not.toContain('<img');
    expect(svg).not.toContain('onerror="');
    expect(svg).not.toContain('\u0007');
    expect(svg).not.toMatch(/&(?!amp;|lt;|gt;|quot;|#39;)/);
  });

  it('are escaped in the page', () => {
    const head = spoil(SAMPLE_HEAD);
    const chapters = spoil(sampleChapters());
    const spoilt = reportPage(head.data, chapters.data);
    expect(spoilt).not.toContain('<img');
    expect(spoilt).not.toContain('onerror="');
    expect(spoilt).not.toContain('\u0007');
    expect(count(spoilt, '&lt;img')).toBeGreaterThanOrEqual(head.count + chapters.count);
  });
});

describe('the files', () => {
  const read = (name: string): Record<string, Buffer> =>
    Object.fromEntries(
      readdirSync(join(folder, name), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map((entry) => [entry.name, readFileSync(join(entry.parentPath, entry.name))]),
    );

  it('are the page and every figure twice, the same to the last byte', async () => {
    await writeReport(join(folder, 'deep', 'first'), SAMPLE_HEAD, sampleChapters());
    await writeReport(join(folder, 'second'), SAMPLE_HEAD, sampleChapters());
    const [first, second] = [read('deep/first'), read('second')];
    const figures = ['day', 'first-law', 'frequency', 'house-map', 'machines'];
    const names = figures.flatMap((key) => [`${key}.png`, `${key}.svg`]);
    expect(Object.keys(first).toSorted()).toEqual([...names, 'index.html', 'report.json'].toSorted());
    for (const name of Object.keys(first)) expect(first[name].equals(second[name]), name).toBe(true);
    expect(first['index.html'].toString()).toBe(page);
    expect(JSON.parse(first['report.json'].toString())).toEqual({
      head: SAMPLE_HEAD,
      chapters: sampleChapters(),
    });
    for (const key of figures) {
      // the picture has twice the size that the drawing says; an IHDR stands 16 bytes into a PNG
      const [, width, height] =
        /width="([\d.]+)" height="([\d.]+)"/.exec(first[`${key}.svg`].toString()) ?? [];
      expect(first[`${key}.png`].readUInt32BE(16)).toBe(2 * Number(width));
      expect(Math.abs(first[`${key}.png`].readUInt32BE(20) - 2 * Number(height))).toBeLessThanOrEqual(1);
    }
  });

  it('have words in their pictures, set in letters that come along', async () => {
    const svg = xyFigure(SAMPLE_XY);
    const mute = svg.replace(/<text[^>]*>[^<]*<\/text>/g, '');
    // words of half a page are most of the bytes of a drawing of few lines
    expect((await renderPng(mute)).length).toBeLessThan((await renderPng(svg)).length / 2);
  });

  it('say where they cannot be written', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const writing = writeReport(join(file, 'report'), SAMPLE_HEAD, sampleChapters());
    await expect(writing).rejects.toThrow(UserError);
    await expect(writing).rejects.toThrow(
      /--report: .*report cannot be written \(.+\); give a directory that can\./,
    );
  });
});
