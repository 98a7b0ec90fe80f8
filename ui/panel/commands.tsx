/** The commands in the order in which a run goes: what may be done now, and of the others why not. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Command } from '../../controller/wire/messages.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { saidText } from '../language/said.ts';
import { askCommand, live, state, whyMayNot } from '../session.ts';

interface Entry {
  readonly command: Command;
  /** Asked before it is sent. */
  readonly question?: () => string;
  readonly does: () => string;
}

const COMMANDS: readonly Entry[] = [
  {
    command: 'CLEAR',
    question: () => t('Is the cause of every fault removed?'),
    does: () => t('acknowledges the faults'),
  },
  { command: 'RESET', does: () => t('writes and verifies limits, watchdog and recipe') },
  {
    command: 'START',
    question: () => t('Is everyone clear of the load train?'),
    does: () => t('enables the drive and cycles'),
  },
  { command: 'HOLD', does: () => t('unloads and waits, enable stays on') },
  { command: 'UNHOLD', does: () => t('goes on after a hold') },
  { command: 'COMPLETE', does: () => t('finishes: unloads, enable off') },
];

/** Why a command cannot be given from this page now; null where it can. `Said` or `saidText` shows it. */
export function whyNotNow(command: Command): string | null {
  if (!live.value) return t('no connection');
  return (
    whyMayNot(command) ?? state.value?.refused[command] ?? (state.value === null ? t('not known') : null)
  );
}

/** `explained`: the reasons stand beside the commands, not only in their tips. */
export function Commands({ explained = false }: { readonly explained?: boolean }) {
  const asking = useSignal<Command | null>(null);
  const question = COMMANDS.find(({ command }) => command === asking.value && whyNotNow(command) === null);
  // A question that is no longer possible must not come back by itself.
  useEffect(() => {
    if (question === undefined) asking.value = null;
  }, [question]);
  if (question !== undefined) {
    return (
      <Confirm
        question={question}
        done={(yes) => {
          asking.value = null;
          if (yes) askCommand(question.command);
        }}
      />
    );
  }
  const press = ({ command, question: asks }: Entry): void => {
    if (asks === undefined) askCommand(command);
    else asking.value = command;
  };
  return (
    <div class={explained ? 'commands explained' : 'commands'}>
      {COMMANDS.map((entry) => (
        <CommandButton key={entry.command} entry={entry} explained={explained} press={() => press(entry)} />
      ))}
    </div>
  );
}

interface ButtonProps {
  readonly entry: Entry;
  readonly explained: boolean;
  readonly press: () => void;
}

function CommandButton({ entry: { command, does }, explained, press }: ButtonProps) {
  const why = whyNotNow(command);
  const id = command.toLowerCase();
  const button = (
    <button
      type="button"
      class={`command ${why === null ? 'may' : ''}`}
      data-testid={id}
      disabled={why !== null}
      title={`${command}: ${does()}${why === null ? '' : `; ${saidText(why)}`}`}
      aria-describedby={explained ? `why-${id}` : undefined}
      onClick={press}
    >
      {command}
    </button>
  );
  if (!explained) return button;
  return (
    <>
      {button}
      <span id={`why-${id}`} class={why === null ? 'does' : 'why-not'} data-testid={`why-${id}`}>
        {does()}
        {why === null ? null : (
          <small>
            <Said words={why} />
          </small>
        )}
      </span>
    </>
  );
}

/** The safe answer has the keyboard, so that a second Enter does not start a machine. */
function Confirm({ question, done }: { readonly question: Entry; readonly done: (yes: boolean) => void }) {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  const { command } = question;
  return (
    <div class="confirm" role="alertdialog" aria-label={t('Confirm {{command}}', { command })}>
      <p>
        <b>{question.question?.()}</b> {command} {question.does()}.
      </p>
      <button
        type="button"
        class="command may strong"
        data-testid={`confirm-${command.toLowerCase()}`}
        onClick={() => done(true)}
      >
        {t('Yes, {{command}}', { command })}
      </button>
      <button type="button" class="command" ref={no} onClick={() => done(false)}>
        {t('Not now')}
      </button>
    </div>
  );
}
