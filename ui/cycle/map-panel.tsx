/** What happens along a cell in a period, by the model beside the rig: alloy and fluid from the cold end to the hot one. */
import { ChartCanvas } from '../chart/chart-canvas.tsx';
import { t } from '../language.ts';
import { beat, telemetry } from '../session.ts';
import { STRETCHES } from '../store/pictures.ts';
import { fixed } from '../store/text.ts';
import { theme } from '../theme.ts';
import { conversionOf, convert } from '../units.ts';
import { cellShown, fieldShown } from './choices.ts';
import { FIELDS, type Field } from './fields.ts';
import { FIELD_SCALE, fieldColour } from './field-scale.ts';
import { MapChart, fieldAt, pointedStretch } from './map-chart.ts';
import { inWords } from './shown.ts';
import { Reading } from './reading.tsx';

const FIELD_WORD: Record<Field, () => string> = {
  alloy: () => t('alloy temperature'),
  fluid: () => t('fluid temperature'),
  difference: () => t('alloy minus fluid'),
  martensite: () => t('martensite'),
};

const STOPS = 24;

function ColourBar({ field }: { readonly field: Field }) {
  const { low, high, unit, steps } = FIELD_SCALE[field];
  // a difference is in K already, which has no choice
  const shown = conversionOf(unit);
  const at = (share: number): number => low + share * (high - low);
  const stops = Array.from({ length: STOPS + 1 }, (_, i) => fieldColour(field, theme.value, at(i / STOPS)));
  return (
    <div
      class="colour-bar num unit"
      role="img"
      aria-label={t('Colours from {{low}} to {{high}} {{unit}}', {
        low: fixed(convert(low, shown), 0),
        high: fixed(convert(high, shown), 0),
        unit: shown.unit,
      })}
    >
      <i style={{ background: `linear-gradient(90deg, ${stops.join(', ')})` }} />
      <span class="colour-ticks">
        {Array.from({ length: steps + 1 }, (_, i) => (
          <span key={i}>{fixed(convert(at(i / steps), shown), 0)}</span>
        ))}
      </span>
      <span class="colour-unit">{shown.unit}</span>
    </div>
  );
}

function FieldChoice() {
  return (
    <select
      class="cycle-choice"
      aria-label={t('What the map shows')}
      data-testid="map-field"
      value={fieldShown.value}
      onChange={({ currentTarget }) => {
        fieldShown.value = FIELDS.find((one) => one === currentTarget.value) ?? fieldShown.value;
      }}
    >
      {FIELDS.map((field) => (
        <option key={field} value={field}>
          {FIELD_WORD[field]()}
        </option>
      ))}
    </select>
  );
}

/** Which cycle it is, or why there is none. */
function MapNote() {
  beat();
  const picture = telemetry.pictures.ofCell(cellShown.value);
  return (
    <span class="unit">
      {picture === undefined
        ? t('the model has not drawn this cell yet; it draws one cell a second')
        : t('cycle {{n}}; the cells in turn, one a second', { n: picture.number })}
    </span>
  );
}

const placeWords = (stretch: number): string =>
  t('{{n}} % of the way from the cold end', { n: Math.round((100 * (stretch + 0.5)) / STRETCHES.length) });

export function MapPanel() {
  return (
    <section class="panel map-panel" aria-labelledby="map-title" data-testid="map-panel">
      <header class="panel-head">
        <h2 id="map-title">{t('Along cell {{n}}', { n: cellShown.value + 1 })}</h2>
        <span class="badge model-badge">{t('model')}</span>
        <FieldChoice />
        <MapNote />
      </header>
      <ChartCanvas
        class="tall map"
        label={t('The cell from its cold to its hot end, over one period')}
        create={(host) => new MapChart(host)}
      />
      <ColourBar field={fieldShown.value} />
      <Reading
        values={(phase) => {
          const picture = telemetry.pictures.ofCell(cellShown.value);
          if (picture === undefined) return null;
          const stretch = pointedStretch.value ?? Math.floor(STRETCHES.length / 2);
          const { unit, decimals } = FIELD_SCALE[fieldShown.value];
          const value = fieldAt(picture, fieldShown.value, stretch, Math.floor(phase * picture.bins));
          return `${inWords(value, unit, decimals)}, ${placeWords(stretch)}`;
        }}
      />
    </section>
  );
}
