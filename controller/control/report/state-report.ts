/** The state message: what the machine is doing, and what of it the device has proven. */
import { WATCHDOG_STATE } from '../../protocol/register-map.ts';
import { Command } from '../../wire/messages.ts';
import type { Bypass, Fault, Mode, RegulatorReport, State, StateMessage } from '../../wire/messages.ts';
import { toWireRecipe } from '../operate/wire-recipe.ts';
import type { DeviceView } from '../line/device-view.ts';
import { isEnableOff } from '../state/proofs.ts';
import type { Recipe, RigFile } from '../rig-file.ts';
import { IN_MANUAL, UNHEARD, sentenceFor } from '../state/state-words.ts';

export interface Report {
  readonly state: State;
  readonly mode: Mode;
  readonly faults: Fault[];
  readonly bypasses: Bypass[];
  readonly link: 'up' | 'syncing' | 'down';
  readonly view: DeviceView;
  readonly nowMs: number;
  readonly rig: RigFile;
  readonly setpointC: number;
  /** Read back from the device. */
  readonly recipe: Recipe;
  readonly recipeBase: Recipe;
  readonly recipeProgress: StateMessage['recipeProgress'];
  readonly recipeRefused: string | null;
  readonly refused: StateMessage['refused'];
  readonly regulator: RegulatorReport | undefined;
}

export function stateMessage(report: Report): StateMessage {
  const { state, mode, faults, bypasses, link, view, nowMs, rig, setpointC, regulator, refused } = report;
  const proven = proof(link, view, nowMs, rig);
  return {
    type: 'state',
    state,
    mode,
    sentence: proven.enabled === null ? UNHEARD : mode === 'manual' ? IN_MANUAL : sentenceFor(state),
    allowed: Command.options.filter((command) => refused[command] === undefined),
    refused,
    faults,
    bypasses,
    proof: proven,
    setpointC,
    acceleration: view.status()?.acceleration ?? 1,
    recipe: toWireRecipe(report.recipe),
    recipeBase: toWireRecipe(report.recipeBase),
    recipeProgress: report.recipeProgress,
    recipeRefused: report.recipeRefused,
    people: [],
    controlHeardMs: null,
    ...(regulator === undefined ? {} : { regulator }),
  };
}

/** A reading that is too old proves nothing. */
function proof(link: Report['link'], view: DeviceView, nowMs: number, rig: RigFile): StateMessage['proof'] {
  const dataAgeMs = view.replyAgeMs(nowMs);
  const isFresh = dataAgeMs !== null && dataAgeMs <= rig.limits.data_age_ms;
  const status = isFresh ? view.status() : null;
  const isTripped = status?.watchdog_state === WATCHDOG_STATE.tripped;
  return {
    link: link === 'up' && !isFresh ? 'syncing' : link,
    enabled: status === null ? null : !isEnableOff(status),
    forceKN: status !== null && Number.isFinite(status.force_kN) ? status.force_kN : null,
    watchdog: isTripped ? 'tripped' : status !== null && view.isWatchdogVerified() ? 'armed' : 'UNPROTECTED',
    dataAgeMs,
  };
}
