/** The time axis of the charts as a value: what zoom, pan, box and undo make of it. */
import { describe, expect, it } from 'vitest';
import { AxisHistory, boxed, following, panned, paused, SPAN_S, zoomed } from '../../ui/chart/time-axis.ts';

const SHOWN = { fromS: 100, toS: 160 };
const KEPT = { fromS: 0, toS: 200 };

describe('zoom', () => {
  it('keeps what is under the pointer under the pointer', () => {
    const { spanS, untilS } = zoomed(paused(SHOWN), SHOWN, 0.5, 0.25);
    expect(spanS).toBe(30);
    // 115 s stood a quarter into the window, and stands there still
    expect((untilS ?? Number.NaN) - 0.75 * spanS).toBeCloseTo(115, 9);
  });

  it('does not leave the present while it follows', () => {
    expect(zoomed(following(60), SHOWN, 2, 0.1)).toEqual({ spanS: 120, untilS: null });
  });

  it('begins from what is shown where everything was', () => {
    expect(zoomed(following(Number.POSITIVE_INFINITY), SHOWN, 0.5, 1).spanS).toBe(30);
  });

  it('ends at ten samples of a stream and at two days', () => {
    expect(zoomed(paused(SHOWN), SHOWN, 1e-9, 0.5).spanS).toBe(SPAN_S.least);
    expect(zoomed(paused(SHOWN), SHOWN, 1e9, 0.5).spanS).toBe(SPAN_S.most);
  });
});

describe('pan', () => {
  it('moves by shares of the window', () => {
    expect(panned(SHOWN, -0.5, KEPT)).toEqual({ spanS: 60, untilS: 130 });
  });

  it('does not run away from what is kept, to either side', () => {
    expect(panned(SHOWN, -100, KEPT).untilS).toBe(6);
    expect(panned(SHOWN, 100, KEPT).untilS).toBe(200);
  });

  it('never jumps where a link shows what is not kept any more', () => {
    const old = { fromS: -300, toS: -240 };
    expect(panned(old, -0.1, KEPT).untilS).toBe(-240);
    expect(panned(old, 0.1, KEPT).untilS).toBe(-234);
  });
});

describe('box', () => {
  it('is the stretch between two times, in either order', () => {
    expect(boxed(130, 110)).toEqual({ spanS: 20, untilS: 130 });
  });

  it('of no width is as narrow as it gets, about its place', () => {
    expect(boxed(5, 5)).toEqual({ spanS: SPAN_S.least, untilS: 5 + SPAN_S.least / 2 });
  });
});

describe('history', () => {
  it('takes a gesture back as one step', () => {
    const history = new AxisHistory();
    history.leave(following(60), following(50), 0);
    history.leave(following(50), following(40), 100);
    history.leave(following(40), following(30), 200);
    history.leave(following(30), following(20), 5000);
    expect(history.depth).toBe(2);
    expect(history.back()).toEqual(following(30));
    expect(history.back()).toEqual(following(60));
    expect(history.back()).toBeUndefined();
  });

  it('does not take a gesture for going on where a link was followed in between, however quickly', () => {
    const history = new AxisHistory();
    history.leave(following(60), following(50), 0);
    history.leave(following(20), following(10), 100);
    expect(history.back()).toEqual(following(20));
  });

  it('is bounded', () => {
    const history = new AxisHistory();
    for (let i = 0; i < 500; i++) history.leave(following(i + 1), following(i), i * 10_000);
    expect(history.depth).toBe(50);
  });
});
