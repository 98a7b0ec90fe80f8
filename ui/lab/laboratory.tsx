/** The laboratory: a machine, its parameters, and at once what they do. Everything is computed in this browser. */
import { useSignal } from '@preact/signals';
import { ThemeButton } from '../panel/theme-button.tsx';
import { Figures } from './figures.tsx';
import { Headline } from './headline.tsx';
import { Parameters } from './parameters.tsx';
import { card, curves, machines, pickMachine, pinned, progress, refusals, setup } from './state.ts';

function idleText(): string {
  if (refusals.value.length > 0) return 'not computed';
  return curves.value === null ? 'loading the simulation…' : 'all points computed';
}

function Progress() {
  const now = progress.value;
  return (
    <div class="lab-progress" role="status">
      {now === null ? (
        <span class="unit" data-testid="idle">
          {idleText()}
        </span>
      ) : (
        <>
          <progress value={now.done / now.expected} aria-label="Share of the points done" />
          <span class="unit">
            computing, <b class="num">{now.done}</b> {now.done === 1 ? 'point' : 'points'} done
          </span>
        </>
      )}
    </div>
  );
}

function PinButton() {
  const reference = pinned.value;
  return (
    <button
      type="button"
      class="command may"
      aria-pressed={reference !== null}
      disabled={curves.value === null}
      title="Keeps the present curves in grey while parameters change"
      onClick={() => {
        pinned.value = reference === null ? curves.value : null;
      }}
    >
      {reference === null ? 'Pin to compare' : 'Unpin'}
    </button>
  );
}

function ShareButton() {
  const said = useSignal('Copy link');
  const copy = async () => {
    try {
      await navigator.clipboard.writeText(location.href);
      said.value = 'Link copied';
    } catch {
      said.value = 'Copy it from the address bar';
    }
    setTimeout(() => {
      said.value = 'Copy link';
    }, 2500);
  };
  return (
    <button
      type="button"
      class="command may"
      title="The address of this page holds the machine and every changed value"
      onClick={() => void copy()}
    >
      <span aria-live="polite">{said.value}</span>
    </button>
  );
}

function Header() {
  return (
    <header class="top">
      <div class="brand">
        <h1>
          elastocool <span class="page-name">laboratory</span>
        </h1>
        <a class="page-link" href="./index.html">
          Live page of a running cooler
        </a>
      </div>
      <div class="machine-picker">
        <label for="machine" class="unit">
          machine
        </label>
        <select
          id="machine"
          value={setup.value.machine}
          disabled={machines.value.length === 0}
          onChange={(event) => pickMachine(event.currentTarget.value)}
        >
          {machines.value.map(({ key, title }) => (
            <option key={key} value={key}>
              {title}
            </option>
          ))}
        </select>
      </div>
      <Progress />
      <div class="lab-actions">
        <PinButton />
        <ShareButton />
        <ThemeButton />
      </div>
    </header>
  );
}

/** What this machine can claim, and what is wrong with values that belong to no field on the page. */
function Notices() {
  const machine = card.value;
  const known = new Set(machine?.fields.map(({ key }) => key));
  const loose = refusals.value.filter(({ key }) => key === null || !known.has(key));
  return (
    <div class="notices lab-notices">
      {loose.map(({ sentence }) => (
        <p key={sentence} class="notice alarm" role="alert">
          <b>Not computed</b> {sentence}
        </p>
      ))}
      {refusals.value.length > loose.length ? (
        <p class="notice warning" role="status">
          <b>Not computed</b> A value cannot be used; the sentence stands at its field. What you see is the
          last result.
        </p>
      ) : null}
      {machine === undefined ? null : (
        <p class="note">
          {machine.claim}
          {setup.value.changes.size === 0 ? '' : ' With values changed, no calibration holds.'} Source:{' '}
          {machine.source}.
        </p>
      )}
    </div>
  );
}

export function Laboratory() {
  return (
    <div class={`page lab ${refusals.value.length > 0 ? 'stale' : ''}`}>
      <Header />
      <Notices />
      <main>
        <Parameters />
        <div class="lab-results">
          <Headline />
          <Figures />
        </div>
      </main>
      <footer class="foot unit">
        <span>Computed in this browser; nothing is sent anywhere.</span>
        <span>The same numbers: elastocool simulate {setup.value.machine}</span>
      </footer>
    </div>
  );
}
