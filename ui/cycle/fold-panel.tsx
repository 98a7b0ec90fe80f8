/** One period of the temperatures, many cycles laid over each other. */
import { ChartCanvas } from '../chart/chart-canvas.tsx';
import { PALETTES } from '../chart/palette.ts';
import { t } from '../language.ts';
import { fixed } from '../store/text.ts';
import { theme } from '../theme.ts';
import { unitShown } from '../units.ts';
import { cellShown, overlaidCount } from './choices.ts';
import { FOLDED, FoldChart } from './fold-chart.ts';
import { Reading } from './reading.tsx';

const chart: { current: FoldChart | null } = { current: null };

const modelWord = (): string => t('cell {{n}}, model', { n: cellShown.value + 1 });

function FoldKey() {
  const palette = PALETTES[theme.value];
  return (
    <ul class="phase-key">
      {FOLDED.map(({ name, colour }) => (
        <li key={name()}>
          <i style={{ background: colour(palette) }} aria-hidden="true" />
          {name()}
        </li>
      ))}
      <li>
        <i class="dashed" style={{ color: palette.material }} aria-hidden="true" />
        {modelWord()}
      </li>
    </ul>
  );
}

export function FoldPanel() {
  return (
    <section class="panel fold-panel" aria-labelledby="fold-title" data-testid="fold-panel">
      <header class="panel-head">
        <h2 id="fold-title">{t('Temperatures by phase')}</h2>
        <span class="unit">
          {t('measured; {{n}} cycles over each other, their mean, and where the middle 80 % of them lie', {
            n: overlaidCount(),
          })}
        </span>
      </header>
      <FoldKey />
      <ChartCanvas
        class="tall"
        label={t('Temperatures of a cell and of both outlets over one period, with the four phases behind')}
        create={(host) => {
          chart.current = new FoldChart(host);
          return chart.current;
        }}
      />
      <Reading
        values={(phase) =>
          [
            ...FOLDED.map(({ name }, line) => [name(), chart.current?.meanAt(line, phase)] as const),
            [modelWord(), chart.current?.modelAt(phase)] as const,
          ]
            .map(([name, value]) => `${name} ${fixed(value, 1)} ${unitShown('°C')}`)
            .join(', ')
        }
      />
    </section>
  );
}
