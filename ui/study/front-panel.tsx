/** The best designs of a study, from the file that `elastocool optimize` writes: what is asked for is narrowed by hand. */
import exampleUrl from '../../fixtures/studies/kilowatt-design.front.json?url';
import { signal, useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { t } from '../language.ts';
import { type Part, axesOf, axisAt, within } from './front-axes.ts';
import { type Front, type FrontDesign, readFront } from './front-file.ts';
import { FrontLines } from './front-lines.tsx';
import { FrontPlot } from './front-plot.tsx';
import { FrontTable } from './front-table.tsx';

const COMMAND = 'npx elastocool optimize fixtures/studies/kilowatt-design.yaml';

/** What was opened stays while another part of the page is looked at. */
const opened = signal<Front | null>(null);
const problem = signal('');
const parts = signal<ReadonlyMap<string, Part>>(new Map());

async function open(name: string, text: Promise<string>): Promise<void> {
  let read: Front | string;
  try {
    read = readFront(await text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    problem.value = t('{{name}} cannot be read: {{why}}.', { name, why });
    return;
  }
  if (typeof read === 'string') {
    problem.value = t('{{name}} is no front of this program: {{why}}.', { name, why: read });
    return;
  }
  problem.value = '';
  parts.value = new Map();
  opened.value = read;
}

const openFile = async (file: File | undefined): Promise<void> =>
  file === undefined ? undefined : open(file.name, file.text());

/** What `COMMAND` has written. */
const openExample = async (): Promise<void> =>
  open(
    'kilowatt-design.front.json',
    fetch(exampleUrl).then(async (answer) => answer.text()),
  );

export function FrontPanel() {
  const isOver = useSignal(false);
  const front = opened.value;
  return (
    <section
      class={isOver.value ? 'panel front-panel over' : 'panel front-panel'}
      aria-label={t('Designs')}
      data-testid="front-panel"
      onDragOver={(event) => {
        event.preventDefault();
        isOver.value = true;
      }}
      onDragLeave={() => (isOver.value = false)}
      onDrop={(event) => {
        event.preventDefault();
        isOver.value = false;
        void openFile(event.dataTransfer?.files[0]);
      }}
    >
      <div class="panel-head">
        <h2>{front?.title || t('Designs')}</h2>
        <label class="command file">
          {t('Open a front')}
          <input
            type="file"
            accept="application/json,.json"
            data-testid="front-file"
            onChange={(event) => void openFile(event.currentTarget.files?.[0])}
          />
        </label>
      </div>
      <p role="status">{problem.value}</p>
      {front === null ? (
        <div class="front-none">
          <p>{t('Drop a .front.json here, or open one. This command writes it beside its study:')}</p>
          <code>{COMMAND}</code>
          <button
            type="button"
            class="command"
            data-testid="front-example"
            onClick={() => void openExample()}
          >
            {t('Open what it has found')}
          </button>
        </div>
      ) : (
        <Explored front={front} />
      )}
    </section>
  );
}

function Explored({ front }: { readonly front: Front }) {
  const withResults = useSignal(false);
  const colourKey = useSignal('');
  const pointed = useSignal<FrontDesign | null>(null);
  const all = useMemo(() => axesOf(front), [front]);
  const axes = all.filter(({ kind }) => kind !== 'output' || withResults.value);
  // what is not to be seen narrows nothing
  const chosen = within(front.designs, axes, parts.value);
  const picked = new Set(chosen);
  const colour = axisAt(axes, colourKey.value, 2);
  return (
    <>
      <About front={front} />
      <div class="front-tools">
        <p role="status" data-testid="front-count">
          {t('{{chosen}} of {{n}} designs chosen', { chosen: chosen.length, n: front.designs.length })}
        </p>
        <label>
          <input
            type="checkbox"
            checked={withResults.value}
            onChange={(event) => (withResults.value = event.currentTarget.checked)}
          />
          {t('Other results too')}
        </label>
        <button type="button" class="quiet" onClick={() => (parts.value = new Map())}>
          {t('Choose all again')}
        </button>
      </div>
      <FrontPlot
        axes={axes}
        colour={colour}
        pickColour={(key) => (colourKey.value = key)}
        designs={front.designs}
        chosen={picked}
        pointed={pointed.value}
        point={(design) => (pointed.value = design)}
      />
      <FrontLines
        axes={axes}
        colour={colour}
        designs={front.designs}
        chosen={picked}
        pointed={pointed.value}
        parts={parts.value}
        ask={(key, part) => (parts.value = new Map(parts.peek()).set(key, part))}
      />
      <FrontTable front={front} axes={axes} chosen={chosen} point={(design) => (pointed.value = design)} />
      <p class="note" lang="en">
        {front.claim}
      </p>
    </>
  );
}

function About({ front }: { readonly front: Front }) {
  const { machine, judged, feasible, designs, constraints, robust } = front;
  return (
    <div class="note">
      <p>
        {t(
          '{{machine}}: {{judged}} designs were judged, {{feasible}} meet the constraints, and none beats one of these {{n}} in all.',
          {
            machine,
            judged,
            feasible,
            n: designs.length,
          },
        )}{' '}
        <span lang="en">{constraints.join(', ')}</span>
      </p>
      {robust === null ? null : (
        <p>
          {robust.assured === null
            ? t('Objectives are means over {{n}} samples of {{names}}.', {
                n: robust.samples,
                names: robust.uncertain.join(', '),
              })
            : t('Objectives are reached in {{percent}} % of {{n}} samples of {{names}}.', {
                percent: Math.round(robust.assured * 100),
                n: robust.samples,
                names: robust.uncertain.join(', '),
              })}{' '}
          {t('Each constraint holds in at least {{percent}} % of them.', {
            percent: Math.round(robust.constraints_hold * 100),
          })}
        </p>
      )}
    </div>
  );
}
