/** Every other published system: its figures, then its published figures beside the model. */
import type { Chapter } from '../chapter.ts';
import { cascadeChapter } from './systems/cascade.ts';
import { freezerChapter } from './systems/freezer.ts';
import { ljubljanaChapter } from './systems/ljubljana.ts';
import { multimodeChapter } from './systems/multimode.ts';
import { platesChapter } from './systems/plates.ts';
import { regeneratorChapter } from './systems/regenerator.ts';
import { rollersChapter } from './systems/rollers.ts';
import { tinicucoChapter } from './systems/tinicuco.ts';

/** By the preset that each is about. */
export const SYSTEM_CHAPTERS: readonly (readonly [about: string, chapter: Chapter])[] = [
  ['umd-multimode-2023', multimodeChapter],
  ['hkust-regenerator-2023', regeneratorChapter],
  ['hkust-cascade-2024', cascadeChapter],
  ['hkust-freezer-2026', freezerChapter],
  ['ljubljana-2022', ljubljanaChapter],
  ['dtu-plate-2016', platesChapter],
  ['tinicuco-2026', tinicucoChapter],
  ['xjtu-roller-2024', rollersChapter],
];
