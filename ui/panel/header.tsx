/** Who this is, what state it is in, how fresh the data are, and the two buttons that must always be in reach. */
import { dataAgeMs, fresh } from '../live-values.ts';
import { askCommand, beat, hello, lastAsk, link, state, telemetry } from '../session.ts';
import { tickColumn } from '../store/telemetry.ts';
import { driveWord, fixed } from '../store/text.ts';
import { span } from '../time-words.ts';
import { Said } from '../language/said-words.tsx';
import { LanguageSwitch } from './language-switch.tsx';
import { ThemeButton } from './theme-button.tsx';
import { t } from '../language.ts';

const WATCHDOG_TONES = { armed: 'good', tripped: 'alarm', UNPROTECTED: 'warning', unknown: 'plain' } as const;
const ROUND_TRIP = tickColumn('round_trip_ms');

/** How a state is to be felt: at work, waiting, on its way, in trouble. */
export function stateTone(): string {
  const now = state.value?.state;
  if (now === undefined || !fresh.value) return 'unknown';
  if (now === 'EXECUTE') return 'good';
  if (now === 'ABORTED' || now === 'ABORTING') return 'alarm';
  if (now === 'STOPPED' || now === 'IDLE' || now === 'COMPLETE') return 'calm';
  return 'busy';
}

function stateSentence(): string {
  const now = state.value;
  if (now === null) return t('No state received yet.');
  return link.value.phase === 'live'
    ? now.sentence
    : t('The last state heard; the present one is not known.');
}

function DataAge() {
  beat();
  const age = dataAgeMs();
  const limit = hello.value?.rig.limits.dataAgeMs ?? 200;
  const lost = link.value.phase === 'lost';
  const tone = lost || age > 1000 ? 'alarm' : age > limit ? 'warning' : 'good';
  const text = Number.isFinite(age)
    ? t('data {{age}} old', { age: age < 1000 ? `${Math.round(age)} ms` : span(age) })
    : t('no data yet');
  return (
    <span class={`sign ${tone}`} data-testid="data-age">
      <span class="num">{text}</span>
    </span>
  );
}

function LinkSigns() {
  beat();
  const proof = state.value?.proof;
  const connected = link.value.phase === 'live';
  const word = connected ? (proof?.link ?? 'unknown') : 'no connection';
  const watchdog = connected ? (proof?.watchdog ?? 'unknown') : 'unknown';
  return (
    <>
      <span class={`sign ${word === 'up' ? 'good' : word === 'syncing' ? 'warning' : 'alarm'}`}>
        {t('link')} <b data-testid="link">{t(word)}</b>
      </span>
      <DataAge />
      <span class="sign plain" title={t('serial round trip')}>
        {t('round trip')}{' '}
        <b class="num">{fixed(fresh.value ? telemetry.latest[ROUND_TRIP] : Number.NaN, 1)} ms</b>
      </span>
      <span class={`sign ${WATCHDOG_TONES[watchdog]}`}>
        {t('watchdog')} <b>{t(watchdog)}</b>
      </span>
    </>
  );
}

/** Acts on pointer-down; a click without one comes from the keyboard or a screen reader. */
function StopButton({ command, hint }: { readonly command: 'STOP' | 'ABORT'; readonly hint: string }) {
  return (
    <button
      type="button"
      class={`stop-button ${command.toLowerCase()}`}
      data-testid={command.toLowerCase()}
      title={hint}
      onPointerDown={(event) => {
        if (event.button === 0) askCommand(command);
      }}
      onClick={(event) => {
        if (event.detail === 0) askCommand(command);
      }}
    >
      <span class="stop-word">{command}</span>
      <kbd>{command === 'STOP' ? 'Esc' : 'Shift A'}</kbd>
    </button>
  );
}

const PROOF_SHOWN_MS = 20_000;

/** After STOP or ABORT: what the device says, beside the button, wherever the page is scrolled to. */
function StopProof() {
  beat();
  const ask = lastAsk.value;
  const age = ask === null ? Number.POSITIVE_INFINITY : performance.now() - ask.atMs;
  if (ask === null || age > PROOF_SHOWN_MS || (ask.what !== 'STOP' && ask.what !== 'ABORT')) return null;
  const proof = state.value?.proof;
  const unsent = ask.outcome === 'not sent' || ask.outcome === 'refused';
  if (unsent || proof === undefined || !fresh.value) {
    return (
      <p class="stop-proof alarm" role="alert">
        {unsent ? (
          <Said words={ask.sentence} />
        ) : (
          t('{{what}}: no proof, the device is not heard.', { what: ask.what })
        )}
      </p>
    );
  }
  return (
    <p class="stop-proof" role="status">
      {t('{{what}}: device says force', { what: ask.what })} <b class="num">{fixed(proof.forceKN, 1)}</b> kN,{' '}
      {t('drive')} <b>{t(driveWord(proof.enabled))}</b>
    </p>
  );
}

export function StopBar() {
  return (
    <div class="stop-bar" role="group" aria-label={t('Stop')}>
      <StopButton command="STOP" hint={t('Controlled unload, then enable off. Key: Escape')} />
      <StopButton command="ABORT" hint={t('Enable off now. Key: Shift and A')} />
      <StopProof />
    </div>
  );
}

export function Header() {
  const rig = hello.value?.rig;
  return (
    <header class="top">
      <div class="brand">
        <h1>elastocool</h1>
        <span class="rig">
          {rig === undefined ? t('waiting for the controller') : rig.name}
          {rig === undefined ? null : (
            <span class="tag">{t(rig.virtual ? 'virtual rig' : 'real machine')}</span>
          )}
        </span>
      </div>
      <div class={`state ${stateTone()}`}>
        <b class="state-word" data-testid="state" role="status">
          {state.value?.state ?? '–'}
        </b>
        <span class="state-sentence">
          <Said words={stateSentence()} />
        </span>
      </div>
      <div class="signs">
        <LinkSigns />
        <LanguageSwitch />
        <ThemeButton />
      </div>
      <StopBar />
    </header>
  );
}
