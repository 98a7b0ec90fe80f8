/** What a chart over device time shows. Curves are traced in the unit of their channel and converted as they are drawn. */
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
  /** Before this device time it draws a summary, which is no data to export. */
  readonly samplesFromS?: () => number;
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
  /** Told apart by it where two groups have a channel of the same name. */
  readonly group?: string;
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
  /** Room for an axis to the right that other charts above and below have: one time stands in one place. */
  readonly reservesRight?: boolean;
  readonly bands: readonly BandSpec[];
  readonly lines: readonly LineSpec[];
  readonly lane?: LaneSpec;
}

/** A strip along the time axis: filled where something is there, empty where it is not. */
export interface LaneSpec {
  readonly colour: (palette: Palette) => string;
  readonly forEachIn: (view: View, visit: (fromS: number, toS: number) => void) => void;
}
