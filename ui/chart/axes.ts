/** How every axis looks. uPlot scales fonts by whole pixels only. */
import type uPlot from 'uplot';
import { palette } from './palette.ts';

export const AXIS_FONT =
  '12px ui-sans-serif, system-ui, "Segoe UI", Roboto, "Helvetica Neue", "Liberation Sans", Arial, sans-serif';

export const axis = (own: uPlot.Axis): uPlot.Axis => ({
  font: AXIS_FONT,
  labelFont: AXIS_FONT,
  stroke: () => palette().muted,
  grid: { stroke: () => palette().grid, width: 1 },
  ticks: { show: false },
  ...own,
});

export const axisText = (value: number, step: number): string =>
  value.toFixed(step < 0.1 ? 2 : step < 1 ? 1 : 0).replace('-', '−');

/** Texts of an axis, to give as `values`. */
export const axisTexts = (_plot: uPlot, splits: number[]): string[] =>
  splits.map((value) => axisText(value, splits[1] - splits[0]));
