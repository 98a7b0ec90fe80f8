import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toRgb } from '../../ui/colour/oklab.ts';
import { cellColours, scaleLab, shadeOf, type Theme } from '../../ui/colour/temperature-scale.ts';
import { calm, roundRange } from '../../ui/store/calm-range.ts';
import { clockText } from '../../ui/store/clock-text.ts';
import { DeviceClock } from '../../ui/store/device-clock.ts';
import { loopArea } from '../../ui/store/loop-area.ts';
import { ABSENT, driveWord, fixed } from '../../ui/store/text.ts';

const THEMES: readonly Theme[] = ['light', 'dark'];

function luminance(css: string): number {
  const channels = css.startsWith('rgb')
    ? (css.match(/\d+/g) ?? []).map(Number)
    : [1, 3, 5].map((at) => Number.parseInt(css.slice(at, at + 2), 16));
  const [red, green, blue] = channels.map((value) => {
    const share = value / 255;
    return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(a: string, b: string): number {
  const [bright, dim] = [luminance(a), luminance(b)].toSorted((x, y) => y - x);
  return (bright + 0.05) / (dim + 0.05);
}

describe.each(THEMES)('temperature scale, %s', (theme) => {
  const towards = theme === 'light' ? 1 : -1;

  it('runs one way in lightness on either side of neutral', () => {
    for (let i = 1; i <= 100; i++) {
      const rise = scaleLab(theme, i / 100)[0] - scaleLab(theme, (i - 1) / 100)[0];
      expect(Math.sign(rise)).toBe(i <= 50 ? towards : -towards);
    }
  });

  it('is bluer the colder and more orange the warmer, never the other way', () => {
    const blueness = (share: number) => {
      const [red, , blue] = toRgb(scaleLab(theme, share));
      return blue - red;
    };
    for (let i = 0; i < 50; i++) expect(blueness(i / 100)).toBeGreaterThan(0);
    for (let i = 56; i <= 100; i++) expect(blueness(i / 100)).toBeLessThan(0);
  });

  it('carries legible text at every temperature, beyond its ends too', () => {
    for (let celsius = -20; celsius <= 80; celsius += 0.25) {
      const { fill, ink } = shadeOf(theme, celsius);
      expect(contrast(fill, ink)).toBeGreaterThanOrEqual(4.5);
    }
  });

  it('has no colour for an absent temperature', () => {
    expect(shadeOf(theme, Number.NaN).fill).toBe('transparent');
  });

  it('tells ten cells apart from the page and from their neighbours', () => {
    const colours = cellColours(theme, 10);
    expect(new Set(colours).size).toBe(10);
    for (const colour of colours) {
      expect(contrast(colour, theme === 'light' ? '#ffffff' : '#151b22')).toBeGreaterThanOrEqual(3);
    }
  });
});

describe('calm axes', () => {
  const value = fc.double({ min: -500, max: 2000, noNaN: true });

  it('always hold the data', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 1, maxLength: 20 }), (pairs) => {
        const range = { low: 0, high: 0 };
        for (const pair of pairs) {
          const [low, high] = pair.toSorted((a, b) => a - b);
          calm(range, low, high, 4);
          expect(range.low).toBeLessThanOrEqual(low);
          expect(range.high).toBeGreaterThanOrEqual(high);
        }
      }),
    );
  });

  it('stand still while data move inside them, and shrink when most is empty', () => {
    const range = roundRange(18, 40, 4);
    expect(calm(range, 19, 39, 4)).toBe(false);
    expect(calm(range, 21, 23, 4)).toBe(true);
  });

  it('do not promise values below zero where there are none', () => {
    expect(roundRange(0, 690, 100).low).toBe(0);
    expect(roundRange(-3, 690, 100).low).toBeLessThan(-3);
  });
});

describe('device clock', () => {
  it('runs on between readings at the pace of the machine, then stands', () => {
    const clock = new DeviceClock();
    clock.read(100, 1000, 20);
    expect(clock.nowS(1100, 60)).toBeCloseTo(102, 6);
    expect(clock.nowS(60_000, 60)).toBe(160);
    expect(clock.silenceMs(3000)).toBe(2000);
  });

  it('does not tremble with the jitter of arrivals', () => {
    const clock = new DeviceClock();
    const shown: number[] = [];
    for (let i = 0; i < 500; i++) {
      const nowMs = i * 20 + (i % 3) * 6;
      clock.read(i * 0.02, nowMs, 1);
      if (i > 300) shown.push(clock.nowS(nowMs, 60) - nowMs / 1000);
    }
    expect(Math.max(...shown) - Math.min(...shown)).toBeLessThan(0.002);
  });

  it('follows a change of pace at once', () => {
    const clock = new DeviceClock();
    clock.read(10, 0, 1);
    clock.read(10.4, 20, 20);
    expect(clock.nowS(120, 60)).toBeCloseTo(12.4, 6);
  });
});

describe('words and work', () => {
  it('tells the clock without ever showing 60 seconds', () => {
    expect([clockText(59.96, 1), clockText(0), clockText(83.4), clockText(3725)]).toEqual([
      '1:00.0',
      '0:00',
      '1:23',
      '1:02:05',
    ]);
  });

  it('shows absence as absence and zero without a sign', () => {
    expect([fixed(Number.NaN, 1), fixed(null, 1), fixed(-0.01, 1), fixed(-3.25, 1)]).toEqual([
      ABSENT,
      ABSENT,
      '0.0',
      '−3.3',
    ]);
  });

  it('measures the work of a loop: loading above unloading is work put in', () => {
    const x = [0, 1, 1, 0];
    const y = [300, 300, 100, 100];
    expect(
      loopArea(
        4,
        (i) => x[i],
        (i) => y[i],
      ),
    ).toBe(200);
    expect(
      loopArea(
        4,
        (i) => x[3 - i],
        (i) => y[3 - i],
      ),
    ).toBe(-200);
  });
});

describe('the proof of a stop', () => {
  it('never reads silence as a drive that is off', () => {
    expect([true, false, null, undefined].map(driveWord)).toEqual([
      'enabled',
      'disabled',
      'unknown',
      'unknown',
    ]);
  });
});
