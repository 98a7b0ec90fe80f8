/** The adiabatic change of an alloy over its temperature, with the band of the members' alloys. */
import type { BankConfig } from '../../../config/device-config.ts';
import { adiabaticChange } from '../../../study/literature/adiabatic-change.ts';
import { workingWindow } from '../../../study/literature/window.ts';
import type { ChapterContext } from '../../chapter.ts';
import type { Annotation } from '../../marks.ts';
import { INK, PALETTE } from '../../svg.ts';
import { xyFigure } from '../../xy-figure.ts';
import { bandOf } from '../band.ts';
import { thinned } from '../../../study/sampling/weighted.ts';

export interface ChangeFigure {
  readonly title: string;
  /** Key of the preset whose first bank has the alloy. */
  readonly key: string;
  readonly stress_MPa: number;
  readonly temperatures_C: readonly number[];
  readonly published: { readonly label: string; readonly temperature_C: number; readonly change_K: number };
  /** Besides the working window. */
  readonly annotations?: readonly Annotation[];
}

const MEMBERS = 30;

export function changeFigure(context: ChapterContext, figure: ChangeFigure): string {
  const { key, stress_MPa, temperatures_C: x, published } = figure;
  const materialOf = (changes = {}) => context.load({ preset: key, changes }).device.layout.banks[0].material;
  const own = materialOf();
  const members = thinned(context.members(key), MEMBERS).map(({ changes, weight }) => ({
    material: materialOf(changes),
    weight,
  }));
  const falls = (material: BankConfig['material']) =>
    x.map((t) => -adiabaticChange(material, t, stress_MPa).unloading_K);
  const rises = x.map((t) => adiabaticChange(own, t, stress_MPa).loading_K);
  const window = workingWindow(own, stress_MPa);
  const band = bandOf(members.map(({ material, weight }) => ({ value: falls(material), weight })));
  return xyFigure({
    title: figure.title,
    x: { label: 'temperature before the stroke', unit: '°C', domain: [x[0], x[x.length - 1]] },
    y: {
      label: 'adiabatic change',
      unit: 'K',
      domain: [0, 1.15 * Math.max(...rises, published.change_K, ...band.high)],
    },
    series: [
      ...(members.length > 1
        ? [{ kind: 'band', label: 'members, unloading, 5 to 95 %', color: PALETTE[0], x, ...band } as const]
        : []),
      { kind: 'line', label: 'fall on unloading', color: PALETTE[0], x, y: falls(own) },
      { kind: 'line', label: 'rise on loading', color: PALETTE[1], dash: 'long', x, y: rises },
      {
        kind: 'points',
        label: published.label,
        color: INK,
        x: [published.temperature_C],
        y: [published.change_K],
      },
    ],
    annotations: [
      { kind: 'vertical', at: window.low_C, label: 'austenite finish' },
      { kind: 'vertical', at: window.high_C, label: `${stress_MPa} MPa no longer complete it` },
      ...(figure.annotations ?? []),
    ],
    height: 440,
  });
}
