/** An instrument wall: any channels on any charts, over one time axis, as the link says. */
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';
import { WindowSwitch } from '../panel/window-switch.tsx';
import { workOnFigures } from '../wall/figures-clock.ts';
import { MOST_CHARTS } from '../wall/layout.ts';
import { addChart, wall } from '../wall/state.ts';
import { WallChart } from '../wall/wall-chart.tsx';

const FIGURES_EVERY_MS = 100;

export function ChannelsView() {
  useEffect(() => {
    const timer = setInterval(() => workOnFigures(performance.now()), FIGURES_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <main class="view channels-view">
      <WindowSwitch />
      {wall.value.map((_, at) => (
        <WallChart key={at} at={at} />
      ))}
      <button
        type="button"
        class="command add-chart"
        data-testid="add-chart"
        disabled={wall.value.length >= MOST_CHARTS}
        onClick={addChart}
      >
        {t('Add a chart')}
      </button>
    </main>
  );
}
