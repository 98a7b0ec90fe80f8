/** Several XY figures one above the other in one document, lettered a, b, c, ... */
import { GROUND } from '../../svg.ts';
import { type XyFigure, xyFigure } from '../../xy-figure.ts';

/** All are as wide. */
export interface Panel extends Omit<XyFigure, 'width'> {
  readonly height: number;
}

const WIDTH = 720;

/** The figures keep ids of their own, so that they can stand in one document. */
export function panels(figures: readonly Panel[]): string {
  let top = 0;
  const parts = figures.map((figure, k) => {
    const title = `${String.fromCharCode(97 + k)}   ${figure.title}`;
    const drawn = xyFigure({ ...figure, title, width: WIDTH }).replace('<svg ', `<svg y="${top}" `);
    top += figure.height;
    return drawn.trimEnd();
  });
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${top}" viewBox="0 0 ${WIDTH} ${top}" role="img">`,
    `<rect width="${WIDTH}" height="${top}" fill="${GROUND}"/>`,
    ...parts,
    '</svg>\n',
  ].join('\n');
}
