/** Every study a worker can be asked for, by name. */
import { CALIBRATION_STUDIES } from './calibration/studies.ts';
import { bestOperation } from './kilowatt/best-operation.ts';
import { cellsCycle } from './kilowatt/cells-cycle.ts';
import { operatingPoints } from './operating-points.ts';
import { cycleAccount } from './kilowatt/second-law.ts';
import { stretchStudy } from './literature/chain-study.ts';
import { figuresStudy } from './literature/figures-study.ts';
import { houseDay, housePulldown } from './model-house/house-run.ts';
import { pulldownMap } from './model-house/pulldown-map.ts';
import type { Study } from './study.ts';
import { sweepPoint } from './sweep/sweep-point.ts';
import { alongTheBanks } from './systems/along-the-banks.ts';
import { chamber } from './systems/chamber.ts';
import { loopWork } from './systems/loop-work.ts';
import { plateRates } from './systems/plate-rates.ts';
import { powerOverLift } from './systems/power-over-lift.ts';
import { recoveredWork } from './systems/recovered-work.ts';

// biome-ignore lint/suspicious/noExplicitAny: inputs and outputs differ from study to study; whoever asks knows them
type AnyStudy = Study<any, any>;

const ALL: readonly AnyStudy[] = [
  stretchStudy,
  figuresStudy,
  operatingPoints,
  bestOperation,
  cellsCycle,
  cycleAccount,
  pulldownMap,
  housePulldown,
  houseDay,
  ...CALIBRATION_STUDIES,
  powerOverLift,
  alongTheBanks,
  loopWork,
  recoveredWork,
  plateRates,
  chamber,
  sweepPoint,
];

export const STUDIES: ReadonlyMap<string, AnyStudy> = new Map(ALL.map((study) => [study.name, study]));
