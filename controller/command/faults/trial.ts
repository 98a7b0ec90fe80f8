/** One fault against real processes: a virtual rig, a pseudo-terminal, a control process. */
import { setTimeout as sleep } from 'node:timers/promises';
import { type FaultSpec, WITHIN_S } from '../../protocol/faults/fault.ts';
import { isRigFault } from '../../protocol/faults/index.ts';
import { watchBusy } from './busy-watch.ts';
import { TrialPair, type TrialSetting, until } from './trial-pair.ts';
import {
  createSafetyTimer,
  GOES_ON_S,
  HEALTHY_CYCLES,
  isOver,
  judge,
  NO_CAUSE,
  type Seen,
  SETTLE_MS,
  type Verdict,
} from './verdict.ts';

/** A person presses STOP so long after the fault, ms. */
const ASK_AFTER_MS = 300;
/** A killed controller is followed by another after so long, ms; as the keeper of `start` does. */
const RESTART_MS = 300;
/** A trial that failed while this computer held programs up for longer than this proves nothing, ms ... */
const BUSY_MS = 40;
/** ... and is run anew, so often. */
const MOST_TRIES = 4;
/** What stays broken when it is mended: the pair is given up. */
const SPENT_BY: readonly string[] = ['counter-jump', 'controller-killed'];

/** Runs trials one after the other, on one pair of processes as long as that recovers. */
export class TrialRunner {
  readonly #setting: TrialSetting;
  #pair: TrialPair | null = null;
  /** Trials that were run anew. */
  repeated = 0;

  constructor(setting: TrialSetting) {
    this.#setting = setting;
  }

  async run(spec: FaultSpec): Promise<Verdict> {
    for (let tries = 1; ; tries++) {
      const watch = watchBusy();
      const verdict = await this.#try(spec);
      const wasBusy = watch.end() > BUSY_MS;
      if (verdict !== null && (verdict.pass || !wasBusy || tries === MOST_TRIES)) return verdict;
      if (tries === MOST_TRIES) return judge(spec, { state: 'none', faults: [], safeAfterMs: Number.NaN });
      this.repeated++;
    }
  }

  async end(): Promise<void> {
    await this.#pair?.end();
    this.#pair = null;
  }

  /** Null where the machine was not healthy before the fault. */
  async #try(spec: FaultSpec): Promise<Verdict | null> {
    this.#pair ??= await TrialPair.start(this.#setting);
    if (!(await this.#pair.makeHealthy(spec.afterCycles ?? HEALTHY_CYCLES))) {
      await this.end();
      return null;
    }
    const verdict = judge(spec, await breakIt(spec, this.#pair));
    this.#pair.order({ kind: 'inject', fault: spec.name, on: false });
    if (SPENT_BY.includes(spec.name)) await this.end();
    return verdict;
  }
}

async function breakIt(spec: FaultSpec, pair: TrialPair): Promise<Seen> {
  const timer = createSafetyTimer(spec);
  const seen = (): Seen => {
    const message = pair.control.state();
    return {
      state: message?.state ?? 'none',
      faults: message?.faults ?? [],
      safeAfterMs: timer.safeAfterMs(),
    };
  };
  await inject(spec, pair, (isUnloaded, isEnabled, sinceMs) => timer.take(isUnloaded, isEnabled, sinceMs));
  if (spec.asks !== undefined) {
    await sleep(ASK_AFTER_MS);
    pair.control.command(spec.asks);
  }
  const goesOn = spec.rest === 'running' && spec.cause === NO_CAUSE;
  await until(goesOn ? GOES_ON_S : (spec.within_s ?? WITHIN_S), () => isOver(spec, seen()));
  if (!goesOn) await sleep(SETTLE_MS);
  return seen();
}

/** Resolves once the fault has fallen. */
async function inject(
  { name, parameter }: FaultSpec,
  pair: TrialPair,
  rested: (isUnloaded: boolean, isEnabled: boolean, sinceInjectionMs: number) => void,
): Promise<void> {
  const hasFallen = new Promise<void>((resolve) =>
    pair.listen((news) => {
      if (news.kind === 'rest') rested(news.isUnloaded, news.isEnabled, news.sinceInjectionMs);
      if (news.kind === 'faults') resolve();
    }),
  );
  if (isRigFault(name)) {
    pair.order({ kind: 'inject', fault: name, on: true, whenLoaded: true });
    return hasFallen;
  }
  pair.order({ kind: 'watch' });
  if (name === 'host-stall') {
    pair.control.signal('SIGSTOP');
    await sleep(parameter?.value ?? 0);
    pair.control.signal('SIGCONT');
  } else {
    pair.killController();
    await sleep(RESTART_MS);
    pair.restartController();
  }
}
