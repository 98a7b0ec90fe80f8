/** Temperatures and martensite along the banks of a machine, with the windows of their alloys behind them. */
import type { AlongTheBanks, BankSwing, Swing } from '../../../study/systems/along-the-banks.ts';
import type { Series } from '../../marks.ts';
import { INK, PALETTE } from '../../svg.ts';
import { panels } from '../kilowatt/panels.ts';

const FLUID = PALETTE[0];
const ALLOY = PALETTE[1];
/** Of the windows, from the cold to the warm alloy; further ones begin again. */
const WINDOWS = [PALETTE[4], PALETTE[2], PALETTE[5]] as const;

export interface AlongFigure {
  readonly title: string;
  readonly along: AlongTheBanks;
  /** Name of the alloy of each bank; banks of the same alloy share a name. */
  readonly alloys: readonly string[];
}

export function alongFigure({ title, along, alloys }: AlongFigure): string {
  const { banks } = along;
  const x = {
    label: 'way of the fluid from the cold end',
    unit: 'lengths of a tube',
    domain: [0, banks.length],
  } as const;
  return panels([
    {
      title,
      x,
      y: { label: 'temperature', unit: '°C' },
      series: [
        ...banks.map((bank, k) => windowSeries(bank, k, alloys)),
        ...lines(banks, 'alloy_C', 'alloy, coldest and hottest of the cycle', ALLOY, 'solid'),
        ...lines(banks, 'fluid_C', 'fluid, coldest and hottest', FLUID, 'long'),
      ],
      height: 430,
    },
    {
      title: 'Martensite at the end of the strokes',
      x,
      y: { label: 'martensite fraction', unit: '', domain: [-0.05, 1.05], ticks: [0, 0.25, 0.5, 0.75, 1] },
      series: lines(banks, 'fraction', 'least and most of the cycle', INK, 'solid'),
      height: 270,
    },
  ]);
}

function windowSeries(bank: BankSwing, k: number, alloys: readonly string[]): Series {
  const first = alloys.indexOf(alloys[k]);
  const { window_low_C: low, window_high_C: high } = bank;
  return {
    kind: 'band',
    ...(first === k && { label: `window of the ${alloys[k]}` }),
    color: WINDOWS[first % WINDOWS.length],
    x: [k, k + 1],
    low: [low, low],
    high: [high, high],
  };
}

function lines(
  banks: readonly BankSwing[],
  key: 'alloy_C' | 'fluid_C' | 'fraction',
  label: string,
  color: string,
  dash: 'solid' | 'long',
): Series[] {
  // broken between two banks, where the alloy changes
  const x = banks.flatMap((bank, k) => [
    ...bank[key].low.map((_, i, all) => k + (i + 0.5) / all.length),
    k + 1,
  ]);
  const along = (end: keyof Swing) => banks.flatMap((bank) => [...bank[key][end], null]);
  return [
    { kind: 'line', label, color, dash, x, y: along('low') },
    { kind: 'line', color, dash, x, y: along('high') },
  ];
}
