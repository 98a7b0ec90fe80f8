/** What a person asks for, taken or refused with a sentence. Part of the decider: pure as that is. */
import { Command, type Mode, type RegulatorMode, type StateMessage } from '../../wire/messages.ts';
import { hindrance, UNDER_TEST } from '../operate/hindrance.ts';
import type { Manual } from '../operate/manual.ts';
import { proofRefusal } from '../operate/proof-refusal.ts';
import { recipeEvent, recipeProblem, recipeRefusal, recipeTaken } from '../operate/recipe-change.ts';
import type { RecipeKeeper } from '../regulate/recipe-keeper.ts';
import type { Regulator, Reply } from '../regulate/regulator.ts';
import type { RigFile } from '../rig-file.ts';
import { about } from '../safety/about.ts';
import type { Bypasses } from '../safety/bypasses.ts';
import type { InterlockBank } from '../safety/interlock-bank.ts';
import type { Machine } from '../state/machine.ts';
import { refusal, sentenceFor } from '../state/state-words.ts';
import type { Tell } from '../tell.ts';
import type { Input } from './decision.ts';
import type { LineMemory } from './line-memory.ts';

const KINDS = [
  'command',
  'setpoint',
  'bypass',
  'unbypass',
  'acknowledge',
  'mode',
  'jog',
  'regulate',
  'output',
  'recipe',
  'proof',
] as const;
export type Request = Extract<Input, { kind: (typeof KINDS)[number] }>;
type Of<K extends Request['kind']> = Extract<Request, { kind: K }>;

export const isRequest = (input: Input): input is Request =>
  (KINDS as readonly string[]).includes(input.kind);

/** The parts of the decider that a request may reach. */
export interface Parts {
  readonly rig: RigFile;
  readonly bank: InterlockBank;
  readonly bypasses: Bypasses;
  readonly manual: Manual;
  readonly regulator: Regulator;
  readonly recipes: RecipeKeeper;
  readonly machine: () => Machine;
  readonly line: () => LineMemory;
  readonly mode: () => Mode;
  readonly isAtRest: () => boolean;
  /** Simulated seconds a second. */
  readonly acceleration: () => number;
  /** Another recipe was taken while the machine cycles. */
  readonly recipeChanges: () => void;
  readonly say: Tell;
}

export interface Requests {
  /** Null where nothing is to be said. */
  take(request: Request): Reply | null;
  /** Why each command that cannot be given now cannot. */
  refused(): StateMessage['refused'];
  /** A proof test has the device for itself: the heartbeat is its own. */
  isProving(): boolean;
  /** Why no recipe can be asked for now; null where one can. */
  recipeRefused(): string | null;
}

export function createRequests(parts: Parts): Requests {
  const { rig, bank, bypasses, manual, regulator, recipes, machine, say } = parts;
  let isProving = false;
  const state = () => machine().state();
  const regulatorMode = (): RegulatorMode | null => regulator.report()?.mode ?? null;
  const moment = () => ({ state: state(), mode: parts.mode(), regulator: regulatorMode() });

  const whyNot = (command: Command): string | null => refusal(state(), command) ?? hindranceOf(command);

  function hindranceOf(command: Command): string | null {
    const { link, lostReason } = parts.line();
    const [worst, mode] = [bank.worstPresent(), parts.mode()];
    return hindrance(command, { link, lostReason, worst, mode, isProving });
  }

  function takeCommand({ command, atMs }: Of<'command'>): Reply {
    const refused = whyNot(command);
    if (refused !== null) return { ok: false, sentence: `${refused} ${sentenceFor(state())}` };
    if (command === 'STOP' || command === 'ABORT') manual.leave(atMs);
    if (command === 'CLEAR') bypasses.clear();
    machine().apply(command, `${command} was asked for.`);
    return { ok: true, sentence: `${command} is taken. ${sentenceFor(state())}` };
  }

  function takeAcknowledge({ key, by, at }: Of<'acknowledge'>): Reply {
    const seen = bank.mark(key, { by, at });
    for (const one of seen) say('info', `${one} is acknowledged by ${by}.`, about(one, 'acknowledged'));
    const nothing = `${key ?? 'An alarm'} is not listed, or is acknowledged already.`;
    return answer(seen.length === 0 ? nothing : null, `Acknowledged: ${seen.join(', ')}.`);
  }

  function takeMode({ mode, atMs }: Of<'mode'>): Reply {
    if (mode === 'automatic') {
      if (!manual.isOn()) return answer('The machine is not in manual mode.', '');
      manual.leave(atMs);
      machine().apply('STOP', 'Manual mode is left.');
      return answer(null, 'Manual mode ends: the train unloads, then enable goes off.');
    }
    if (isProving) return answer(`Manual mode is refused: ${UNDER_TEST}`, '');
    const problem = manual.enter({
      mode: parts.mode(),
      state: state(),
      link: parts.line().link,
      worst: bank.worstPresent(),
      isAtRest: parts.isAtRest(),
      acceleration: parts.acceleration(),
    });
    if (problem === null) say('warning', 'Manual mode: the machine moves while a button is held.');
    return answer(problem, 'Manual mode: hold a button to move.');
  }

  function takeJog({ axis, held, client, atMs }: Of<'jog'>): Reply {
    if (held) return answer(manual.hold(axis, client, atMs), 'Moving.');
    manual.release(client, atMs);
    return answer(null, 'Standing.');
  }

  function takeProof({ isOn }: Of<'proof'>): Reply {
    const { link } = parts.line();
    const problem = isOn
      ? proofRefusal({ mode: parts.mode(), state: state(), link, isAtRest: parts.isAtRest() })
      : null;
    if (problem !== null) return answer(problem, '');
    isProving = isOn;
    return answer(null, isOn ? 'The device is lent to a proof test.' : 'The proof test is over.');
  }

  function takeRecipe({ recipe, by }: Of<'recipe'>): Reply {
    const base = recipes.base();
    const problem = recipeProblem(recipe, rig, { ...moment(), base });
    if (problem !== null) return answer(`The recipe is refused: ${problem}`, '');
    say('info', recipeEvent(base, recipe, by));
    recipes.ask(recipe);
    regulator.rebase(recipe);
    if (state() === 'EXECUTE') parts.recipeChanges();
    return answer(null, recipeTaken(state(), regulatorMode()));
  }

  function take(request: Request): Reply | null {
    switch (request.kind) {
      case 'command':
        return takeCommand(request);
      case 'setpoint':
        regulator.setSetpoint(request.valueC);
        return null;
      case 'bypass':
        return answer(bypasses.add(request, request.atMs), `${request.key} is bypassed.`);
      case 'unbypass':
        return answer(bypasses.remove(request.key), `${request.key} acts again.`);
      case 'acknowledge':
        return takeAcknowledge(request);
      case 'mode':
        return takeMode(request);
      case 'jog':
        return takeJog(request);
      case 'regulate':
        return regulator.ask(request.action);
      case 'output':
        return regulator.askOutput(request.value);
      case 'recipe':
        return takeRecipe(request);
      case 'proof':
        return takeProof(request);
      default:
        return request satisfies never;
    }
  }

  return {
    take,
    refused: () =>
      Object.fromEntries(
        Command.options.flatMap((command) => {
          const why = whyNot(command);
          return why === null ? [] : [[command, why]];
        }),
      ),
    isProving: () => isProving,
    recipeRefused: () => recipeRefusal(rig, moment()),
  };
}

/** `problem`: why it is refused, or null. */
const answer = (problem: string | null, taken: string): Reply => ({
  ok: problem === null,
  sentence: problem ?? taken,
});
