/** All figures of one machine that was drawn, for the targets of its preset. */
import type { Study } from '../study.ts';
import { figureOf } from './draw.ts';
import { Evaluation } from './evaluation.ts';
import type { Visited } from './chain-study.ts';

export interface FiguresInput extends Visited {
  readonly preset: string;
}

/** In the order of the preset's targets; null where there is none. */
export type Figures = readonly (number | null)[];

export const figuresStudy: Study<FiguresInput, Figures> = {
  name: 'figures',
  run: ({ preset, changes, chance }, load) => {
    const machine = new Evaluation({ preset, changes }, load, chance);
    return machine.preset.targets.map((target) => figureOf(machine, target));
  },
};
