/** Maps of a trained model: opened from its files, drawn at once, checked by the physics. Everything is computed here. */
import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { t } from '../language.ts';
import { short } from '../lab/field-text.ts';
import type { MapCard } from '../worker/messages.ts';
import { MapChart, savedFigure } from './map-chart.tsx';
import { MapChoices } from './map-controls.tsx';
import { savePicture, saveTable } from './map-files.ts';
import { MapReading } from './map-reading.tsx';
import { outputName } from './map-words.ts';
import { ask, card, fileName, grid, openFiles, problem, reading, start } from './model.ts';

export function Maps() {
  const isOver = useSignal(false);
  useEffect(start, []);
  const model = card.value;
  return (
    <div class="maps">
      <section
        class={isOver.value ? 'panel over' : 'panel'}
        aria-labelledby="map-title"
        data-testid="maps-panel"
        onDragOver={(event) => {
          event.preventDefault();
          isOver.value = true;
        }}
        onDragLeave={() => (isOver.value = false)}
        onDrop={(event) => {
          event.preventDefault();
          isOver.value = false;
          void openFiles([...(event.dataTransfer?.files ?? [])]);
        }}
      >
        <header class="panel-head">
          <h2 id="map-title">
            {model === null ? t('Maps') : outputName(model.outputs[ask.value?.fill ?? 0])}
          </h2>
          <span class="unit">{model === null ? '' : model.machine}</span>
          <Saving />
          <label class="command file">
            {t('Open a model')}
            <input
              type="file"
              multiple
              accept=".json,.bin,application/json,application/octet-stream"
              data-testid="map-files"
              onChange={(event) => void openFiles([...(event.currentTarget.files ?? [])])}
            />
          </label>
        </header>
        <Problem />
        <Drawn />
        {model === null && problem.value === null ? (
          <p class="note" role="status">
            {t('loading the model…')}
          </p>
        ) : null}
      </section>
      {model === null || ask.value === null ? null : (
        <>
          <MapReading card={model} now={ask.value} point={reading.value} />
          <About model={model} />
        </>
      )}
    </div>
  );
}

function Problem() {
  const now = problem.value;
  return (
    <p role="status" class={now === null ? '' : 'notice alarm'} data-testid="map-problem">
      {now === null ? '' : <span lang={now.isOwn ? undefined : 'en'}>{now.sentence}</span>}
    </p>
  );
}

function Drawn() {
  const model = card.value;
  const now = ask.value;
  if (model === null || now === null) return null;
  return (
    <>
      <MapChoices card={model} now={now} />
      {grid.value === null ? null : <MapChart card={model} grid={grid.value} />}
    </>
  );
}

/** What the files are that can be saved. */
function Saving() {
  const failed = useSignal(false);
  const model = card.value;
  const map = grid.value;
  if (model === null || map === null) return null;
  const save = async (format: 'png' | 'svg'): Promise<void> => {
    const at = ask.peek()?.at ?? map.of.at;
    failed.value = !(await savePicture(format, model, map, savedFigure({ card: model, grid: map }, at)));
  };
  return (
    <span class="map-saving" role="group" aria-label={t('Save the map')}>
      {failed.value ? (
        <span role="alert">{t('The browser could not make a picture of this size.')}</span>
      ) : null}
      <button type="button" class="quiet" data-testid="map-csv" onClick={() => saveTable(model, map)}>
        CSV
      </button>
      {(['png', 'svg'] as const).map((format) => (
        <button
          key={format}
          type="button"
          class="quiet"
          data-testid={`map-${format}`}
          onClick={() => void save(format)}
        >
          {format.toUpperCase()}
        </button>
      ))}
    </span>
  );
}

const COMMAND = 'npx elastocool surrogate train sweep/kilowatt-surrogate.parquet --out kilowatt';

function About({ model }: { readonly model: MapCard }) {
  const { trainedRows, heldOutRows, stopped, by, claim } = model;
  return (
    <div class="note map-about">
      <p>
        {fileName.value === ''
          ? t(
              'An example that comes with the page; drop model.json and weights.bin of a model of yours here. This command trains one:',
            )
          : t('From {{name}}. This command trains such a model:', { name: fileName.value })}{' '}
        <code>{COMMAND}</code>
      </p>
      <p>
        {t(
          'A network that learned {{trained}} operating points; its errors are those of {{held}} points that it was never shown, relative to the value or a tenth of the range.',
          { trained: trainedRows, held: heldOutRows },
        )}{' '}
        {stopped === null
          ? null
          : t('Its training was stopped at step {{at}} of {{of}}.', {
              at: short(stopped.atStep),
              of: short(stopped.ofSteps),
            })}{' '}
        {by === 'plain'
          ? t('Computed in this browser, without WebAssembly.')
          : t('Computed in this browser by TensorFlow.js; nothing is sent anywhere.')}{' '}
        <span lang="en">{claim}</span>
      </p>
    </div>
  );
}
