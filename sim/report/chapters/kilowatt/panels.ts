/** Several XY figures one above the other in one document, lettered a, b, c, ... */
import { type XyFigure, xyFigure } from '../../xy-figure.ts';

/** What a panel is without the wrapping that a document needs. */
export interface Panel extends Omit<XyFigure, 'width'> {
  readonly height: number;
}

const WIDTH = 720;

/** @param key makes the names inside the document its own, so that it can stand in a page beside others */
export function panels(key: string, figures: readonly Panel[]): string {
  let top = 0;
  const parts = figures.map((figure, k) => {
    const letter = String.fromCharCode(97 + k);
    const drawn = xyFigure({ ...figure, title: `${letter}   ${figure.title}`, width: WIDTH })
      .replaceAll('"plot"', `"${key}-${letter}"`)
      .replaceAll('url(#plot)', `url(#${key}-${letter})`)
      .replace('<svg ', `<svg y="${top}" `);
    top += figure.height;
    return drawn;
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" role="img">`,
    `<rect width="${WIDTH}" height="${top}" fill="#ffffff"/>`,
    ...parts.map((part) => part.trimEnd()),
    '</svg>\n',
  ].join('\n');
}
