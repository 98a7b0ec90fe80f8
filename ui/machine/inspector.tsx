/** What is known of the chosen part, beside the drawing: channels, limits, alarms, and the way to its charts. */
import type { Fault } from '../../controller/wire/messages.ts';
import { t } from '../language.ts';
import { Said } from '../language/said-words.tsx';
import { isCycling } from '../live-values.ts';
import { gravityOf } from '../operate/alarms.ts';
import { acceleration, beat, hello, state, telemetry } from '../session.ts';
import { channelList, type ChannelSeries } from '../store/channel-list.ts';
import { fixed } from '../store/text.ts';
import { convert, decimalsOf, differenceOf, textShown, unitShown } from '../units.ts';
import { faultsOf } from './alarm-parts.ts';
import { type PartSpec, partSpec, wallText } from './catalogue.ts';
import { addressWith, part } from './chosen.ts';
import { headroom, type LimitSpec } from './headroom.ts';
import { SPARK_S, Sparkline } from './sparkline.tsx';

const byId = new Map(channelList(telemetry).map((series) => [series.id, series]));
const seriesOf = ({ channels }: PartSpec): ChannelSeries[] => channels.flatMap((id) => byId.get(id) ?? []);

/** Digits behind the point in a channel's own unit, as its sensor is worth. */
const DECIMALS: Readonly<Record<string, number>> = {
  '°C': 1,
  K: 1,
  W: 0,
  MPa: 0,
  kN: 2,
  mm: 2,
  bar: 2,
  'kg/s': 3,
  ms: 0,
  '': 2,
};

function ChannelRow({ series }: { readonly series: ChannelSeries }) {
  beat();
  const { id, title, unit, group } = series;
  // A cycle that is over says nothing of the present.
  const value = group === 'cycle' && !isCycling() ? Number.NaN : series.newest();
  return (
    <li class="channel-row" data-testid={`channel-${id}`}>
      <span class="channel-title">{t(title)}</span>
      <Sparkline series={series} />
      <span class="channel-value num">
        {textShown(value, unit, DECIMALS[unit] ?? 2)} <span class="unit">{unitShown(unit)}</span>
      </span>
    </li>
  );
}

function LimitRow({ spec }: { readonly spec: LimitSpec }) {
  beat();
  const limits = hello.value?.rig.limits;
  if (limits === undefined) return null;
  const values = [
    byId.get(spec.now)?.newest() ?? Number.NaN,
    spec.ofCycle !== null && isCycling() ? (byId.get(spec.ofCycle)?.newest() ?? Number.NaN) : Number.NaN,
  ];
  const { value, limit, left } = headroom(spec, limits[spec.of], values);
  const difference = differenceOf(spec.unit);
  const fill = {
    value: textShown(value, spec.unit, spec.decimals),
    limit: textShown(limit, spec.unit, spec.decimals),
    unit: unitShown(spec.unit),
    left: fixed(convert(Math.abs(left), difference), decimalsOf(spec.decimals, difference)),
    step: difference.unit,
  };
  const sentence = Number.isNaN(left)
    ? t('limit {{limit}} {{unit}}, nothing read', fill)
    : left < 0
      ? t('{{value}}, limit {{limit}} {{unit}}: {{left}} {{step}} beyond', fill)
      : spec.isFloor
        ? t('{{value}}, at least {{limit}} {{unit}}: {{left}} {{step}} left', fill)
        : t('{{value}}, at most {{limit}} {{unit}}: {{left}} {{step}} left', fill);
  return (
    <li class={left < 0 ? 'beyond' : ''} data-testid={`limit-${spec.key}`}>
      <code>{spec.key}</code> <span class="num">{sentence}</span>
    </li>
  );
}

function AlarmRow({ fault }: { readonly fault: Fault }) {
  return (
    <li class={`part-fault ${gravityOf(fault)}`}>
      <code>{fault.key}</code> {fault.isPresent ? null : <span class="unit">{t('gone')}</span>}
      <p>
        <Said words={fault.sentence} />
      </p>
    </li>
  );
}

function Limits({ limits }: { readonly limits: readonly LimitSpec[] }) {
  if (limits.length === 0) return <p class="note">{t('No limit of its own.')}</p>;
  return (
    <ul class="part-limits">
      {limits.map((spec) => (
        <LimitRow key={spec.key} spec={spec} />
      ))}
    </ul>
  );
}

function Alarms() {
  const faults = faultsOf(part.value, state.value?.faults ?? []);
  if (faults.length === 0) return <p class="note">{t('No alarm names it.')}</p>;
  return (
    <ul>
      {faults.map((fault) => (
        <AlarmRow key={fault.key} fault={fault} />
      ))}
    </ul>
  );
}

/** Of what swings with the cycle, single readings at a faster pace are samples here and there. */
function PaceNote() {
  if (acceleration.value <= 1) return null;
  return (
    <p class="note">
      {t('At {{n}}× single readings are too far apart to follow a cycle; figures of a cycle are whole.', {
        n: acceleration.value,
      })}
    </p>
  );
}

export function Inspector() {
  const spec = partSpec(part.value);
  const series = seriesOf(spec);
  return (
    <section class="panel inspector" aria-labelledby="part-title" aria-live="off" data-testid="inspector">
      <header class="panel-head">
        <h2 id="part-title">{spec.title()}</h2>
        {part.value === 'machine' ? (
          <span class="note">{t('Choose a part in the drawing.')}</span>
        ) : (
          <a href={addressWith('machine', 'part', 'machine')}>{t('the whole machine')}</a>
        )}
      </header>
      <p>{spec.meaning()}</p>
      <h3>{t('Channels, last {{n}} s', { n: SPARK_S })}</h3>
      <ul class="channel-rows">
        {series.map((one) => (
          <ChannelRow key={one.id} series={one} />
        ))}
      </ul>
      <PaceNote />
      <a href={addressWith('channels', 'charts', wallText(series))} data-testid="part-charts">
        {t('Chart these channels')}
      </a>
      <h3>{t('Limits')}</h3>
      <Limits limits={spec.limits} />
      <h3>{t('Alarms')}</h3>
      <Alarms />
    </section>
  );
}
