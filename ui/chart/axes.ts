/** How every axis looks. uPlot scales fonts by whole pixels only. */
import type uPlot from 'uplot';
import { palette } from './palette.ts';

/** As `--sans` of the style sheet. */
export const FONT_FAMILY = '"Inter Variable", "Noto Sans TC Variable", ui-sans-serif, system-ui, sans-serif';
export const AXIS_FONT = `12px ${FONT_FAMILY}`;

export const axis = (own: uPlot.Axis): uPlot.Axis => ({
  font: AXIS_FONT,
  labelFont: AXIS_FONT,
  stroke: () => palette().muted,
  grid: { stroke: () => palette().grid, width: 1 },
  ticks: { show: false },
  ...own,
});

/** As many digits as the steps between the ticks have, at most six. */
function decimalsOfStep(step: number): number {
  for (let decimals = 0; decimals < 6; decimals++) {
    const whole = step * 10 ** decimals;
    if (Math.abs(whole - Math.round(whole)) < 1e-6 * Math.max(1, whole) && whole > 0.5) return decimals;
  }
  return 6;
}

export const axisText = (value: number, step: number): string =>
  value.toFixed(decimalsOfStep(step)).replace('-', '−');

/** Texts of an axis, to give as `values`. */
export const axisTexts = (_plot: uPlot, splits: number[]): string[] =>
  splits.map((value) => axisText(value, splits[1] - splits[0]));
