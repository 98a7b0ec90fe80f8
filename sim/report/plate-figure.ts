/** The rate study of the plate test as a figure, beside what was published. */
import { PLATE_COOLING_TIME, PUBLISHED_PLATE, type PlateReport } from '../study/plate-test.ts';
import { type Series, xyFigure } from './xy-figure.ts';

const COLORS = ['#0072b2', '#d55e00', '#009e73'];
const DASHES = [undefined, 'long', 'short'] as const;

export function plateFigure(report: PlateReport): string {
  const { slow, fast } = report.cooling_time_band;
  const x = slow.points.map((p) => p.rate);
  const of = (study: typeof slow, key: 'heating_K' | 'cooling_K') => study.points.map((p) => p[key]);
  const { low, high } = PLATE_COOLING_TIME;
  const band: Series[] = [
    {
      kind: 'band',
      label: `heat loss in ${low} to ${high} s (${slow.law})`,
      color: COLORS[0],
      x,
      low: of(fast, 'heating_K'),
      high: of(slow, 'heating_K'),
    },
    { kind: 'band', color: COLORS[0], x, low: of(slow, 'cooling_K'), high: of(fast, 'cooling_K') },
  ];
  const laws = report.studies.flatMap((study, i): Series[] => {
    const dash = DASHES[i];
    const style = {
      kind: 'line',
      color: COLORS[i],
      ...(dash && { dash }),
      x: study.points.map((p) => p.rate),
    } as const;
    return [
      { ...style, label: `${study.law} law`, y: of(study, 'heating_K') },
      { ...style, y: of(study, 'cooling_K') },
    ];
  });
  const { heating, cooling, rate, adiabaticAbove } = PUBLISHED_PLATE;
  return xyFigure({
    title: 'NiTi plate, 4.2 % in tension: temperature change against strain rate',
    x: { label: 'strain rate', unit: '1/s', scale: 'log', domain: [1e-4, 1] },
    y: { label: 'change of temperature', unit: 'K', domain: [-20, 20] },
    series: [
      {
        kind: 'band',
        label: 'published as adiabatic',
        color: '#6b7480',
        x: [adiabaticAbove, 1],
        low: [-20, -20],
        high: [20, 20],
      },
      ...band,
      ...laws,
      {
        kind: 'points',
        label: 'published (calibrated to)',
        color: '#1c2530',
        x: [rate, rate],
        y: [heating, cooling],
      },
    ],
    note: report.claim,
  });
}
