/** The figure that every system has: power and COP over the temperature lift, with band, span and published points. */
import { type PointShape, type Series, yValues } from '../../marks.ts';
import { INK, paletteColor } from '../../svg.ts';
import { bandOf } from '../band.ts';
import { panels } from '../kilowatt/panels.ts';
import { figure, range } from '../words.ts';
import { type LiftFamily, type Pick, spansOf, valuesOf } from './lift-family.ts';

export interface LiftView {
  readonly family: LiftFamily;
  /** Of the machine and how it is run. */
  readonly label: string;
  /** Its curves in the two panels. */
  readonly power?: Pick;
  readonly cop?: Pick;
  /** Its span is marked on the axis of the power; not where heating is drawn. */
  readonly hasSpan?: true;
}

/** A published figure in the panel of the power; its role stands in its label. */
export interface PublishedPoint {
  readonly label: string;
  readonly lift_K: number;
  readonly value: number;
  readonly liftRange_K?: readonly [low: number, high: number];
  /** "at least" and "up to" are triangles. */
  readonly isBound?: true;
  /** Red: the model disagrees. */
  readonly isMissed?: boolean;
}

export interface LiftFigure {
  readonly title: string;
  readonly power: { readonly label: string; readonly unit: string };
  /** Which COP. */
  readonly copTitle: string;
  readonly views: readonly LiftView[];
  readonly published: readonly PublishedPoint[];
  /** A published COP whose lift is not known: a line across. */
  readonly publishedCop?: { readonly at: number; readonly label: string };
}

const MISSED = '#b42318';
const DASHES = ['solid', 'long', 'short'] as const;

export function liftFigure({ title, power, copTitle, views, published, publishedCop }: LiftFigure): string {
  const furthest = Math.max(...views.flatMap(({ family }) => family.lifts_K));
  // points at zero lift are seen whole
  const x = { label: 'temperature lift', unit: 'K', domain: [-0.02 * furthest, furthest] } as const;
  const curves = (panel: 'power' | 'cop') =>
    views.flatMap((view, k) => {
      const pick = view[panel];
      return pick ? curveSeries(view, k, pick) : [];
    });
  const powers = [
    ...curves('power'),
    ...views.flatMap((view, k) => spanSeries(view, k)),
    ...published.map(publishedSeries),
  ];
  const most = highest(powers);
  const cops = curves('cop');
  return panels([
    {
      title,
      x,
      y: { ...power, domain: [-0.2 * most, 1.1 * most] },
      series: powers,
      annotations: [{ kind: 'horizontal', at: 0, label: '' }],
      height: 430,
    },
    {
      title: copTitle,
      x,
      y: { label: 'COP', unit: '', domain: [0, 1.15 * Math.max(highest(cops), publishedCop?.at ?? 0)] },
      series: cops,
      annotations: publishedCop ? [{ kind: 'horizontal', ...publishedCop }] : [],
      height: 330,
    },
  ]);
}

const highest = (series: readonly Series[]): number =>
  Math.max(...series.flatMap(yValues).filter((v): v is number => Number.isFinite(v)));

/** The band of the members, where there are several, and the preset. */
function curveSeries({ family, label }: LiftView, place: number, pick: Pick): Series[] {
  const x = family.lifts_K;
  const color = paletteColor(place);
  const values = family.members.map(({ value, weight }) => ({
    value: valuesOf(family, value, pick),
    weight,
  }));
  const line: Series = {
    kind: 'line',
    label,
    color,
    dash: DASHES[place % DASHES.length],
    x,
    y: valuesOf(family, family.preset, pick),
  };
  if (values.length < 2) return [line];
  const named = place === 0 ? { label: 'members, 5 to 95 %' } : {};
  return [{ kind: 'band', ...named, color, x, ...bandOf(values) }, line];
}

function spanSeries({ family, hasSpan }: LiftView, place: number): Series[] {
  const { preset, band } = spansOf(family);
  if (!hasSpan || !Number.isFinite(preset)) return [];
  return [
    {
      kind: 'points',
      label: `span ${figure(preset, 1)} K (members ${range(band, 1)} K)`,
      color: paletteColor(place),
      shape: 'diamond',
      x: [preset],
      y: [0],
      xLow: [band.low],
      xHigh: [band.high],
    },
  ];
}

function publishedSeries({ label, lift_K, value, liftRange_K, isBound, isMissed }: PublishedPoint): Series {
  const shape: PointShape = isBound ? 'triangle' : 'circle';
  return {
    kind: 'points',
    label,
    color: isMissed ? MISSED : INK,
    shape,
    x: [lift_K],
    y: [value],
    ...(liftRange_K && { xLow: [liftRange_K[0]], xHigh: [liftRange_K[1]] }),
  };
}

/** COP where something is cooled. */
export const copWhileCooling =
  (key: 'cop_device' | 'cop_material'): Pick =>
  (point) =>
    point.cooling_power_W > 0 ? point[key] : null;
