/** A stretch of one chain through the machines of a preset that meet its calibration targets. */
import type { Changes } from '../../config/parameters/parameter.ts';
import { type ChainState, chainStep } from '../sampling/chain.ts';
import type { Study } from '../study.ts';
import { type Draw, Drawing } from './draw.ts';

export interface StretchInput {
  readonly preset: string;
  readonly seed: number;
  /** 0, 1, …, which chain. */
  readonly chain: number;
  /** Steps done before. */
  readonly from: number;
  readonly steps: number;
  /** Where the stretch before ended; null: a new start. */
  readonly state: ChainState<Draw> | null;
}

export interface Stretch {
  readonly state: ChainState<Draw>;
  /** The machine after each step; one that stays is listed again. */
  readonly machines: readonly Visited[];
  readonly accepted: number;
}

export interface Visited {
  readonly changes: Changes;
  /** As Evaluation.chance. */
  readonly chance: number;
}

export const stretchStudy: Study<StretchInput, Stretch> = {
  name: 'chain',
  run: ({ preset, seed, chain, from, steps, state: begun }, load) => {
    const drawing = new Drawing(preset, load);
    let state = begun ?? drawing.start(chain, seed);
    let accepted = 0;
    const machines: Visited[] = [];
    for (let step = from; step < from + steps; step++) {
      const next = chainStep(state, (point) => drawing.at(point), chain, step, seed);
      if (next !== state) accepted++;
      state = next;
      machines.push({ changes: state.found.changes, chance: state.point[1] });
    }
    return { state, machines, accepted };
  },
};
