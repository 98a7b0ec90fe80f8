/** The run of now as one to lay beside recorded ones: its landmarks and figures, from what the page holds of it. */
import { CHANNELS } from '../../controller/wire/channels.ts';
import { telemetry } from '../session.ts';
import { CYCLE_NUMBER, CYCLE_PERIOD_S } from '../store/telemetry.ts';
import type { Landmarks } from './align.ts';
import { CycleList } from './cycle-list.ts';
import { FigureMaker, type KeyFigures } from './key-figures.ts';

const CYCLE_COLUMN = new Map(CHANNELS.cycle.map(({ name }, at) => [name, at]));

interface Known {
  readonly cycles: CycleList;
  readonly maker: FigureMaker;
  /** Rows of the ring that are in it. */
  readonly total: number;
  readonly lastS: number;
}

let known: Known = { cycles: new CycleList(), maker: new FigureMaker(), total: 0, lastS: Number.NaN };
let marks: Landmarks | undefined;

/** Only new rows are looked at; where the ring began anew or ran on unseen, all. */
function update(): void {
  const { cycle } = telemetry;
  const added = cycle.total - known.total;
  const goesOn = added < cycle.length && known.lastS === timeBefore(added);
  if (added === 0 && (known.lastS === cycle.lastTimeS || cycle.length === 0)) return;
  const { cycles, maker } = goesOn ? known : { cycles: new CycleList(), maker: new FigureMaker() };
  for (let age = goesOn ? cycle.length - added : 0; age < cycle.length; age++) {
    const number = cycle.value(CYCLE_NUMBER, age);
    if (Number.isNaN(number)) continue;
    cycles.add(number, cycle.times[cycle.slot(age)], cycle.value(CYCLE_PERIOD_S, age));
    maker.cycle((name) => cycle.value(CYCLE_COLUMN.get(name) ?? -1, age));
  }
  known = { cycles, maker, total: cycle.total, lastS: cycle.lastTimeS };
  marks = undefined;
}

/** Time of the last row before the newest `added`. */
function timeBefore(added: number): number {
  const { cycle } = telemetry;
  const age = cycle.length - added - 1;
  return age < 0 ? Number.NaN : cycle.times[cycle.slot(age)];
}

/** The same value until something changed. What states it was in is not kept by a page. */
export function liveLandmarks(): Landmarks {
  update();
  const { tick, cycle } = telemetry;
  const fromS = tick.length > 0 ? tick.firstTimeS : cycle.firstTimeS;
  const toS = tick.length > 0 ? tick.lastTimeS : cycle.lastTimeS;
  if (marks?.fromS !== fromS || marks.toS !== toS)
    marks = { fromS, toS, states: [], cycles: marks?.cycles ?? known.cycles.list() };
  return marks;
}

export function liveFigures(): KeyFigures {
  const { fromS, toS } = liveLandmarks();
  return known.maker.figures(toS - fromS);
}
