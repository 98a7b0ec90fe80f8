/** Temperature over entropy of a cell's alloy, by the model beside the rig: entropy cannot be measured in a machine. */
import { ChartCanvas } from '../chart/chart-canvas.tsx';
import { LoopChart, type LoopTrace } from '../chart/loop-chart.ts';
import { t } from '../language.ts';
import { beat, hello, telemetry } from '../session.ts';
import { pictureColumn, pictured } from '../store/pictures.ts';
import { fixed } from '../store/text.ts';
import { unitShown, unitsLook } from '../units.ts';
import { cellShown, overlaid, overlaidCount } from './choices.ts';
import { heatAlong } from './heat-along.ts';
import { PhaseKey } from './phase-key.tsx';
import { phaseAt } from './phases.ts';
import { CELL_ALLOY, CELL_ENTROPY, CELL_FRACTION, picturePhases } from './picture-cells.ts';
import { Reading } from './reading.tsx';
import { inWords, temperatureShown } from './shown.ts';

const [WORK, TDS, DISSIPATED] = ['net_work_J', 'tds_J', 'dissipated_J'].map(pictureColumn);

function loops(): LoopTrace[] {
  const traces: LoopTrace[] = [];
  const cell = cellShown.peek();
  for (let back = 0; back < overlaidCount(); back++) {
    const picture = telemetry.pictures.recent(back);
    if (picture === undefined) break;
    const phases = back === 0 ? picturePhases(picture) : null;
    traces.push({
      bins: picture.bins,
      x: (bin) => pictured(picture, CELL_ENTROPY[cell], bin),
      y: (bin) => temperatureShown(pictured(picture, CELL_ALLOY[cell], bin)),
      phase: (bin) => (phases === null ? null : phaseAt(phases, bin)),
    });
  }
  return traces;
}

const perGram = (joule: number): string =>
  `${fixed(joule / (hello.value?.rig.smaMassG ?? Number.NaN), 3)} J/g`;

function caption(): string[] {
  const picture = telemetry.pictures.recent(0);
  if (picture === undefined) return [];
  const pumpingJ = -pictured(picture, TDS, 0);
  return [t('pumps heat with'), `${fixed(pumpingJ, 1)} J`, perGram(pumpingJ)];
}

const ZERO_C_K = 273.15;

/** Heat that the shown cell takes up and gives off in a cycle, as its means have it, J/g. */
function cellHeat(): { readonly up: number; readonly down: number } {
  const picture = telemetry.pictures.recent(0);
  if (picture === undefined) return { up: Number.NaN, down: Number.NaN };
  const cell = cellShown.value;
  const { up, down } = heatAlong(
    picture.bins,
    (bin) => pictured(picture, CELL_ALLOY[cell], bin) + ZERO_C_K,
    (bin) => pictured(picture, CELL_ENTROPY[cell], bin),
  );
  return { up: up / 1000, down: down / 1000 };
}

function CellHeat() {
  beat();
  const { up, down } = cellHeat();
  return (
    <div>
      <dt>{t('heat of cell {{n}}, ∫ T ds: taken up cold, given off hot', { n: cellShown.value + 1 })}</dt>
      <dd class="num" data-testid="cell-heat">
        {fixed(up, 3)} → {fixed(down, 3)} J/g
      </dd>
    </div>
  );
}

function EntropyNote() {
  beat();
  const picture = telemetry.pictures.recent(0);
  const [workJ, tdsJ, dissipatedJ] = [WORK, TDS, DISSIPATED].map((column) =>
    picture === undefined ? Number.NaN : pictured(picture, column, 0),
  );
  const rows: readonly (readonly [string, number])[] = [
    [t('−∮ T ds, all cells, node by node'), -tdsJ],
    [t('net work'), workJ],
    [t('of which hysteresis turns into heat'), dissipatedJ],
  ];
  return (
    <dl class="loop-note note">
      <CellHeat />
      {rows.map(([name, joule]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd class="num">
            {fixed(joule, 1)} J <span class="per-gram">{perGram(joule)}</span>
          </dd>
        </div>
      ))}
      <div>
        <dt
          title={t(
            '−∮ T ds must be net work less hysteresis where the cycle repeats itself; the sum over steps is good to 1 %',
          )}
        >
          {t('area against work less hysteresis')}
        </dt>
        <dd class="num" data-testid="entropy-check">
          {fixed((100 * (-tdsJ - (workJ - dissipatedJ))) / workJ, 1)} %
        </dd>
      </div>
    </dl>
  );
}

function EntropyUnit() {
  beat();
  return (
    <span class="unit">
      {telemetry.pictures.recent(0) === undefined
        ? t('no model beside this rig has drawn a cycle yet')
        : t('means along the alloy; one picture a second')}
    </span>
  );
}

export function EntropyPanel() {
  return (
    <section class="panel entropy-panel" aria-labelledby="entropy-title" data-testid="entropy-panel">
      <header class="panel-head">
        <h2 id="entropy-title">{t('Temperature and entropy, cell {{n}}', { n: cellShown.value + 1 })}</h2>
        <span class="badge model-badge">{t('model')}</span>
        <EntropyUnit />
      </header>
      <PhaseKey />
      <ChartCanvas
        class="square"
        label={t(
          'Temperature over entropy of the alloy, by the model; run against the clock, as a heat pump does',
        )}
        create={(host) =>
          new LoopChart(host, {
            xLabel: () => t('entropy of the alloy, J/(kg K)'),
            yLabel: () => t('alloy, {{unit}}', { unit: unitShown('°C') }),
            leastX: 4,
            leastY: 5,
            isFromZero: false,
            version: () =>
              `${telemetry.pictures.total} ${cellShown.peek()} ${overlaid.peek()} ${unitsLook()}`,
            loops,
            caption,
          })
        }
      />
      <Reading
        values={(phase) => {
          const picture = telemetry.pictures.recent(0);
          if (picture === undefined) return null;
          const at = (columns: readonly number[]): number =>
            pictured(picture, columns[cellShown.value], Math.floor(phase * picture.bins));
          return `${fixed(at(CELL_ENTROPY), 1)} J/(kg K), ${inWords(at(CELL_ALLOY), '°C', 1)}, ${t('martensite')} ${fixed(100 * at(CELL_FRACTION), 0)} %`;
        }}
      />
      <EntropyNote />
    </section>
  );
}
