/** The instrument wall as a value: what a link says, what may stand together, and the figures of a window. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CURVE_LOOKS, curveColour, curveDash } from '../../ui/colour/curve-colours.ts';
import { luminance } from '../../ui/colour/oklab.ts';
import { Polyline } from '../../ui/store/polyline.ts';
import {
  colourFor,
  countChannels,
  layoutCodec,
  MOST_CHANNELS,
  MOST_CHARTS,
  withChannel,
  withMoved,
  withoutChannel,
  type Layout,
} from '../../ui/wall/layout.ts';
import { figuresOf, shownFigures } from '../../ui/wall/window-figures.ts';

const LAYOUT: Layout = [
  [
    { id: 'tick.room_C', colour: 0 },
    { id: 'tick.outdoor_C', colour: 1 },
  ],
  [{ id: 'cycle.cooling_power_W', colour: 2 }],
];

describe('layout in a link', () => {
  it('comes back as it was', () => {
    expect(layoutCodec.read(layoutCodec.write(LAYOUT))).toEqual(LAYOUT);
  });

  it('keeps an empty chart', () => {
    expect(layoutCodec.read(layoutCodec.write([[], ...LAYOUT]))).toEqual([[], ...LAYOUT]);
  });

  it('takes any text without failing, and never more than there may be', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 5000 }), (text) => {
        const layout = layoutCodec.read(text) ?? [];
        expect(layout.length).toBeLessThanOrEqual(MOST_CHARTS);
        expect(countChannels(layout)).toBeLessThanOrEqual(MOST_CHANNELS);
      }),
    );
    const many = Array.from({ length: 300 }, (_, i) => `tick.c${i}.0`).join('*');
    expect(countChannels(layoutCodec.read(`${many} ${many}`) ?? [])).toBe(MOST_CHANNELS);
  });

  it('leaves out what means nothing', () => {
    expect(layoutCodec.read('tick.room_C.0*nonsense*.3*tick.outdoor_C.-1')).toEqual([
      [{ id: 'tick.room_C', colour: 0 }],
    ]);
  });
});

describe('colours', () => {
  it('differ on a chart as long as there are any left', () => {
    let layout: Layout = [[]];
    for (let i = 0; i < CURVE_LOOKS; i++) {
      const id = `tick.c${i}`;
      layout = withChannel(layout, 0, { id, colour: colourFor(layout, 0, id, CURVE_LOOKS) });
    }
    expect(new Set(layout[0].map(({ colour }) => colour)).size).toBe(CURVE_LOOKS);
    const looks = layout[0].map(
      ({ colour }) => `${curveColour('light', colour)} ${curveDash(colour).join()}`,
    );
    expect(new Set(looks).size).toBe(CURVE_LOOKS);
  });

  it('stay with a channel on another chart, and when others leave', () => {
    expect(colourFor(LAYOUT, 1, 'tick.outdoor_C', CURVE_LOOKS)).toBe(1);
    expect(withoutChannel(LAYOUT, 0, 'tick.room_C')[0]).toEqual([{ id: 'tick.outdoor_C', colour: 1 }]);
  });
});

/** `--panel` of ui/style/tokens.css. */
const PANEL = { light: '#ffffff', dark: '#151b22' } as const;

const channelsOf = (hex: string): [number, number, number] => [
  Number.parseInt(hex.slice(1, 3), 16),
  Number.parseInt(hex.slice(3, 5), 16),
  Number.parseInt(hex.slice(5, 7), 16),
];

describe.each(['light', 'dark'] as const)('curves on a %s ground', (theme) => {
  it('stand out by 3 to 1, as WCAG 1.4.11 asks of what is not text', () => {
    const ground = luminance(channelsOf(PANEL[theme]));
    for (let i = 0; i < CURVE_LOOKS; i++) {
      const [bright, dim] = [ground, luminance(channelsOf(curveColour(theme, i)))].toSorted((a, b) => b - a);
      expect((bright + 0.05) / (dim + 0.05), curveColour(theme, i)).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('charts', () => {
  it('move by one place and stop at the ends', () => {
    expect(withMoved(LAYOUT, 0, 1)).toEqual([LAYOUT[1], LAYOUT[0]]);
    expect(withMoved(LAYOUT, 0, -1)).toBe(LAYOUT);
  });
});

describe('figures of a window', () => {
  const rows = [
    [0, 100],
    [1, 1],
    [2, 3],
    [2.5, Number.NaN],
    [3, 5],
    [4, 100],
  ] as const;
  const trace = (_: unknown, out: Polyline): void => {
    out.clear();
    for (const [x, y] of rows) {
      if (Number.isNaN(y)) out.liftPen(x);
      else out.add(x, y);
    }
  };

  it('are of every sample in it, of none beyond its edges, and of no absence', () => {
    const figures = figuresOf(trace, 1, 3, new Polyline());
    expect(figures).toMatchObject({ count: 3, least: 1, greatest: 5, mean: 3 });
    expect(shownFigures(figures, { scale: 1, offset: 0 }).rms).toBeCloseTo(Math.sqrt(35 / 3), 12);
  });

  it('have the rms of the unit that is shown', () => {
    const { mean, rms } = shownFigures(figuresOf(trace, 1, 3, new Polyline()), { scale: 1, offset: 273.15 });
    expect(mean).toBeCloseTo(276.15, 12);
    expect(rms).toBeCloseTo(Math.sqrt((274.15 ** 2 + 276.15 ** 2 + 278.15 ** 2) / 3), 9);
  });

  it('are absent where the window is empty', () => {
    const { count, mean, least } = figuresOf(trace, 50, 60, new Polyline());
    expect([count, mean, least]).toEqual([0, Number.NaN, Number.NaN]);
  });
});
