/** What a chart over device time shows. Curves are traced in the unit of their channel and converted as they are drawn. */
import type uPlot from 'uplot';
import type { Band, View } from '../store/decimate.ts';
import type { Polyline } from '../store/polyline.ts';
import type { Palette } from './palette.ts';

export interface LineSpec {
  readonly colour: (palette: Palette) => string;
  readonly width: number;
  readonly dash?: number[];
  /** 0 hides the line. */
  readonly alpha?: () => number;
  readonly trace: (view: View, out: Polyline) => void;
  /** On the axis to the right. */
  readonly isRight?: boolean;
  /** What the curve is called in a figure. */
  readonly name?: () => string;
  /** What an export of the data calls it, and its unit; without it the curve is not exported as data. */
  readonly column?: LineColumn;
}

export interface LineColumn {
  readonly name: string;
  readonly unit: string;
  readonly title: string;
}

export interface BandSpec {
  readonly colour: (palette: Palette) => string;
  readonly alpha: (view: View) => number;
  readonly trace: (view: View, out: Band) => void;
}

export interface ValueAxis {
  /** Unit of the channels on it; they are shown in the one that was chosen for it. */
  readonly unit?: string;
  /** The axis never covers less than this, in that unit. */
  readonly leastSpan: number;
  readonly includeZero?: boolean;
}

export interface TimeChartSpec extends ValueAxis {
  readonly right?: ValueAxis;
  /** The units stand at the axes: where the panel does not say them. */
  readonly namesUnits?: boolean;
  readonly bands: readonly BandSpec[];
  readonly lines: readonly LineSpec[];
  /** Draws more into the plotting area, after the curves. */
  readonly overlay?: (plot: uPlot, view: View, palette: Palette) => void;
}
