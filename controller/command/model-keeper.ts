/** Keeps the model process beside the rig: it hears what pages hear; its frames, events and table go through the hub. */
import type { ChildProcess } from 'node:child_process';
import type { ControlToWeb } from '../control/ipc.ts';
import type { Recipe } from '../control/rig-file.ts';
import { type ModelToWeb, NOTHING_TO_DO, type WebToModel } from '../model/ipc.ts';
import type { Hub } from '../server/hub.ts';
import type { StateMessage } from '../wire/messages.ts';
import { describeEnd, endChild, forkChild } from './child.ts';

const MODEL = 'controller/model/process';
const GRACE_MS = 1000;
/** Behind everything that has a deadline. */
const PATIENT_PRIORITY = 10;
const PAUSE_MS = 5000;
/** A model that keeps failing is left alone: the machine does not need it. */
const MOST_RESTARTS = 3;

export interface ModelKeeper {
  end(): Promise<void>;
  kill(): void;
}

export function keepModel(rigFile: string, hub: Hub): ModelKeeper {
  let child: ChildProcess | undefined;
  let table: Extract<ModelToWeb, { kind: 'table' }>['table'] | undefined;
  let told = '';
  let restarts = 0;
  let isEnding = false;

  function toModel(message: WebToModel): void {
    if (child?.connected === true) child.send(message, () => {});
  }

  function hear(message: ControlToWeb): void {
    if (message.kind === 'frame' && (message.group === 'tick' || message.group === 'cycle'))
      toModel({ kind: 'frame', bytes: message.bytes });
    if (message.kind !== 'message') return;
    if (message.message.type === 'state') tellRecipe(recipeOf(message.message));
    // A control process that was restarted knows nothing of the table.
    if (message.message.type === 'hello' && table !== undefined) hub.tellControl({ kind: 'expect', table });
  }

  function tellRecipe(recipe: Recipe): void {
    const text = JSON.stringify(recipe);
    if (text === told) return;
    told = text;
    toModel({ kind: 'recipe', recipe });
  }

  function take(message: ModelToWeb): void {
    if (message.kind === 'frame') hub.publish(message.group, message.bytes);
    else if (message.kind === 'event') hub.announce(message.severity, message.sentence);
    else {
      table = message.table;
      hub.tellControl({ kind: 'expect', table });
    }
  }

  function start(): void {
    told = '';
    const started = forkChild(MODEL, [JSON.stringify({ rigFile })], { priority: PATIENT_PRIORITY });
    child = started;
    started.on('error', () => {});
    started.on('message', (message) => take(message as ModelToWeb));
    started.once('exit', (code, signal) => {
      if (isEnding || code === NOTHING_TO_DO) return;
      const goesOn = ++restarts <= MOST_RESTARTS;
      const next = goesOn ? 'another one starts' : 'it is left alone';
      hub.announce(
        'warning',
        `The model beside the rig ended ${describeEnd(code, signal)}; ${next}. The machine runs on.`,
      );
      if (goesOn) setTimeout(() => isEnding || start(), PAUSE_MS).unref();
    });
  }

  hub.watch(hear);
  start();
  return {
    async end() {
      isEnding = true;
      if (child !== undefined) await endChild(child, GRACE_MS);
    },
    kill() {
      isEnding = true;
      child?.kill('SIGKILL');
    },
  };
}

const recipeOf = ({ recipe }: StateMessage): Recipe => ({
  frequency_Hz: recipe.frequencyHz,
  strain_percent: recipe.strainPercent,
  blow_flow_kg_per_s: recipe.blowFlowKgPerS,
  blow_duty: recipe.blowDuty,
});
