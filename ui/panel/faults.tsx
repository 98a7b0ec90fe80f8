/** What can be broken in a virtual rig, to see how the controller answers. A real machine has no such panel. */
import { effect, signal, useSignal } from '@preact/signals';
import { linked } from '../address.ts';
import { t } from '../language.ts';
import { type BreakableFault, begun, foundFaults, type Trial, watched } from '../operate/fault-trial.ts';
import { askFault, breakable, live, state, whyMayNot } from '../session.ts';
import { span } from '../time-words.ts';

const PLACES: readonly { readonly place: BreakableFault['place']; readonly title: () => string }[] = [
  { place: 'line', title: () => t('On the line') },
  { place: 'device', title: () => t('In the electronics') },
  { place: 'sensor', title: () => t('At a sensor') },
  { place: 'plant', title: () => t('In the machine') },
];

const chosen = linked<string>('fault', '', { write: (text) => text, read: (text) => text });
const words = linked<string>('fault-words', '', { write: (text) => text, read: (text) => text });
const trials = signal<readonly Trial[]>([]);
let broken: readonly string[] | null = null;

// From the first word on: what was broken before this page came is no trial of it.
effect(() => {
  const [message, now] = [breakable.value, state.value];
  if (message === null || now === null) return;
  const nowMs = performance.now();
  const known = begun(trials.peek(), broken ?? message.active, message.active, now, nowMs);
  broken = message.active;
  trials.value = known.map((trial) => watched(trial, specOf(message.list, trial.name), now, nowMs));
});

const specOf = (list: readonly BreakableFault[], name: string): BreakableFault | undefined =>
  list.find((fault) => fault.name === name);

export function FaultPanel() {
  const message = breakable.value;
  if (message === null) return null;
  const found = foundFaults(message.list, words.value);
  const fault = specOf(message.list, chosen.value) ?? found[0];
  return (
    <section class="panel fault-panel" aria-labelledby="faults-title">
      <header class="panel-head">
        <h2 id="faults-title">{t('Break the virtual rig')}</h2>
        <span class="unit">{t('and see what the controller does')}</span>
      </header>
      <Active names={message.active} />
      <div class="fault-columns">
        <div>
          <input
            type="search"
            class="fault-search"
            aria-label={t('Search the faults')}
            placeholder={t('Search {{n}} faults', { n: message.list.length })}
            data-testid="fault-words"
            value={words.value}
            onInput={(event) => (words.value = event.currentTarget.value)}
          />
          <FaultList faults={found} chosen={fault?.name ?? ''} active={message.active} />
        </div>
        <div>
          {fault === undefined ? null : (
            <Inject key={fault.name} fault={fault} isActive={message.active.includes(fault.name)} />
          )}
          <Trials />
        </div>
      </div>
    </section>
  );
}

interface ListProps {
  readonly faults: readonly BreakableFault[];
  readonly chosen: string;
  readonly active: readonly string[];
}

function FaultList({ faults, chosen: current, active }: ListProps) {
  return (
    <div class="fault-list" role="group" aria-label={t('Faults by place')} data-testid="fault">
      {PLACES.map(({ place, title }) => {
        const own = faults.filter((fault) => fault.place === place);
        if (own.length === 0) return null;
        return (
          <div key={place}>
            <h3>
              {title()} <span class="unit num">{own.length}</span>
            </h3>
            {own.map(({ name }) => (
              <button
                key={name}
                type="button"
                class={`fault-name ${active.includes(name) ? 'broken' : ''}`}
                aria-pressed={name === current}
                data-testid={`fault-${name}`}
                onClick={() => (chosen.value = name)}
              >
                {name}
              </button>
            ))}
          </div>
        );
      })}
      {faults.length === 0 ? <p class="note">{t('No fault has these words.')}</p> : null}
    </div>
  );
}

function Inject({ fault, isActive }: { readonly fault: BreakableFault; readonly isActive: boolean }) {
  const { name, what, seen, parameter, ends, cause, withinS, asks } = fault;
  const draft = useSignal<string | null>(null);
  const amount = draft.value === null ? undefined : Number(draft.value);
  const isRefused =
    amount !== undefined && parameter !== null && !(amount >= parameter.low && amount <= parameter.high);
  const hindrance = live.value ? whyMayNot('inject') : t('no connection');
  return (
    <>
      <h3>
        <code>{name}</code>
      </h3>
      <dl class="fault-what">
        <dt>{t('Broken')}</dt>
        <dd lang="en">{what}</dd>
        <dt>{t('Seen')}</dt>
        <dd lang="en">{seen}</dd>
        <dt>{t('Must follow')}</dt>
        <dd data-testid="fault-expected">
          {cause === 'none'
            ? t('nothing: it goes on in {{state}}, no interlock says anything', { state: ends })
            : t('{{state}} by {{cause}}, within {{seconds}} s in EXECUTE', {
                state: ends,
                cause,
                seconds: withinS,
              })}
          {asks === null ? '' : t(', after {{command}}', { command: asks })}
        </dd>
      </dl>
      <div class="fault-do">
        {parameter === null ? null : (
          <label>
            <span>{parameter.name}</span>
            <input
              class="num"
              type="number"
              step="any"
              min={parameter.low}
              max={parameter.high}
              value={draft.value ?? String(parameter.value)}
              aria-invalid={isRefused}
              onInput={(event) => {
                draft.value = event.currentTarget.value;
              }}
            />
            <span class={`unit ${isRefused ? 'refused' : ''}`}>
              {t('{{low}} to {{high}}', { low: parameter.low, high: parameter.high })}
            </span>
          </label>
        )}
        <button
          type="button"
          class="command may"
          data-testid="inject"
          disabled={isRefused || hindrance !== null}
          title={hindrance ?? t('Injects {{name}} at once', { name })}
          onClick={() => askFault(name, true, amount)}
        >
          {isActive ? t('Inject again') : t('Inject')}
        </button>
      </div>
    </>
  );
}

function Active({ names }: { readonly names: readonly string[] }) {
  if (names.length === 0) return <p class="note">{t('Nothing is broken.')}</p>;
  return (
    <ul class="fault-active" aria-label={t('Broken now')}>
      {names.map((name) => (
        <li key={name}>
          <code>{name}</code>
          <button
            type="button"
            class="chip"
            data-testid={`mend-${name}`}
            disabled={!live.value || whyMayNot('inject') !== null}
            onClick={() => askFault(name, false)}
          >
            {t('Mend')}
          </button>
        </li>
      ))}
    </ul>
  );
}

const VERDICTS: Record<Trial['verdict'], () => string> = {
  waits: () => t('watching'),
  'as expected': () => t('as expected'),
  otherwise: () => t('not as expected'),
  'not judged': () => t('not judged: the machine did not run'),
};

/** What came of each injection of this page. */
function Trials() {
  if (trials.value.length === 0) return null;
  return (
    <>
      <h3>{t('What was seen')}</h3>
      <ol class="trials" data-testid="trials">
        {trials.value.map(({ name, atMs, states, cause, verdict }) => (
          <li key={`${name} ${atMs}`} class={verdict.replace(' ', '-')}>
            <code>{name}</code> <b>{VERDICTS[verdict]()}</b>
            <span class="num">
              {cause === null ? '' : `${cause.key} ${span(cause.afterMs)}`}
              {states.map((one) => ` → ${one.state} ${span(one.afterMs)}`).join('')}
            </span>
          </li>
        ))}
      </ol>
    </>
  );
}
