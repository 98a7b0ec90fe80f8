/** Every other published system: its figures, then its published figures beside the model. */
import type { Chapter } from '../chapter.ts';
import { cascadeChapter } from './systems/cascade.ts';
import { freezerChapter } from './systems/freezer.ts';
import { ljubljanaChapter } from './systems/ljubljana.ts';
import { multimodeChapter } from './systems/multimode.ts';
import { platesChapter } from './systems/plates.ts';
import { powerDensityChapter } from './systems/power-density.ts';
import { regeneratorChapter } from './systems/regenerator.ts';
import { rollersChapter } from './systems/rollers.ts';
import { tinicucoChapter } from './systems/tinicuco.ts';

export const systemChapters: readonly Chapter[] = [
  multimodeChapter,
  regeneratorChapter,
  cascadeChapter,
  freezerChapter,
  ljubljanaChapter,
  platesChapter,
  tinicucoChapter,
  rollersChapter,
  powerDensityChapter,
];
