/** The chapters of the validation report, with the files that they need. */
import { readFileSync } from 'node:fs';
import { type ReplacementOptions, parseReplacementOptions } from '../config/replacement-options.ts';
import type { Chapter, ChapterContent, ChapterContext } from '../report/chapter.ts';
import { calibrationChapter } from '../report/chapters/calibration.ts';
import { kilowattChapter } from '../report/chapters/kilowatt.ts';
import { modelHouseChapter } from '../report/chapters/model-house.ts';
import { parametersChapter } from '../report/chapters/parameters.ts';
import { replacementChapter } from '../report/chapters/replacement.ts';
import { summaryChapter } from '../report/chapters/summary.ts';
import { SYSTEM_CHAPTERS } from '../report/chapters/systems.ts';
import { powerDensityChapter } from '../report/chapters/systems/power-density.ts';
import type { Ensemble } from '../study/literature/ensemble.ts';
import type { LiteratureRow } from '../study/literature/row.ts';
import type { StudyRunner } from '../study/study.ts';
import type { Source } from './bibliography.ts';

const FIXTURES = new URL('../../fixtures/', import.meta.url);
const readFixture = (path: string): string => readFileSync(new URL(path, FIXTURES), 'utf8');

/** Chapters about whatever is in the report, and about several systems at once. */
const EVERY = 'every';
const SEVERAL = 'several';

export interface ChapterSources {
  readonly weather: string;
  readonly replacement: ReplacementOptions;
}

/** Throws UserError where a number of the comparison with a split unit is unknown or out of bounds. */
export function chapterSources(assumed: ReadonlyMap<string, string>): ChapterSources {
  const file = 'replacement/split-unit.yaml';
  return {
    weather: readFixture('weather/hong-kong-summer-day.csv'),
    replacement: parseReplacementOptions(readFixture(file), file, assumed),
  };
}

/** What chapters may ask for. A system that was not drawn stands for itself: its preset alone. */
export function contextOf(
  runner: StudyRunner,
  ensembles: readonly Ensemble[],
  rows: readonly LiteratureRow[],
): ChapterContext {
  const drawn = new Map(ensembles.map((one) => [one.preset, one.members]));
  return {
    run: (study, inputs) => runner.run(study, inputs),
    load: runner.load,
    members: (preset) => drawn.get(preset) ?? [{ changes: {}, weight: 1 }],
    rows: (preset) => rows.filter(({ system }) => system === preset),
  };
}

/**
 * Summary, the chapters that are about these systems, parameters; with all systems, those that are about several too.
 * @param keys the systems of the report
 */
export async function reportChapters(
  context: ChapterContext,
  keys: readonly string[],
  {
    weather,
    replacement,
    bibliography,
  }: ChapterSources & { readonly bibliography: ReadonlyMap<string, Source> },
): Promise<ChapterContent[]> {
  const sources = [...bibliography].map(([key, source]) => ({ key, ...source }));
  const chapters: readonly (readonly [about: string, chapter: Chapter])[] = [
    [EVERY, summaryChapter(keys)],
    ['hkust-kilowatt-2025', kilowattChapter],
    ['hkust-kilowatt-2025', modelHouseChapter(weather)],
    ...SYSTEM_CHAPTERS,
    [SEVERAL, powerDensityChapter],
    [SEVERAL, replacementChapter(replacement, weather)],
    [SEVERAL, calibrationChapter],
    [EVERY, parametersChapter(keys, sources)],
  ];
  const isWhole = chapters.every(([about]) => about === EVERY || about === SEVERAL || keys.includes(about));
  const asked = chapters.filter(
    ([about]) => about === EVERY || keys.includes(about) || (about === SEVERAL && isWhole),
  );
  return Promise.all(asked.map(([, chapter]) => chapter(context)));
}
