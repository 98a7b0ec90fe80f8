/** In the page of curve-layer.test.ts: the same curves once as a picture that moves on, once drawn whole, pixel by pixel. */
import type uPlot from 'uplot';
import { mapping } from '../../ui/chart/canvas-path.ts';
import { CurveLayer } from '../../ui/chart/curve-layer.ts';
import { PixelStrokes } from '../../ui/store/pixel-strokes.ts';
import { Polyline } from '../../ui/store/polyline.ts';

export interface Pixels {
  /** That have a stroke on them, of all pictures. */
  readonly drawn: number;
  /** Parts of a colour that were another in any picture, by more than antialiasing explains. */
  readonly different: number;
  /** Pictures of which only a strip was drawn. */
  readonly moved: number;
}

interface Trial {
  readonly spanS: number;
  readonly rowS: number;
  /** Rows that come between two pictures. */
  readonly rowsEach: number;
  readonly dash?: number[];
}

const [WIDTH, HEIGHT, PICTURES] = [400, 120, 60];
const BOX = { left: 30, top: 8, width: 360, height: 100 };
const WHITE = 255;
/**
 * Of 255. A path that begins elsewhere is not antialiased to the same shade along its edges; a stroke that is missing, or a
 * pixel off, is 88 of 255 away from white at least, which is what the palest of the colours is.
 */
const TOLERANCE = 64;

/** Width of what was cleared last: a strip, or the whole. */
let clearedPx = 0;
const { prototype } = CanvasRenderingContext2D;
const clear: (x: number, y: number, width: number, height: number) => void = Reflect.get(
  prototype,
  'clearRect',
);
prototype.clearRect = function remember(x, y, width, height) {
  clearedPx = width;
  clear.call(this, x, y, width, height);
};

const value = (curve: number, row: number): number => {
  // a curve that is away for a while, and one with a step now and then
  if (curve === 1 && row % 700 > 600) return Number.NaN;
  return (
    Math.sin(row / 40 + curve) +
    0.3 * Math.sin(row * 1.7 + curve) +
    (curve === 2 && row % 300 > 150 ? 0.5 : 0)
  );
};

function plotOf(canvas: HTMLCanvasElement): uPlot {
  const ctx = canvas.getContext('2d', { willReadFrequently: true });
  return { ctx, bbox: BOX, scales: { x: { min: 0, max: 1 }, y: { min: -2, max: 2 } } } as unknown as uPlot;
}

function compare({ spanS, rowS, rowsEach, dash }: Trial): Pixels {
  const [moving, whole] = [0, 1].map(() => {
    const canvas = document.createElement('canvas');
    [canvas.width, canvas.height] = [WIDTH, HEIGHT];
    return plotOf(canvas);
  });
  const layer = new CurveLayer();
  const strokes = new PixelStrokes();
  const lines = [0, 1, 2].map(() => new Polyline());
  const bucketS = spanS / BOX.width;
  let [drawn, different, moved] = [0, 0, 0];
  for (let picture = 1; picture <= PICTURES; picture++) {
    const rows = Math.floor(spanS / rowS) + picture * rowsEach;
    const toS = Math.ceil((rows * rowS) / bucketS) * bucketS;
    const view = { fromS: toS - spanS, toS, bucketS };
    lines.forEach((line, curve) => {
      line.clear();
      strokes.begin(line, bucketS);
      for (let row = Math.max(0, Math.floor((view.fromS - 2 * bucketS) / rowS) - 1); row < rows; row++)
        strokes.value(row * rowS, value(curve, row));
      strokes.end();
    });
    const pictures = [moving, whole].map((plot, i) => {
      Object.assign(plot.scales.x, { min: view.fromS, max: view.toS });
      plot.ctx.fillStyle = '#fff';
      plot.ctx.fillRect(0, 0, WIDTH, HEIGHT);
      const curves = lines.map((line, k) => ({
        line,
        to: mapping(plot),
        colour: ['#0b5cad', '#9d2a0080', '#12181f'][k],
        width: 1.6,
        dash,
      }));
      (i === 0 ? layer : new CurveLayer()).draw(plot, curves, view);
      if (i === 0 && clearedPx < BOX.width) moved++;
      return plot.ctx.getImageData(0, 0, WIDTH, HEIGHT).data;
    });
    const [one, other] = pictures;
    drawn += other.filter((red, k) => k % 4 === 0 && red < WHITE).length;
    different += one.filter((part, k) => Math.abs(part - other[k]) > TOLERANCE).length;
  }
  return { drawn, different, moved };
}

function drawInto(width: number): void {
  const plot = plotOf(document.createElement('canvas'));
  Object.assign(plot, { bbox: { ...BOX, width } });
  const curve = { line: new Polyline(), to: mapping(plot), colour: '#12181f', width: 1, dash: undefined };
  new CurveLayer().draw(plot, [curve], { fromS: 0, toS: 1, bucketS: 1 });
}

Object.assign(globalThis, { compare, drawInto });
