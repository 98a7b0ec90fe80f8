/** What the model says at the cursor, or at the pointer: each output with the error that it had on what it had not seen. */
import { addressOf } from '../address.ts';
import { t } from '../language.ts';
import { short, unitText } from '../lab/field-text.ts';
import { changesCodec } from '../lab/setup.ts';
import type { MapAsk, MapCard, MapPoint } from '../worker/messages.ts';
import { MapSliders } from './map-controls.tsx';
import { inputName, outputName } from './map-words.ts';
import { pointed } from './model.ts';
import { settingsOf } from './point.ts';

const percent = (value: number | null): string =>
  value === null ? '–' : `${short(Number(value.toPrecision(2)))} %`;

interface ReadingProps {
  readonly card: MapCard;
  readonly now: MapAsk;
  /** Null until the first answer. */
  readonly point: MapPoint | null;
}

export function MapReading({ card, now, point }: ReadingProps) {
  return (
    <section class="panel map-reading" aria-labelledby="map-reading-title">
      <header class="panel-head">
        <h2 id="map-reading-title">{pointed.value === null ? t('At the cursor') : t('At the pointer')}</h2>
      </header>
      <MapSliders card={card} now={now} />
      {point === null ? null : <Said card={card} point={point} fill={now.fill} />}
      <Simulate card={card} at={now.at} />
    </section>
  );
}

function Said({ card, point, fill }: Props) {
  return (
    <>
      <p class="num" role="status" data-testid="map-reading">
        {card.inputs.map((input, i) => (
          <span key={input.name}>
            {inputName(input)} <b>{short(point.at[i])}</b>
            {input.unit === '' ? '' : ` ${unitText(input.unit)}`}
            {i < card.inputs.length - 1 ? ', ' : ': '}
          </span>
        ))}
        <Answer card={card} point={point} fill={fill} />
      </p>
      {point.refusal === null ? <Table card={card} point={point} fill={fill} /> : null}
    </>
  );
}

interface Props {
  readonly card: MapCard;
  readonly point: MapPoint;
  readonly fill: number;
}

function Answer({ card, point, fill }: Props) {
  const { unit, p99Percent } = card.outputs[fill];
  const value = point.values[fill];
  if (point.refusal !== null)
    return (
      <>
        {t('the model was not trained here and says nothing.')} <span lang="en">{point.refusal}.</span>
      </>
    );
  if (value === null) return <>{t('it does not cool here: no COP')}</>;
  return (
    <>
      {outputName(card.outputs[fill])} <b>{short(value)}</b> {unit}{' '}
      {p99Percent === null
        ? null
        : t('(99 of 100 held-out points: error up to {{p99}})', { p99: percent(p99Percent) })}
    </>
  );
}

function Table({ card, point, fill }: Props) {
  return (
    <div class="map-table" role="region" tabIndex={0} aria-label={t('All outputs of the model')}>
      <table data-testid="map-outputs">
        <thead>
          <tr>
            <th scope="col">{t('output')}</th>
            <th scope="col">{t('value')}</th>
            <th scope="col">{t('unit')}</th>
            <th scope="col">{t('error, median')}</th>
            <th scope="col">{t('error, 99 of 100')}</th>
            <th scope="col">{t('error, worst')}</th>
          </tr>
        </thead>
        <tbody>
          {card.outputs.map((output, i) => (
            <tr key={output.name} class={i === fill ? 'shown' : ''}>
              <th scope="row">{outputName(output)}</th>
              <td class="num">{point.values[i] === null ? '–' : short(point.values[i])}</td>
              <td class="unit">{output.unit}</td>
              <td class="num">{percent(output.medianPercent)}</td>
              <td class="num">{percent(output.p99Percent)}</td>
              <td class="num">{percent(output.worstPercent)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** Into the playground with all values of the cursor: the map is checked by the physics it was learned from. */
function Simulate({ card, at }: { readonly card: MapCard; readonly at: readonly number[] }) {
  const settings = settingsOf(card, at);
  if (settings === null)
    return (
      <p class="note">
        {t('The playground does not know this machine, or the file does not name its study.')}
      </p>
    );
  const href = addressOf('study', {
    study: 'playground',
    preset: card.machine,
    set: changesCodec.write(settings),
  });
  return (
    <p>
      <a class="map-simulate" href={href} data-testid="map-simulate">
        {t('Simulate the point of the cursor')}
      </a>
    </p>
  );
}
