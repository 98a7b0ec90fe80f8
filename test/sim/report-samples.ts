/** Chapters of made-up numbers with everything a report can hold, to look at and to test with. */
import { type BarFigure, barFigure } from '../../sim/report/bar-figure.ts';
import type { Block, ChapterContent, Table } from '../../sim/report/chapter.ts';
import { type MapFigure, mapFigure } from '../../sim/report/map-figure.ts';
import type { ReportHead } from '../../sim/report/page.ts';
import { type SankeyFigure, sankeyFigure } from '../../sim/report/sankey-figure.ts';
import { type XyFigure, xyFigure } from '../../sim/report/xy-figure.ts';

const frequencies = Array.from({ length: 23 }, (_, i) => 0.5 + 0.25 * i);
const power = (f: number): number => 1650 * f * Math.exp(-f / 2.6) * 0.98;

export const SAMPLE_XY: XyFigure = {
  title: 'Cooling power over frequency at zero lift',
  x: { label: 'frequency', unit: 'Hz' },
  y: { label: 'cooling power', unit: 'W', domain: [0, 2000] },
  right: { label: 'drop of pressure', unit: 'mbar', domain: [0, 200] },
  series: [
    {
      kind: 'band',
      label: 'model, 5 % to 95 % of the members',
      color: '#0072b2',
      x: frequencies,
      low: frequencies.map((f) => 0.8 * power(f)),
      high: frequencies.map((f) => 1.15 * power(f)),
    },
    { kind: 'line', label: 'model, median', color: '#0072b2', x: frequencies, y: frequencies.map(power) },
    {
      kind: 'line',
      label: 'drop of pressure (right)',
      color: '#d55e00',
      dash: 'long',
      axis: 'right',
      x: frequencies,
      y: frequencies.map((f) => (f === 4 ? null : 20 * f)),
    },
    {
      kind: 'points',
      label: 'published: 1,284 W at 3.5 Hz (calibrated to)',
      color: '#1c2530',
      x: [3.5],
      y: [1284],
      low: [1220],
      high: [1350],
      xLow: [3.4],
      xHigh: [3.6],
    },
  ],
  annotations: [
    { kind: 'vertical', at: 2.6, label: 'optimum of the median' },
    { kind: 'vertical', at: 3.5, label: 'published frequency' },
    { kind: 'horizontal', at: 260, label: 'best device before it' },
  ],
  note: 'Numbers of this sample are made up. The published point was calibrated to and proves nothing; the band is the spread over assumed parameters.',
};

const rooms = Array.from({ length: 12 }, (_, i) => 2 * 10 ** (i / 11));
const flows = Array.from({ length: 9 }, (_, i) => 0.05 + 0.05 * i);
/** Known everywhere, so that a colour can be held against it. */
export const sampleRoom = (loss: number, flow: number): number =>
  16 + 9 * Math.log10(loss) + 3 / (1 + 9 * flow);

export const SAMPLE_MAP: MapFigure = {
  title: 'Temperature of the model house after 15 min',
  x: { label: 'loss of the envelope', unit: 'W/K', scale: 'log', at: rooms },
  y: { label: 'flow of air', unit: 'kg/s', at: flows },
  value: { label: 'temperature', unit: '°C' },
  values: flows.map((flow, j) => rooms.map((loss, i) => (i > 8 && j > 6 ? null : sampleRoom(loss, flow)))),
  missing: 'not converged',
  contours: [{ level: 21 }, { level: 22 }, { level: 24, label: '24 °C, too warm' }],
  points: [{ x: 6, y: 0.2, label: 'assumed envelope and fan' }],
  note: 'Between the lines of 21 and 22 °C the published house comes true. Numbers of this sample are made up.',
};

export const SAMPLE_SANKEY: SankeyFigure = {
  title: 'First law over one cycle at 10 K lift',
  unit: 'W',
  nodes: [
    { key: 'load', label: 'work of loading' },
    { key: 'pump', label: 'work of the pump' },
    { key: 'cold', label: 'heat from the cold side' },
    { key: 'alloy', label: 'alloy' },
    { key: 'fluid', label: 'fluid' },
    { key: 'recovered', label: 'work given back in unloading' },
    { key: 'hot', label: 'heat to the hot side' },
    { key: 'ambient', label: 'heat lost to the surroundings' },
  ],
  links: [
    { from: 'load', to: 'alloy', value: 1400, kind: 'work' },
    { from: 'pump', to: 'fluid', value: 35, kind: 'work' },
    { from: 'cold', to: 'fluid', value: 900, kind: 'cold' },
    { from: 'alloy', to: 'recovered', value: 880, kind: 'work' },
    { from: 'alloy', to: 'fluid', value: 520, kind: 'heat' },
    { from: 'fluid', to: 'hot', value: 1390, kind: 'heat' },
    { from: 'fluid', to: 'ambient', value: 65, kind: 'loss' },
  ],
  note: 'Every band is as wide as its power. Numbers of this sample are made up.',
};

