/** The proof tests: what was last found and when it is due, and a walk through them one step at a time. */
import { useSignal } from '@preact/signals';
import type { ProofMessage, ProofTestShown } from '../../controller/wire/proof.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { ProofLine } from '../panel/proof-line.tsx';
import { askProof, live, proofs, whyMayNot } from '../session.ts';

export function ProofPanel() {
  const message = proofs.value;
  if (message === null) return null;
  const due = message.tests.filter(({ dueAt }) => dueAt === null).length;
  return (
    <section class="panel proof-panel" aria-labelledby="proof-title">
      <header class="panel-head">
        <h2 id="proof-title">{t('Proof tests')}</h2>
        <span class="unit" data-testid="proof-due">
          {t('{{due}} of {{n}} are due on this device', { due, n: message.tests.length })}
        </span>
      </header>
      <p class="note">
        {message.device === null ? t('No device answers.') : <span lang="en">{message.device}</span>}
      </p>
      {message.walk === null ? <Choice message={message} /> : <Step message={message} walk={message.walk} />}
      <p class="ask" role="status" data-testid="proof-said">
        <Said words={message.sentence} />
      </p>
    </section>
  );
}

const mayNot = (): string | null => (live.value ? whyMayNot('proof') : t('no connection'));

/** Before a walk: the list, what is chosen of it, and who tests. */
function Choice({ message }: { readonly message: ProofMessage }) {
  const left = useSignal<readonly string[]>([]);
  const name = useSignal('');
  const chosen = message.tests.filter(({ id, dueAt }) => (dueAt === null) !== left.value.includes(id));
  const why = mayNot();
  const toggle = (id: string): void => {
    left.value = left.value.includes(id) ? left.value.filter((one) => one !== id) : [...left.value, id];
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        askProof({ action: 'begin', tests: chosen.map(({ id }) => id), by: name.value.trim() });
      }}
    >
      <ul class="proof-tests" data-testid="proof-tests">
        {message.tests.map((test) => (
          <li key={test.id}>
            <label>
              <input
                type="checkbox"
                data-testid={`proof-${test.id}`}
                checked={chosen.includes(test)}
                onChange={() => toggle(test.id)}
              />
              <Said words={test.title} />
            </label>
            <span class="unit">{judgeOf(test)}</span>
            <LastWord test={test} />
          </li>
        ))}
      </ul>
      <div class="proof-begin">
        <input
          type="text"
          required
          minLength={2}
          maxLength={60}
          data-testid="proof-by"
          aria-label={t('Who tests')}
          placeholder={t('Who tests')}
          value={name.value}
          onInput={(event) => (name.value = event.currentTarget.value)}
        />
        <button
          type="submit"
          class="command may"
          data-testid="proof-begin"
          disabled={why !== null || chosen.length === 0 || message.device === null}
          title={why ?? ''}
        >
          {t('Go through {{n}} tests', { n: chosen.length })}
        </button>
      </div>
      {why === null ? null : (
        <p class="why-not">
          <Said words={why} />
        </p>
      )}
    </form>
  );
}

const judgeOf = ({ judge, writes }: ProofTestShown): string =>
  judge === 'person'
    ? t('a person judges')
    : writes
      ? t('by the device, which trips')
      : t('read from the device');

function LastWord({ test: { last, dueAt, intervalDays } }: { readonly test: ProofTestShown }) {
  const due = dueAt === null ? t('due now') : t('due {{date}}', { date: dateText(dueAt) });
  return (
    <span class={`last-word ${dueAt === null ? 'due' : ''}`} title={last?.note}>
      {last === null ? t('never tested') : `${OUTCOMES[last.outcome]()}, ${dateText(last.at)}, ${last.by}`}
      {'; '}
      <b>{due}</b> <span class="unit">{t('every {{n}} days', { n: intervalDays })}</span>
    </span>
  );
}

const OUTCOMES = { pass: () => t('passed'), fail: () => t('failed'), skipped: () => t('skipped') };
const dateText = (iso: string): string => iso.slice(0, 10);

interface StepProps {
  readonly message: ProofMessage;
  readonly walk: NonNullable<ProofMessage['walk']>;
}

/** One test of a walk: its steps, what the device says now, and the answer. */
function Step({ message, walk }: StepProps) {
  const test = message.tests.find(({ id }) => id === walk.tests[walk.at]);
  if (test === undefined) return null;
  return (
    <div class="proof-step" data-testid="proof-step">
      <p class="unit">
        {t('{{at}} of {{n}}, {{by}}', { at: walk.at + 1, n: walk.tests.length, by: walk.by })}
      </p>
      <progress max={walk.tests.length} value={walk.at} aria-label={t('How far the walk is')} />
      <div>
        <h3>
          <Said words={test.title} />
        </h3>
        <p>
          <Said words={test.what} />
        </p>
        <ol class="proof-how">
          {test.how.map((step) => (
            <li key={step}>
              <Said words={step} />
            </li>
          ))}
        </ol>
      </div>
      <p>
        <b>{t('Expected:')}</b> <Said words={test.expected} />
      </p>
      <ProofLine />
      {walk.phase === 'checks' ? (
        <p role="status" data-testid="proof-checks">
          {t('The program looks at the device; it may take a minute.')}
        </p>
      ) : (
        <Answers key={test.id} test={test} />
      )}
    </div>
  );
}

function Answers({ test }: { readonly test: ProofTestShown }) {
  const note = useSignal('');
  const why = mayNot();
  const text = note.value.trim();
  const button = (id: string, label: string, isReady: boolean, press: () => void, strong = false) => (
    <button
      type="button"
      class={`command ${strong ? 'may' : ''}`}
      data-testid={id}
      disabled={why !== null || !isReady}
      title={why ?? ''}
      onClick={press}
    >
      {label}
    </button>
  );
  return (
    <>
      <input
        type="text"
        class="proof-note"
        maxLength={300}
        data-testid="proof-note"
        aria-label={t('What was seen or measured, or why it is skipped')}
        placeholder={t('What was seen or measured, or why it is skipped')}
        value={note.value}
        onInput={(event) => (note.value = event.currentTarget.value)}
      />
      <div class="proof-answers">
        {test.judge === 'program' ? (
          button(
            'proof-go',
            test.writes ? t('Trip the device now') : t('Look at the device now'),
            true,
            () => askProof({ action: 'go' }),
            true,
          )
        ) : (
          <>
            {button(
              'proof-pass',
              t('As expected'),
              text !== '',
              () => askProof({ action: 'found', outcome: 'pass', note: text }),
              true,
            )}
            {button('proof-fail', t('Not as expected'), text !== '', () =>
              askProof({ action: 'found', outcome: 'fail', note: text }),
            )}
          </>
        )}
        {button('proof-skip', t('Skip'), text !== '', () => askProof({ action: 'skip', note: text }))}
        {button('proof-leave', t('Leave the walk'), true, () => askProof({ action: 'leave' }))}
      </div>
      <p class="note">{t('An answer needs a note: it is stored with name, date and device.')}</p>
    </>
  );
}
