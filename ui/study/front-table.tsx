/** The designs that are chosen, sorted by any of their numbers, each with its way into the playground. */
import { useSignal } from '@preact/signals';
import { t } from '../language.ts';
import { type FrontAxis, textOf } from './front-axes.ts';
import { type Front, type FrontDesign, playgroundLink } from './front-file.ts';

interface Props {
  readonly front: Front;
  readonly axes: readonly FrontAxis[];
  readonly chosen: readonly FrontDesign[];
  readonly point: (design: FrontDesign | null) => void;
}

const MOST_ROWS = 100;

export function FrontTable({ front, axes, chosen, point }: Props) {
  const order = useSignal<{ readonly key: string; readonly isRising: boolean } | null>(null);
  const by = axes.find(({ key }) => key === order.value?.key);
  const sign = order.value?.isRising === false ? -1 : 1;
  const sorted =
    by === undefined
      ? chosen
      : chosen.toSorted((a, b) => sign * ((by.valueOf(a) ?? Infinity) - (by.valueOf(b) ?? Infinity)));
  const numberOf = new Map(front.designs.map((design, i) => [design, i + 1]));
  const sort = (key: string): void => {
    order.value = { key, isRising: order.value?.key === key ? !order.value.isRising : true };
  };
  return (
    // wider than a phone: it moves within itself, by keys too
    <div class="front-table" tabIndex={0} role="region" aria-label={t('Chosen designs')}>
      <table data-testid="front-table">
        <thead>
          <tr>
            <th scope="col">{t('No.')}</th>
            {axes.map((axis) => (
              <th
                key={axis.key}
                scope="col"
                aria-sort={axis !== by ? undefined : sign > 0 ? 'ascending' : 'descending'}
              >
                <button type="button" onClick={() => sort(axis.key)}>
                  {axis.name} <span class="unit">{axis.unit}</span>
                  <span aria-hidden="true">{axis !== by ? '' : sign > 0 ? ' ▲' : ' ▼'}</span>
                </button>
              </th>
            ))}
            {front.robust === null ? null : <th scope="col">{t('constraints hold')}</th>}
            <th scope="col">{t('Playground')}</th>
          </tr>
        </thead>
        <tbody>
          {sorted.slice(0, MOST_ROWS).map((design) => (
            <tr
              key={numberOf.get(design)}
              onMouseEnter={() => point(design)}
              onMouseLeave={() => point(null)}
              onFocusIn={() => point(design)}
              onFocusOut={() => point(null)}
            >
              <th scope="row" class="num">
                {numberOf.get(design)}
              </th>
              {axes.map((axis) => (
                <td key={axis.key} class="num">
                  {textOf(axis, axis.valueOf(design))}
                </td>
              ))}
              {front.robust === null ? null : <td class="num">{Math.round(design.held_share * 100)} %</td>}
              <td>
                <PlaygroundLink href={playgroundLink(front, design)} number={numberOf.get(design) ?? 0} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {sorted.length <= MOST_ROWS ? null : (
        <p class="note">
          {t('{{n}} more are not listed; narrow an axis.', { n: sorted.length - MOST_ROWS })}
        </p>
      )}
    </div>
  );
}

function PlaygroundLink({ href, number }: { readonly href: string | null; readonly number: number }) {
  if (href === null) return null;
  return (
    <a href={href} aria-label={t('Open design {{n}} in the playground', { n: number })}>
      {t('Playground')}
    </a>
  );
}