export const SAMPLE_BARS: BarFigure = {
  title: 'Cooling power of machines, model beside what was published',
  value: { label: 'cooling power', unit: 'W' },
  groups: [
    'hkust-kilowatt-2025',
    'umd-multimode-2023',
    'ljubljana-2022, heating at 10 K span',
    'rotary drive (what if)',
  ],
  series: [
    {
      label: 'at zero lift',
      values: [1284, 270, 92, 1500],
      low: [1100, 180, 60, null],
      high: [1420, 390, 130, null],
    },
    {
      label: 'at 10 K lift',
      values: [880, 160, 55, 1120],
      low: [640, 90, 20, 800],
      high: [1010, 220, 90, 1300],
    },
    { label: 'at 20 K lift', values: [330, null, 15, 610] },
    {
      label: 'published',
      kind: 'points',
      values: [1284, 260, 60, null],
      low: [1220, 250, 55, null],
      high: [1350, 270, 65, null],
    },
  ],
  note: 'Whiskers: 5 % to 95 % of the members. Numbers of this sample are made up.',
};

export const SAMPLE_STACK: BarFigure = {
  title: 'Electricity of a summer day',
  value: { label: 'electricity', unit: 'kWh' },
  groups: ['elastocaloric', 'elastocaloric, 78 % of the work recovered', 'split unit'],
  series: [
    { label: 'drive', values: [4.1, 2.2, 0] },
    { label: 'pump and valves', values: [0.6, 0.6, 0] },
    { label: 'fans', values: [0.4, 0.4, 0.5] },
    { label: 'compressor', values: [0, 0, 2.4] },
  ],
  stacked: true,
};

const paragraph = (text: string): Block => ({ kind: 'paragraph', text });
const figure = (key: string, svg: string, caption: string): Block => ({
  kind: 'figure',
  figure: { key, svg, caption },
});

export const SAMPLE_HEAD: ReportHead = {
  title: 'elastocool held against the literature',
  subtitle:
    'Which numbers were published, which were fitted, which were predicted, and where the model fails.',
  version: '0.1.0',
  seed: 4,
  samples: 96,
  fingerprint: '6e1b0f6a2c9d44e7b8a1',
};

export function sampleChapters(): ChapterContent[] {
  return [
    {
      key: 'score',
      title: 'The score',
      blocks: [
        paragraph(
          'Every published figure stands beside what the model says, with the interval that holds nine tenths of the machines that meet the calibration targets. Numbers of this sample are made up; the page, its figures and its tables are what is shown.',
        ),
        { kind: 'heading', text: 'All rows' },
        { kind: 'table', table: SAMPLE_TABLE },
        { kind: 'heading', text: 'Machines side by side' },
        figure(
          'machines',
          barFigure(SAMPLE_BARS),
          'Model (bars, whiskers from 5 % to 95 %) beside published figures (circles).',
        ),
      ],
    },
    {
      key: 'kilowatt',
      title: 'The kilowatt machine',
      blocks: [
        paragraph(
          'The published 1,284 W at 3.5 Hz is a calibration target, not a validation: the flow, the gaps and the entropy of the alloy are free, and zero-lift power alone fixes almost nothing.',
        ),
        figure(
          'frequency',
          xyFigure(SAMPLE_XY),
          'Cooling power over frequency. Published: one point, calibrated to. Assumed: flow, gaps, entropy.',
        ),
        paragraph(
          'Over one cycle the work of loading and the heat of the cold side go in, and what comes back in unloading, the heat of the hot side and the losses go out.',
        ),
        figure(
          'first-law',
          sankeyFigure(SAMPLE_SANKEY),
          'First law over one cycle. All values are of the model.',
        ),
      ],
    },
    {
      key: 'house',
      title: 'The model house',
      blocks: [
        paragraph('Which envelopes and fans make the published house come true.'),
        figure(
          'house-map',
          mapFigure(SAMPLE_MAP),
          'Temperature after 15 min over the loss of the envelope and the flow of air. Published: 21 to 22 °C; assumed: both axes.',
        ),
        figure('day', barFigure(SAMPLE_STACK), 'Electricity of a day; what-if values.'),
      ],
    },
  ];
}

const right = 'right' as const;
const SAMPLE_TABLE: Table = {
  title: 'Published figures beside the model; intervals hold 90 % of the conditioned machines.',
  columns: [
    { label: 'system' },
    { label: 'quantity' },
    { label: 'published', align: right },
    { label: 'model', align: right },
    { label: 'interval', align: right },
    { label: 'unit' },
    { label: 'role' },
    { label: 'sure' },
    { label: 'verdict' },
    { label: 'note' },
  ],
  rows: [
    {
      cells: [
        'hkust-kilowatt-2025',
        'cooling power at zero lift, 3.5 Hz',
        '1284',
        '1281',
        '1220 to 1350',
        'W',
        'calibration',
        'P',
        'calibrated',
        null,
      ],
    },
    {
      cells: [
        'umd-multimode-2023',
        'cooling power',
        '260',
        '244',
        '190 to 301',
        'W',
        'prediction',
        'P',
        'pass',
        null,
      ],
      verdict: 'pass',
    },
    {
      cells: [
        'ljubljana-2022',
        'span at zero load',
        '31',
        '24',
        '20 to 28',
        'K',
        'prediction',
        'T',
        'fail',
        'The shell side of the bundle mixes less in the model than the tubes of the machine were reported to do.',
      ],
      verdict: 'fail',
    },
    {
      cells: [
        'hkust-freezer-2026',
        'COP with ideal work recovery',
        '3.4',
        '4.0',
        '1.2 to 9.0',
        '',
        'prediction',
        'P',
        'uninformative',
        null,
      ],
      verdict: 'uninformative',
    },
    {
      cells: ['hkust-cascade-2024', 'lift', '75', null, null, 'K', 'consistency', 'T', 'not computed', null],
    },
  ],
  note: 'T read in the paper, P press or newspaper. Calibration rows never enter the score.',
};
