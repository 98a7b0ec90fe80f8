/** Every study a worker can be asked for, by name. */
import { CALIBRATION_STUDIES } from './calibration/studies.ts';
import { stretchStudy } from './literature/chain-study.ts';
import { figuresStudy } from './literature/figures-study.ts';
import type { Study } from './study.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ from study to study; whoever asks knows them
type AnyStudy = Study<any, any>;

const ALL: readonly AnyStudy[] = [stretchStudy, figuresStudy, ...CALIBRATION_STUDIES];

export const STUDIES: ReadonlyMap<string, AnyStudy> = new Map(ALL.map((study) => [study.name, study]));
