/** Every study a worker can be asked for, by name. */
import { stretchStudy } from './literature/chain-study.ts';
import { figuresStudy } from './literature/figures-study.ts';
import { houseDay, housePulldown } from './model-house/house-run.ts';
import { pulldownMap } from './model-house/pulldown-map.ts';
import type { Study } from './study.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ from study to study; whoever asks knows them
type AnyStudy = Study<any, any>;

const ALL: readonly AnyStudy[] = [stretchStudy, figuresStudy, pulldownMap, housePulldown, houseDay];

export const STUDIES: ReadonlyMap<string, AnyStudy> = new Map(ALL.map((study) => [study.name, study]));
