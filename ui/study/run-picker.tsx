/** Which runs are laid over one another: those of this server, the live one, and files of one's own. */
import { signal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import type { RunEntry } from '../../controller/wire/record/run-list.ts';
import { t } from '../language.ts';
import { fixed } from '../store/text.ts';
import { addFiles, choose, hasRoom, LIVE, MOST_RUNS, shownRuns, takeAway } from './chosen.ts';
import { askForRuns, lengthText, listed, startText } from './run-list.ts';

const refused = signal(0);

const isChosen = (key: string): boolean => shownRuns.value.some((one) => one.key === key);

function Choice({
  id,
  isFree,
  children,
}: {
  id: string;
  isFree: boolean;
  children: preact.ComponentChildren;
}) {
  const isOn = isChosen(id);
  return (
    <li>
      <label class="run-choice">
        <input
          type="checkbox"
          checked={isOn}
          disabled={!isOn && (!isFree || !hasRoom.value)}
          data-testid={`run-${id}`}
          onChange={(event) => (event.currentTarget.checked ? choose(id) : takeAway(id))}
        />
        <span>{children}</span>
      </label>
    </li>
  );
}

const peak = (run: RunEntry, name: string, unit: string, decimals: number): string[] => {
  const value = run.figures?.peaks[name];
  return value === undefined ? [] : [`≤ ${fixed(value, decimals)} ${unit}`];
};

/** In few words: how long, how large, what it reached. */
function figuresText(run: RunEntry): string {
  return [
    ...(run.facts === undefined ? [] : [run.facts.rig]),
    ...(run.duration_s === undefined ? [] : [lengthText(run.duration_s)]),
    `${fixed(run.size_bytes / 1e6, 1)} MB`,
    ...peak(run, 'cooling_power_W', 'W', 0),
    ...peak(run, 'temperature_lift_K', 'K', 1),
    ...peak(run, 'peak_stress_MPa', 'MPa', 0),
    ...(run.figures === undefined ? [] : [t('alarms: {{n}}', { n: run.figures.alarms })]),
  ].join(' · ');
}

function Run({ run, isRecording }: { readonly run: RunEntry; readonly isRecording: boolean }) {
  return (
    <Choice id={run.id} isFree={run.problem === undefined && !isRecording}>
      <b>{run.facts === undefined ? run.id : startText(run.facts.started)}</b> <code>{run.id}</code>
      <span class="note">{figuresText(run)}</span>
      {isRecording ? <span class="note">{t('is being recorded: choose the live run')}</span> : null}
      {run.ended === undefined ? null : (
        <span class="note" lang="en">
          {run.ended}
        </span>
      )}
      {run.problem === undefined || isRecording ? null : (
        <span class="ask alarm" lang="en">
          {run.problem}
        </span>
      )}
      {run.notes.map(({ at, text }) => (
        <q key={at + text} class="note">
          {text}
        </q>
      ))}
    </Choice>
  );
}

function List() {
  const state = listed.value;
  if (state.phase === 'asking') return <p class="note">{t('Asking for the runs…')}</p>;
  if (state.phase === 'failed')
    return (
      <p class="ask alarm" role="alert">
        {t('The runs of this server cannot be listed.')} <span lang="en">{state.sentence}</span>
      </p>
    );
  const { runs, older, recording } = state.list;
  return (
    <>
      <ul class="run-list" aria-label={t('Runs of this server')}>
        <Choice id={LIVE} isFree>
          <b>{t('live run')}</b>
          <span class="note">{t('what this page holds of it')}</span>
        </Choice>
        {runs.map((run) => (
          <Run key={run.id} run={run} isRecording={run.id === recording} />
        ))}
      </ul>
      {runs.length === 0 ? <p class="note">{t('Nothing was recorded here yet.')}</p> : null}
      {older > 0 ? (
        <p class="note">{t('{{n}} older runs are not listed; drop their record.mcap here.', { n: older })}</p>
      ) : null}
    </>
  );
}

export function take(files: Iterable<File>): void {
  refused.value = addFiles([...files]);
}

export function RunPicker() {
  useEffect(() => void askForRuns(), []);
  return (
    <section class="panel" aria-labelledby="runs-title">
      <header class="panel-head">
        <h2 id="runs-title">{t('Recorded runs')}</h2>
        <span class="unit">{t('up to {{n}} over one another', { n: MOST_RUNS })}</span>
        <button type="button" class="quiet" data-testid="runs-again" onClick={() => void askForRuns()}>
          {t('List again')}
        </button>
      </header>
      <List />
      <label class="run-file">
        {t('Own records (.mcap), here or dropped on this view')}
        <input
          type="file"
          accept=".mcap"
          multiple
          data-testid="run-file"
          onChange={({ currentTarget }) => {
            take(currentTarget.files ?? []);
            currentTarget.value = '';
          }}
        />
      </label>
      <p class="note">{t('Own files stay in this browser: a link to this view does not carry them.')}</p>
      {refused.value > 0 ? (
        <p class="ask alarm" role="alert" data-testid="runs-full">
          {t('There is room for {{most}} runs: {{n}} files were left out. Take runs away first.', {
            most: MOST_RUNS,
            n: refused.value,
          })}
        </p>
      ) : null}
    </section>
  );
}
