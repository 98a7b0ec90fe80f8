/**
 * A virtual rig and a control process that are broken again and again: after each fault it is mended, and a person
 * clears, resets and starts. A pair that does not come back to health makes way for a fresh one.
 */
import { setTimeout as sleep } from 'node:timers/promises';
import type { RigNews, RigOrder } from '../../protocol/virtual-rig-channel.ts';
import type { Command } from '../../wire/messages.ts';
import { startRig, type RigChoice, type RigProcess } from '../rig-process.ts';
import { startTrialControl, type TrialControl } from './trial-control.ts';

const LOOK_MS = 10;
/** A house that starts on a busy computer. */
const START_S = 40;
/** A warning of a start goes by within a second. */
const CALM_S = 1.5;
/** An answer of the controller to a command. */
const ANSWER_MS = 200;

export interface TrialSetting {
  readonly rig: RigChoice;
  readonly rigFile: string;
}

export class TrialPair {
  readonly #setting: TrialSetting;
  readonly #rig: RigProcess;
  readonly #says: 'inherit' | 'ignore';
  #control: TrialControl;
  #take: (news: RigNews) => void = () => {};
  #wasStopped = false;

  private constructor(setting: TrialSetting, rig: RigProcess, says: 'inherit' | 'ignore') {
    this.#setting = setting;
    this.#says = says;
    this.#rig = rig;
    this.#control = this.#startControl();
    rig.onNews((news) => this.#take(news));
  }

  /** `says`: what becomes of the output of the controller. */
  static async start(setting: TrialSetting, says: 'inherit' | 'ignore' = 'ignore'): Promise<TrialPair> {
    return new TrialPair(setting, await startRig(setting.rig), says);
  }

  get control(): TrialControl {
    return this.#control;
  }

  /** Who hears the news of the rig from now on. */
  listen(take: (news: RigNews) => void): void {
    this.#take = take;
  }

  order(order: RigOrder): void {
    this.#rig.order(order);
  }

  killController(): void {
    this.#control.signal('SIGKILL');
  }

  restartController(): void {
    this.#control = this.#startControl();
  }

  /** A new run of a sound machine, so many cycles long; false where it does not come about in time. */
  async makeHealthy(cycles: number): Promise<boolean> {
    const untilMs = performance.now() + 1000 * START_S;
    while (performance.now() < untilMs) {
      if (!(await until(START_S, () => this.#isFreshRun()))) return false;
      const from = this.#control.cycles();
      await until(START_S, () => !this.#isRunning() || this.#control.cycles() >= from + cycles);
      if (await until(CALM_S, () => this.#isRunning() && this.#control.state()?.faults.length === 0))
        return true;
    }
    return false;
  }

  async end(): Promise<void> {
    await this.#control.end();
    await this.#rig.end();
  }

  #isRunning(): boolean {
    return this.#control.state()?.state === 'EXECUTE';
  }

  /** One step on the way: what a person would ask for in this state. */
  async #isFreshRun(): Promise<boolean> {
    const message = this.#control.state();
    if (message === null || message.proof.link !== 'up') return false;
    if (message.state === 'EXECUTE' && this.#wasStopped) {
      this.#wasStopped = false;
      return true;
    }
    const command = NEXT[message.state];
    this.#wasStopped ||= command === 'RESET';
    if (command === undefined) return false;
    this.#control.command(command);
    await sleep(ANSWER_MS);
    return false;
  }

  #startControl(): TrialControl {
    const { rigFile } = this.#setting;
    return startTrialControl({ rigFile, port: this.#rig.port, autoStart: false }, this.#says);
  }
}

const NEXT: Readonly<Partial<Record<string, Command>>> = {
  ABORTED: 'CLEAR',
  STOPPED: 'RESET',
  COMPLETE: 'RESET',
  IDLE: 'START',
  EXECUTE: 'STOP',
  HELD: 'STOP',
  SUSPENDED: 'STOP',
};

/** Waits until it holds; false where it does not within so many seconds. */
export async function until(withinS: number, holds: () => boolean | Promise<boolean>): Promise<boolean> {
  const untilMs = performance.now() + 1000 * withinS;
  while (!(await holds())) {
    if (performance.now() > untilMs) return false;
    await sleep(LOOK_MS);
  }
  return true;
}
