/** What was, beside what is and what the model says: recorded runs, the report of the validation, a playground, designs, maps. */
import type { ComponentType } from 'preact';
import { addressOf } from '../address.ts';
import { t } from '../language.ts';
import { FrontPanel } from '../study/front-panel.tsx';
import { MapsPanel } from '../study/maps-panel.tsx';
import { PARTS, type Part, part } from '../study/part.ts';
import { PlaygroundPanel } from '../study/playground-panel.tsx';
import { ReportPanel } from '../study/report-panel.tsx';
import { RunsPanel } from '../study/runs-panel.tsx';

const NAMES: Record<Part, () => string> = {
  runs: () => t('Runs'),
  report: () => t('Report'),
  playground: () => t('Playground'),
  designs: () => t('Designs'),
  maps: () => t('Maps'),
};

const SHOWN: Record<Part, ComponentType> = {
  runs: RunsPanel,
  report: ReportPanel,
  playground: PlaygroundPanel,
  designs: FrontPanel,
  maps: MapsPanel,
};

export function StudyView() {
  const Shown = SHOWN[part.value];
  return (
    <main class="view study-view">
      <nav class="part-nav" aria-label={t('Parts of the study')}>
        {PARTS.map((name) => (
          <a
            key={name}
            href={addressOf('study', { study: name })}
            aria-current={part.value === name ? 'page' : undefined}
            data-testid={`study-${name}`}
          >
            {NAMES[name]()}
          </a>
        ))}
      </nav>
      <Shown />
    </main>
  );
}
