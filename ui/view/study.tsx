/** What was, beside what is and what the model says: recorded runs, the report of the validation, and a playground. */
import type { ComponentType } from 'preact';
import { addressOf, linked, oneOf } from '../address.ts';
import { t } from '../language.ts';
import { FrontPanel } from '../study/front-panel.tsx';
import { PlaygroundPanel } from '../study/playground-panel.tsx';
import { ReportPanel } from '../study/report-panel.tsx';
import { RunsPanel } from '../study/runs-panel.tsx';

const PARTS = ['runs', 'report', 'playground', 'designs'] as const;
type Part = (typeof PARTS)[number];

/** The part of the study that is shown. */
const part = linked<Part>('study', 'runs', oneOf(...PARTS));

const NAMES: Record<Part, () => string> = {
  runs: () => t('Runs'),
  report: () => t('Report'),
  playground: () => t('Playground'),
  designs: () => t('Designs'),
};

const SHOWN: Record<Part, ComponentType> = {
  runs: RunsPanel,
  report: ReportPanel,
  playground: PlaygroundPanel,
  designs: FrontPanel,
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
