/** Every study a worker can be asked for, by name. */
import { bestOperation } from './kilowatt/best-operation.ts';
import { cellsCycle } from './kilowatt/cells-cycle.ts';
import { operatingPoints } from './kilowatt/operating-points.ts';
import { cycleAccount } from './kilowatt/second-law.ts';
import type { Study } from './study.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ from study to study; whoever asks knows them
type AnyStudy = Study<any, any>;

const ALL: readonly AnyStudy[] = [operatingPoints, bestOperation, cellsCycle, cycleAccount];

export const STUDIES: ReadonlyMap<string, AnyStudy> = new Map(ALL.map((study) => [study.name, study]));
