/** Ten cells side by side: lowest, mean and highest temperature of the last whole cycle on one scale. */
import { cellColour } from '../chart/cells-chart.tsx';
import { cycleNow } from '../live-values.ts';
import { beat, telemetry } from '../session.ts';
import { calm, type Range } from '../store/calm-range.ts';
import { CELL_INDEXES, cellColumn } from '../store/telemetry.ts';
import { textShown, unitShown } from '../units.ts';
import { t } from '../language.ts';

const celsius = (valueC: number, decimals: number): string => textShown(valueC, '°C', decimals);

const scale: Range = { low: 10, high: 40 };

export function CellRanges() {
  beat();
  const rows = CELL_INDEXES.map((cell) => ({
    cell,
    low: telemetry.lastCycle(cellColumn(cell, 'min')),
    mean: telemetry.lastCycle(cellColumn(cell, 'mean')),
    high: telemetry.lastCycle(cellColumn(cell, 'max')),
  }));
  const known = rows.filter(({ low, high }) => !Number.isNaN(low + high));
  calm(scale, Math.min(...known.map(({ low }) => low)), Math.max(...known.map(({ high }) => high)), 10);
  const place = (valueC: number) => (100 * (valueC - scale.low)) / (scale.high - scale.low);
  return (
    <section class={`panel ranges-panel ${cycleNow().cycling ? '' : 'old'}`} aria-labelledby="ranges-title">
      <header class="panel-head">
        <h2 id="ranges-title">{t('Cells, last whole cycle')}</h2>
        <span class="unit">
          {t('lowest, mean, highest')}, {unitShown('°C')}
        </span>
      </header>
      <ul class="ranges">
        {rows.map(({ cell, low, mean, high }) => (
          <li key={cell}>
            <span class="num range-number">{cell + 1}</span>
            <span class="range-track" aria-hidden="true">
              {Number.isNaN(low + high) ? null : (
                <>
                  <i
                    class="range-bar"
                    style={{
                      left: `${place(low)}%`,
                      width: `${place(high) - place(low)}%`,
                      background: cellColour(cell),
                    }}
                  />
                  <i class="range-mean" style={{ left: `${place(mean)}%` }} />
                </>
              )}
            </span>
            <span class="num range-text" data-testid={`cell-${cell + 1}-C`}>
              {celsius(low, 1)} / <b>{celsius(mean, 1)}</b> / {celsius(high, 1)}
            </span>
          </li>
        ))}
      </ul>
      <div class="range-axis num unit" aria-hidden="true">
        <span />
        <span class="range-ticks">
          <span>{celsius(scale.low, 0)}</span>
          <span>{celsius((scale.low + scale.high) / 2, 0)}</span>
          <span>
            {celsius(scale.high, 0)} {unitShown('°C')}
          </span>
        </span>
        <span />
      </div>
    </section>
  );
}
