/**
 * The stored report as the page shows it: checked against what a report is, then drawn by what draws the file of
 * `elastocool validate --report`. A program of another version may have stored it.
 */
import { z } from 'zod';
import type { ChapterContent } from '../../sim/report/chapter.ts';
import { chapterId, drawChapters, figureId, headingId } from '../../sim/report/page.ts';
import type { ReportAnswer, ReportChapter, ReportPlace } from './messages.ts';

const Table = z.object({
  title: z.string(),
  columns: z.array(z.object({ label: z.string(), align: z.literal('right').exactOptional() })),
  rows: z.array(
    z.object({
      cells: z.array(z.string().nullable()),
      verdict: z.enum(['pass', 'fail', 'uninformative']).exactOptional(),
    }),
  ),
  note: z.string().exactOptional(),
});

const Block = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('paragraph'), text: z.string() }),
  z.object({ kind: z.literal('heading'), text: z.string() }),
  z.object({
    kind: z.literal('figure'),
    figure: z.object({ key: z.string(), caption: z.string(), svg: z.string() }),
  }),
  z.object({ kind: z.literal('table'), table: Table }),
]);

const Report = z.object({
  head: z.object({
    title: z.string(),
    subtitle: z.string().exactOptional(),
    version: z.string(),
    seed: z.number(),
    samples: z.number(),
    fingerprint: z.string(),
  }),
  chapters: z.array(z.object({ key: z.string(), title: z.string(), blocks: z.array(Block) })).min(1),
});

/** `text`: of `report.json`. */
export function readReport(text: string): ReportAnswer {
  const parsed = Report.safeParse(asJson(text));
  if (!parsed.success) return { problem: problemOf(parsed.error) };
  const { head, chapters } = parsed.data;
  try {
    const { verdicts, sections } = drawChapters(chapters);
    return { report: { ...head, verdicts, chapters: chaptersOf(chapters, sections) } };
  } catch (error) {
    if (error instanceof RangeError) return { problem: error.message };
    throw error;
  }
}

function asJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function problemOf({ issues }: z.ZodError): string {
  const [{ path, message }] = issues;
  return path.length === 0 ? 'it is not a JSON object' : `${path.join('.')}: ${message}`;
}

function chaptersOf(chapters: readonly ChapterContent[], sections: readonly string[]): ReportChapter[] {
  let figures = 0;
  return chapters.map(({ key, title, blocks }, i) => ({
    id: chapterId(key),
    title,
    html: sections[i],
    places: blocks.flatMap((block, index): ReportPlace[] => {
      if (block.kind === 'heading') return [{ id: headingId(key, index), words: block.text }];
      if (block.kind !== 'figure') return [];
      return [{ id: figureId(block.figure.key), figure: ++figures, words: titleOf(block.figure.svg) }];
    }),
  }));
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', '#39': "'" };

/** What a drawing calls itself, without the letter of its first panel where it has several; '' for nothing. */
const titleOf = (svg: string): string =>
  (/<title[^>]*>([^<]*)<\/title>/.exec(svg)?.[1] ?? '')
    .replace(/^a +(?=\p{Lu})/u, '')
    .replaceAll(/&([a-z]+|#39);/g, (whole, name: string) => ENTITIES[name] ?? whole);
