/** The stored report as the worker draws it: as the file of the report is, or refused with the place of the mistake. */
import { describe, expect, it } from 'vitest';
import * as svgColours from '../../sim/report/svg.ts';
import { reportPage } from '../../sim/report/page.ts';
import { type Rgb, luminance } from '../../ui/colour/oklab.ts';
import { inBothThemes, onDark } from '../../ui/study/figure-colours.ts';
import type { DrawnReport } from '../../ui/worker/messages.ts';
import { readReport } from '../../ui/worker/report.ts';
import { SAMPLE_HEAD, sampleChapters } from '../sim/report-samples.ts';

const STORED = JSON.stringify({ head: SAMPLE_HEAD, chapters: sampleChapters() });

function drawn(text: string): DrawnReport {
  const answer = readReport(text);
  if ('problem' in answer) throw new Error(answer.problem);
  return answer.report;
}
/** The stored report with a value changed by its path. */
function spoilt(change: (report: { head: Record<string, unknown>; chapters: any[] }) => void): string {
  const report = JSON.parse(STORED);
  change(report);
  return JSON.stringify(report);
}
const problem = (text: string): string => {
  const answer = readReport(text);
  return 'problem' in answer ? answer.problem : 'none';
};

describe('the stored report', () => {
  it('is drawn as the file is, chapter by chapter', () => {
    const { chapters, verdicts, ...head } = drawn(STORED);
    const file = reportPage(SAMPLE_HEAD, sampleChapters());
    expect(head).toEqual(SAMPLE_HEAD);
    expect(chapters).toHaveLength(sampleChapters().length);
    expect(file).toContain([verdicts, ...chapters.map(({ html }) => html)].filter(Boolean).join('\n'));
  });

  it('can be pointed into: every place has the id that stands in its chapter, every figure its number', () => {
    const { chapters } = drawn(STORED);
    const places = chapters.flatMap(({ places: all, html }) => all.map((place) => ({ ...place, html })));
    expect(places.flatMap(({ figure }) => figure ?? [])).toEqual([1, 2, 3, 4, 5]);
    for (const { id, figure, words, html } of places) {
      expect(html).toContain(` id="${id}"`);
      expect(words).not.toBe('');
      if (figure !== undefined) expect(html).toContain(`<b>Figure ${figure}.</b>`);
    }
  });

  it.each([
    ['a &lt; b &amp; &quot;c&quot; &#39;d&#39;', `a < b & "c" 'd'`],
    ['a   Stress, the same in all ten cells', 'Stress, the same in all ten cells'],
  ])('shows the title of a figure in plain letters: %s', (title, words) => {
    const report = drawn(
      spoilt(({ chapters }) => {
        const block = chapters.flatMap(({ blocks }) => blocks).find(({ kind }) => kind === 'figure');
        block.figure.svg = `<svg><title id="t">${title}</title></svg>`;
      }),
    );
    const [first] = report.chapters.flatMap(({ places }) => places.filter(({ figure }) => figure === 1));
    expect(first.words).toBe(words);
  });

  it.each([
    ['nothing', '', 'it is not a JSON object'],
    ['half a file', STORED.slice(0, 500), 'it is not a JSON object'],
    ['something else', '{"chapters":[]}', /^head: /],
    ['no chapters', spoilt((report) => (report.chapters = [])), /^chapters: /],
    ['a block of a later version', spoilt(({ chapters }) => (chapters[0].blocks[0].kind = 'film')), /kind: /],
    [
      'a cell that is no text',
      spoilt(({ chapters }) => {
        const { blocks } = chapters.find((one) => one.blocks.some((block: any) => block.kind === 'table'));
        blocks.find((block: any) => block.kind === 'table').table.rows[0].cells[0] = 7;
      }),
      /table\.rows\.0\.cells\.0: /,
    ],
    [
      'a key that would be no id',
      spoilt(({ chapters }) => (chapters[0].key = 'a"b')),
      /the chapter key "a"b"/,
    ],
  ])('is refused, with the place, where it is %s', (_, text, sentence) => {
    expect(problem(text)).toMatch(sentence);
  });
});

describe('the colours of a figure on a dark ground', () => {
  const PANEL: Rgb = [0x15, 0x1b, 0x22];
  const contrast = (a: Rgb, b: Rgb): number => {
    const [low, high] = [luminance(a), luminance(b)].toSorted((x, y) => x - y);
    return (high + 0.05) / (low + 0.05);
  };

  it.each([svgColours.INK, svgColours.MUTED])('words in %s can be read', (colour) => {
    expect(contrast(onDark(colour), PANEL)).toBeGreaterThanOrEqual(4.5);
  });

  it.each(svgColours.PALETTE)('a line in %s stands out, and keeps its hue', (colour) => {
    expect(contrast(onDark(colour), PANEL)).toBeGreaterThanOrEqual(3);
    const [red, green, blue] = onDark(colour);
    const highest = (rgb: readonly number[]): number => rgb.indexOf(Math.max(...rgb));
    const paper = [1, 3, 5].map((at) => Number.parseInt(colour.slice(at, at + 2), 16));
    expect(highest([red, green, blue])).toBe(highest(paper));
  });

  it('the grid stays faint, the ground is that of the panel, steps of a map are as they are', () => {
    expect(contrast(onDark(svgColours.GRID), PANEL)).toBeLessThan(2.5);
    expect(inBothThemes(svgColours.GROUND)).toBe('var(--panel)');
    expect(inBothThemes('rgb(8, 134, 148)')).toBe('rgb(8, 134, 148)');
    expect(inBothThemes('none')).toBe('none');
    expect(inBothThemes('#1c2530')).toMatch(/^light-dark\(#1c2530, rgb\(\d+ \d+ \d+\)\)$/);
  });
});
