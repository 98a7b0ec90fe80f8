/** One fault against real processes: a virtual rig, a pseudo-terminal, a control process. */
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultSpec } from '../../protocol/faults/fault.ts';
import { isRigFault } from '../../protocol/faults/index.ts';
import { startRig, type RigChoice, type RigProcess } from '../rig-process.ts';
import { startTrialControl, type TrialControl } from './trial-control.ts';
import {
  createSafetyTimer,
  GOES_ON_S,
  HEALTHY_CYCLES,
  isOver,
  judge,
  type Seen,
  SETTLE_MS,
  type Verdict,
  WITHIN_S,
} from './verdict.ts';

/** A house that starts on a busy computer. */
const START_S = 30;
const LOOK_MS = 10;
/** A person presses STOP so long after the fault, ms. */
const ASK_AFTER_MS = 300;
/** A killed controller is followed by another after so long, ms; as the keeper of `start` does. */
const RESTART_MS = 300;
/** So often a trial is run anew where this computer, by its own word, held the loop up. */
const MOST_STALLS = 2;

export interface TrialSetting {
  readonly rig: RigChoice;
  readonly rigFile: string;
}

export async function runTrial(spec: FaultSpec, setting: TrialSetting): Promise<Verdict> {
  let verdict = await runOnce(spec, setting);
  for (let stalls = 0; stalls < MOST_STALLS && wasHeldUp(verdict); stalls++)
    verdict = await runOnce(spec, setting);
  return verdict;
}

const wasHeldUp = ({ pass, first_out, expected_cause }: Verdict): boolean =>
  !pass && first_out !== expected_cause && ['loop_stalled', 'loop_overrun'].includes(first_out);

async function runOnce(spec: FaultSpec, setting: TrialSetting): Promise<Verdict> {
  const rig = await startRig(setting.rig);
  const trial = new Trial(spec, setting, rig);
  try {
    return judge(spec, await trial.run());
  } finally {
    await trial.end();
  }
}

class Trial {
  readonly #spec: FaultSpec;
  readonly #setting: TrialSetting;
  readonly #rig: RigProcess;
  readonly #timer;
  #control: TrialControl;

  constructor(spec: FaultSpec, setting: TrialSetting, rig: RigProcess) {
    this.#spec = spec;
    this.#setting = setting;
    this.#rig = rig;
    this.#timer = createSafetyTimer(spec);
    this.#control = this.#startControl(true);
    rig.onNews((news) => {
      if (news.kind === 'rest') this.#timer.take(news.isUnloaded, news.isEnabled, news.sinceInjectionMs);
    });
  }

  async run(): Promise<Seen> {
    const cycles = this.#spec.afterCycles ?? HEALTHY_CYCLES;
    const isHealthy = await until(START_S, () => this.#isRunning() && this.#control.cycles() >= cycles);
    if (!isHealthy || this.#seen().faults.length > 0) return this.#seen();
    await this.#inject();
    if (this.#spec.asks !== undefined) {
      await sleep(ASK_AFTER_MS);
      this.#control.command(this.#spec.asks);
    }
    const goesOn = this.#spec.rest === 'running' && this.#spec.cause === 'none';
    await until(goesOn ? GOES_ON_S : (this.#spec.within_s ?? WITHIN_S), () =>
      isOver(this.#spec, this.#seen()),
    );
    if (!goesOn) await sleep(SETTLE_MS);
    return this.#seen();
  }

  async end(): Promise<void> {
    await this.#control.end();
    await this.#rig.end();
  }

  #isRunning(): boolean {
    return this.#control.state()?.state === 'EXECUTE';
  }

  #seen(): Seen {
    const message = this.#control.state();
    return {
      state: message?.state ?? 'none',
      faults: message?.faults ?? [],
      safeAfterMs: this.#timer.safeAfterMs(),
    };
  }

  #startControl(autoStart: boolean): TrialControl {
    return startTrialControl({ rigFile: this.#setting.rigFile, port: this.#rig.port, autoStart });
  }

  async #inject(): Promise<void> {
    const { name, parameter } = this.#spec;
    if (isRigFault(name)) {
      const isDone = new Promise<void>((resolve) =>
        this.#rig.onNews((news) => {
          if (news.kind === 'faults') resolve();
        }),
      );
      this.#rig.order({ kind: 'inject', fault: name, on: true, whenLoaded: true });
      return isDone;
    }
    this.#rig.order({ kind: 'watch' });
    if (name === 'host-stall') return this.#stall(parameter?.value ?? 0);
    this.#control.signal('SIGKILL');
    await sleep(RESTART_MS);
    this.#control = this.#startControl(false);
  }

  async #stall(ms: number): Promise<void> {
    this.#control.signal('SIGSTOP');
    await sleep(ms);
    this.#control.signal('SIGCONT');
  }
}

/** Waits until it holds; false where it does not within so many seconds. */
async function until(withinS: number, holds: () => boolean): Promise<boolean> {
  const untilMs = performance.now() + 1000 * withinS;
  while (!holds()) {
    if (performance.now() > untilMs) return false;
    await sleep(LOOK_MS);
  }
  return true;
}
