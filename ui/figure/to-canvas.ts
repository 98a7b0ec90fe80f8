/** A figure on a canvas. */
import type { Figure, Shape } from './shapes.ts';

type Context = CanvasRenderingContext2D;

function drawLine(context: Context, shape: Extract<Shape, { kind: 'line' }>): void {
  context.globalAlpha = shape.alpha ?? 1;
  context.strokeStyle = shape.colour;
  context.lineWidth = shape.width;
  context.lineJoin = 'round';
  context.lineCap = shape.dash?.length ? 'butt' : 'round';
  context.setLineDash([...(shape.dash ?? [])]);
  context.beginPath();
  for (const stroke of shape.strokes) {
    context.moveTo(stroke[0], stroke[1]);
    for (let i = 2; i + 1 < stroke.length; i += 2) context.lineTo(stroke[i], stroke[i + 1]);
  }
  context.stroke();
}

function drawBoxes(context: Context, { boxes, colour, alpha }: Extract<Shape, { kind: 'boxes' }>): void {
  context.globalAlpha = alpha ?? 1;
  context.fillStyle = colour;
  for (let i = 0; i + 3 < boxes.length; i += 4)
    context.fillRect(boxes[i], boxes[i + 1], boxes[i + 2], boxes[i + 3]);
}

function drawWords(context: Context, font: string, shape: Extract<Shape, { kind: 'words' }>): void {
  context.globalAlpha = 1;
  context.font = `${shape.isBold ? '600 ' : ''}${shape.size}px ${font}`;
  context.textAlign = shape.anchor === 'middle' ? 'center' : (shape.anchor ?? 'start');
  context.textBaseline = 'alphabetic';
  if (shape.halo !== undefined) {
    context.setLineDash([]);
    context.lineWidth = 3;
    context.lineJoin = 'round';
    context.strokeStyle = shape.halo;
    context.strokeText(shape.words, shape.x, shape.y);
  }
  context.fillStyle = shape.colour;
  context.fillText(shape.words, shape.x, shape.y);
}

function draw(context: Context, font: string, shape: Shape): void {
  context.save();
  if (shape.kind === 'line') drawLine(context, shape);
  else if (shape.kind === 'boxes') drawBoxes(context, shape);
  else if (shape.kind === 'words') drawWords(context, font, shape);
  else {
    const { x, y, width, height } = shape.box;
    context.beginPath();
    context.rect(x, y, width, height);
    context.clip();
    for (const one of shape.shapes) draw(context, font, one);
  }
  context.restore();
}

/** `scale`: pixels of the picture a px of the figure. */
export function paint(canvas: HTMLCanvasElement, figure: Figure, scale: number): void {
  canvas.width = Math.round(figure.width * scale);
  canvas.height = Math.round(figure.height * scale);
  const context = canvas.getContext('2d');
  if (context === null) return;
  context.scale(scale, scale);
  context.fillStyle = figure.ground;
  context.fillRect(0, 0, figure.width, figure.height);
  for (const shape of figure.shapes) draw(context, figure.font, shape);
}
