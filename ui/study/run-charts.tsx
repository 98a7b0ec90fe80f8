/** A chart a channel, and what every run has there under the cursor. */
import type { Channel } from '../../controller/wire/channels.ts';
import { ChartCanvas } from '../chart/chart-canvas.tsx';
import { t } from '../language.ts';
import { beat } from '../session.ts';
import { clockText } from '../store/clock-text.ts';
import { ABSENT, fixed } from '../store/text.ts';
import { conversionOf, convert, decimalsOf, differenceOf, unitShown } from '../units.ts';
import { lookOf } from '../wall/looks.ts';
import { axisName } from './align-tools.tsx';
import { isAligned } from './align.ts';
import type { Reading } from './blocks.ts';
import { alignment, channels, cursors, LIVE, MOST_CHANNELS, shownRuns, showsModel } from './chosen.ts';
import { channelsKnown, nameOf, readX, type RunOnAxis, runsOnAxis } from './on-axis.ts';
import { modelOf, RunChart } from './run-chart.ts';
import { RunSwatch } from './run-rows.tsx';
import { DRAWN_GROUPS } from './survey.ts';

const placeText = (x: number): string =>
  alignment.value === 'phase'
    ? `${fixed(x, 1)} %`
    : alignment.value === 'cycle'
      ? fixed(x, 2)
      : clockText(x, 2);

/** Where rows are merged, what they lie between. */
function readingText(reading: Reading | undefined, unit: string): string {
  if (reading === undefined) return ABSENT;
  const shown = conversionOf(unit);
  const decimals = decimalsOf(lookOf(unit).decimals, shown);
  const [low, high] = [reading.low, reading.high].map((value) => fixed(convert(value, shown), decimals));
  return low === high ? low : `${low} … ${high}`;
}

const middle = (reading: Reading | undefined): number =>
  reading === undefined ? Number.NaN : (reading.low + reading.high) / 2;

function differenceText(one: Reading | undefined, other: Reading | undefined, unit: string): string {
  const shown = differenceOf(unit);
  return fixed(convert(middle(one) - middle(other), shown), decimalsOf(lookOf(unit).decimals, shown));
}

function readAt(run: RunOnAxis | undefined, id: string, x: number | null): Reading | undefined {
  if (run === undefined || x === null || !isAligned(run.placed)) return undefined;
  return run.read(id, run.placed.timeOf(x));
}

function Row({
  run,
  id,
  unit,
  first,
}: {
  run: RunOnAxis;
  id: string;
  unit: string;
  first: RunOnAxis | undefined;
}) {
  const x = readX();
  const second = cursors.second.value;
  const model = showsModel.value === 'yes' ? modelOf(id) : undefined;
  const reading = readAt(run, id, x);
  return (
    <tr data-testid={`value-${id}-${run.key}`}>
      <th scope="row">
        <RunSwatch at={run.at} /> {nameOf(run, run.at)}
      </th>
      <td class="num">{readingText(reading, unit)}</td>
      <td class="num">{run === first ? '' : differenceText(reading, readAt(first, id, x), unit)}</td>
      <td class="num">
        {second === null || x === null ? '' : differenceText(readAt(run, id, second), reading, unit)}
      </td>
      <td class="num">{model === undefined ? '' : readingText(readAt(run, model, x), unit)}</td>
    </tr>
  );
}

function Values({ id, unit }: { readonly id: string; readonly unit: string }) {
  if (shownRuns.value.some(({ key }) => key === LIVE)) beat();
  const runs = runsOnAxis();
  const x = readX();
  return (
    <div
      class="run-scroll"
      role="region"
      tabIndex={0}
      aria-label={t('Values of {{id}} at the cursor', { id })}
    >
      <table class="run-table">
        <thead>
          <tr>
            <th scope="col">{x === null ? t('run') : t('run, at {{place}}', { place: placeText(x) })}</th>
            <th scope="col">{unitShown(unit) === '' ? t('value') : unitShown(unit)}</th>
            <th scope="col">{t('less the first run')}</th>
            <th scope="col">{t('second cursor less first')}</th>
            <th scope="col">{t('model')}</th>
          </tr>
        </thead>
        <tbody>
          {runs.map((run) => (
            <Row key={run.key} run={run} id={id} unit={unit} first={runs.at(0)} />
          ))}
        </tbody>
      </table>
    </div>
  );
}

function removeChannel(id: string): void {
  channels.value = channels.peek().filter((one) => one !== id);
}

function One({ id, channel }: { readonly id: string; readonly channel: Channel | undefined }) {
  const remove = (
    <button
      type="button"
      class="quiet"
      aria-label={t('Take {{channel}} away', { channel: id })}
      data-testid={`chart-away-${id}`}
      onClick={() => removeChannel(id)}
    >
      ×
    </button>
  );
  return (
    <section class="panel run-chart" aria-labelledby={`run-chart-${id}`} data-testid={`run-chart-${id}`}>
      <header class="panel-head">
        <h2 id={`run-chart-${id}`} lang="en">
          {channel?.title ?? id}
        </h2>
        <code>{id}</code>
        {remove}
      </header>
      {channel === undefined ? (
        <p class="note">{t('None of these runs has this channel.')}</p>
      ) : (
        <>
          <ChartCanvas
            class="low"
            label={t('{{id}} of the runs over one another', { id })}
            create={(host) => new RunChart(host, id, channel.unit)}
          />
          <p class="note run-axis">{axisName()}</p>
          <Values id={id} unit={channel.unit} />
        </>
      )}
    </section>
  );
}

function AddChannel() {
  const known = [...channelsKnown.value];
  return (
    <label class="run-tools">
      {t('Another channel')}
      <select
        value=""
        disabled={channels.value.length >= MOST_CHANNELS}
        data-testid="run-channel"
        onChange={({ currentTarget }) => {
          const id = currentTarget.value;
          currentTarget.value = '';
          if (id !== '' && !channels.peek().includes(id)) channels.value = [...channels.peek(), id];
        }}
      >
        <option value="">{t('choose…')}</option>
        {DRAWN_GROUPS.filter((group) => known.some(([id]) => id.startsWith(`${group}.`))).map((group) => (
          <optgroup key={group} label={group}>
            {known
              .filter(([id]) => id.startsWith(`${group}.`))
              .map(([id, { title, unit }]) => (
                <option key={id} value={id} lang="en">
                  {unit === '' ? title : `${title}, ${unit}`}
                </option>
              ))}
          </optgroup>
        ))}
      </select>
    </label>
  );
}

export function RunCharts() {
  return (
    <>
      {channels.value.map((id) => {
        const channel = channelsKnown.value.get(id);
        return <One key={`${id} ${channel?.unit}`} id={id} channel={channel} />;
      })}
      <section class="panel" aria-label={t('Channels of the runs')}>
        <AddChannel />
      </section>
    </>
  );
}
