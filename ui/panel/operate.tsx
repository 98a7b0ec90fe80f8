/** What may be done now, and the device's proof of what was done. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import type { Command } from '../../controller/wire/messages.ts';
import { fresh } from '../live-values.ts';
import { askCommand, lastAsk, live, beat, state, whyMayNot } from '../session.ts';
import { ago, driveWord, fixed } from '../store/text.ts';
import { ControlLease } from './control-lease.tsx';
import { EngineerTools } from './engineer-tools.tsx';
import { RegulatorSettings } from './regulator.tsx';
import { AccelerationSwitch, SetpointStepper } from './settings.tsx';

interface Entry {
  readonly command: Command;
  /** Asked before it is sent. */
  readonly question?: string;
  readonly does: string;
}

/** In the order in which a run goes. */
const COMMANDS: readonly { readonly command: Command; readonly question?: string; readonly does: string }[] =
  [
    {
      command: 'CLEAR',
      question: 'Is the cause of every fault removed?',
      does: 'acknowledges the faults',
    },
    { command: 'RESET', does: 'writes and verifies limits, watchdog and recipe' },
    {
      command: 'START',
      question: 'Is everyone clear of the load train?',
      does: 'enables the drive and cycles',
    },
    { command: 'HOLD', does: 'unloads and waits, enable stays on' },
    { command: 'UNHOLD', does: 'goes on after a hold' },
    { command: 'COMPLETE', does: 'finishes: unloads, enable off' },
  ];

export function OperatePanel() {
  const asking = useSignal<Command | null>(null);
  const possible = live.value ? (state.value?.allowed ?? []) : [];
  const allowed = possible.filter((command) => whyMayNot(command) === null);
  const question = COMMANDS.find(({ command }) => command === asking.value && allowed.includes(command));
  // A question that is no longer possible must not come back by itself.
  useEffect(() => {
    if (question === undefined) asking.value = null;
  }, [question]);
  const press = (command: Command, asks: boolean) => {
    if (asks) asking.value = command;
    else askCommand(command);
  };
  return (
    <section class="panel operate-panel" aria-labelledby="operate-title">
      <header class="panel-head">
        <h2 id="operate-title">Operate</h2>
        <span class="unit">what may be done now is bright</span>
      </header>
      <ControlLease />
      {question === undefined ? (
        <div class="commands">
          {COMMANDS.map(({ command, question: asks, does }) => (
            <button
              key={command}
              type="button"
              class={`command ${allowed.includes(command) ? 'may' : ''}`}
              data-testid={command.toLowerCase()}
              disabled={!allowed.includes(command)}
              title={`${command}: ${does}${allowed.includes(command) ? '' : `; ${whyMayNot(command) ?? 'not possible now'}`}`}
              onClick={() => press(command, asks !== undefined)}
            >
              {command}
            </button>
          ))}
        </div>
      ) : (
        <Confirm
          question={question}
          done={(yes) => {
            asking.value = null;
            if (yes) askCommand(question.command);
          }}
        />
      )}
      <AskLine />
      <ProofLine />
      <div class="settings">
        <SetpointStepper />
        <AccelerationSwitch />
      </div>
      <RegulatorSettings />
      <RecipeLine />
      <EngineerTools />
      <p class="note">
        Esc stops, Shift A aborts, at once and without a question. A browser button is not an emergency stop:
        that one is wired.
      </p>
    </section>
  );
}

/** The safe answer has the keyboard, so that a second Enter does not start a machine. */
function Confirm({ question, done }: { readonly question: Entry; readonly done: (yes: boolean) => void }) {
  const no = useRef<HTMLButtonElement>(null);
  useEffect(() => no.current?.focus(), []);
  const { command } = question;
  return (
    <div class="confirm" role="alertdialog" aria-label={`Confirm ${command}`}>
      <p>
        <b>{question.question}</b> {command} {question.does}.
      </p>
      <button
        type="button"
        class="command may strong"
        data-testid={`confirm-${command.toLowerCase()}`}
        onClick={() => done(true)}
      >
        Yes, {command}
      </button>
      <button type="button" class="command" ref={no} onClick={() => done(false)}>
        Not now
      </button>
    </div>
  );
}

/** The latest request and its answer; silence where all is said by the state. */
function AskLine() {
  beat();
  const ask = lastAsk.value;
  const age = ask === null ? 0 : performance.now() - ask.atMs;
  if (ask === null || (ask.outcome === 'accepted' && age > 6000)) return <p class="ask" />;
  const words = {
    'not sent': ask.sentence,
    sent: `${ask.what} asked ${ago(age)} ago, no answer yet`,
    accepted: ask.sentence,
    refused: ask.sentence,
  }[ask.outcome];
  const bad = ask.outcome === 'not sent' || ask.outcome === 'refused';
  return (
    <p class={`ask ${bad ? 'alarm' : ''}`} role="status">
      {words}
    </p>
  );
}

/** Read back from the device, never inferred from what was sent. */
function ProofLine() {
  const proof = state.value?.proof;
  const known = proof !== undefined && fresh.value;
  const safe = known && proof.enabled === false && proof.forceKN !== null;
  return (
    <div class={`proof ${known ? (safe ? 'safe' : 'energised') : 'unknown'}`}>
      <span class="proof-label">device says</span>
      <output data-testid="proof">
        force{' '}
        <b class="num" data-testid="force-kN">
          {fixed(proof?.forceKN, 1)}
        </b>{' '}
        kN, drive <b>{driveWord(proof?.enabled)}</b>
      </output>
      {known ? null : <span class="proof-stale">not current</span>}
    </div>
  );
}

function RecipeLine() {
  const recipe = state.value?.recipe;
  if (recipe === undefined) return null;
  return (
    <p class="note recipe">
      Recipe: <b class="num">{fixed(recipe.frequencyHz, 2)}</b> Hz, strain{' '}
      <b class="num">{fixed(recipe.strainPercent, 2)}</b> %, blows of{' '}
      <b class="num">{fixed(recipe.blowFlowKgPerS, 2)}</b> kg/s for{' '}
      <b class="num">{fixed(recipe.blowDuty * 100, 0)}</b> % of the period each
    </p>
  );
}
