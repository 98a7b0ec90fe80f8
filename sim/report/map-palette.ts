/**
 * Colours of maps: from nearly paper to dark blue, by way of green. Lightness falls evenly, so that a map reads the
 * same on a grey print and for colour-blind readers. Made in OKLab (Ottosson 2020): lightness 0.97 to 0.30, hue 105°
 * to 268°, chroma highest in the middle.
 */
import { scaleLinear } from 'd3-scale';

const STOPS = [
  '#faf8d1',
  '#d5e7b9',
  '#acd7a9',
  '#81c5a1',
  '#57b29d',
  '#2e9d9a',
  '#088694',
  '#056e8a',
  '#18577a',
  '#204065',
  '#212c4d',
];

const ramp = scaleLinear<string>()
  .domain(STOPS.map((_, i) => i / (STOPS.length - 1)))
  .range(STOPS)
  .clamp(true);

/** `share`: 0 lowest to 1 highest; what lies outside takes the nearest end. As rgb(r, g, b). */
export const mapColor = (share: number): string => ramp(share);
