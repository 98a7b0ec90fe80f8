/** How many times too large the drawing shows the shortening of the train. Pure. */

interface Drawn {
  readonly pxPerMm: number;
  readonly train: { readonly width: number };
}

/**
 * The drawing shortens the train by pxPerMm / width a millimetre of stroke, the machine by peak strain / peak stroke.
 * NaN before a whole cycle was measured.
 */
export function exaggeration(
  { pxPerMm, train }: Drawn,
  peakStrokeMm: number,
  peakStrainPercent: number,
): number {
  const drawnPerMm = pxPerMm / train.width;
  const measuredPerMm = peakStrainPercent / 100 / peakStrokeMm;
  return measuredPerMm > 0 ? drawnPerMm / measuredPerMm : Number.NaN;
}
