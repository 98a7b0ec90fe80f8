/** A report as a directory: the page, the same as data, and every figure as SVG and PNG. The same chapters give the same files. */
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { UserError } from '../index.ts';
import type { ChapterContent } from '../report/chapter.ts';
import { type ReportHead, figuresOf, reportPage } from '../report/page.ts';
import { renderPng } from './report-png.ts';

/**
 * Writes `index.html`, `report.json` (what the page of a controller shows), `figures/KEY.svg` and `figures/KEY.png` under `directory`, which is made where there is none;
 * other files there stay. Throws UserError where it cannot be written.
 */
export async function writeReport(
  directory: string,
  head: ReportHead,
  chapters: readonly ChapterContent[],
): Promise<void> {
  const page = reportPage(head, chapters);
  const figures = join(directory, 'figures');
  try {
    await mkdir(figures, { recursive: true });
    await writeFile(join(directory, 'index.html'), page);
    await writeFile(join(directory, 'report.json'), JSON.stringify({ head, chapters }));
    for (const { key, svg } of figuresOf(chapters)) {
      await writeFile(join(figures, `${key}.svg`), svg);
      await writeFile(join(figures, `${key}.png`), await renderPng(svg));
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === undefined) throw error;
    throw new UserError(
      `--report: ${directory} cannot be written (${(error as Error).message}); give a directory that can.`,
    );
  }
}
