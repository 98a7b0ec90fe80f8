/** A figure as an SVG document, with nothing in it that a picture does not need: no script, no style, no reference out. */
import type { Figure, Shape } from './shapes.ts';

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
/** XML 1.0 has no other control characters, not even escaped. */
const FORBIDDEN = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

const escaped = (text: string): string =>
  text.replace(FORBIDDEN, '').replace(/[&<>"]/g, (sign) => ENTITIES[sign] ?? sign);

/** A tenth of a pixel is finer than a line. */
const n = (value: number): string => String(Math.round(value * 10) / 10);

const attributes = (all: Readonly<Record<string, string | undefined>>): string =>
  Object.entries(all)
    .flatMap(([name, value]) => (value === undefined ? [] : [` ${name}="${escaped(value)}"`]))
    .join('');

function pathOf(strokes: readonly (readonly number[])[]): string {
  return strokes
    .map((stroke) => {
      let path = '';
      for (let i = 0; i + 1 < stroke.length; i += 2)
        path += `${i === 0 ? 'M' : 'L'}${n(stroke[i])} ${n(stroke[i + 1])}`;
      return path;
    })
    .join('');
}

function boxesPath(boxes: readonly number[]): string {
  let path = '';
  for (let i = 0; i + 3 < boxes.length; i += 4)
    path += `M${n(boxes[i])} ${n(boxes[i + 1])}h${n(boxes[i + 2])}v${n(boxes[i + 3])}h${n(-boxes[i + 2])}z`;
  return path;
}

const opacity = (alpha: number | undefined): string | undefined =>
  alpha === undefined || alpha >= 1 ? undefined : n(alpha * 100).concat('%');

class Writer {
  #windows = 0;

  write(shape: Shape): string {
    switch (shape.kind) {
      case 'line':
        return `<path${attributes({
          d: pathOf(shape.strokes),
          fill: 'none',
          stroke: shape.colour,
          'stroke-width': String(shape.width),
          'stroke-linejoin': 'round',
          'stroke-linecap': shape.dash?.length ? 'butt' : 'round',
          'stroke-dasharray': shape.dash?.length ? shape.dash.join(' ') : undefined,
          'stroke-opacity': opacity(shape.alpha),
        })}/>`;
      case 'boxes':
        return `<path${attributes({ d: boxesPath(shape.boxes), fill: shape.colour, 'fill-opacity': opacity(shape.alpha) })}/>`;
      case 'words':
        return `<text${attributes({
          x: n(shape.x),
          y: n(shape.y),
          fill: shape.colour,
          'font-size': String(shape.size),
          'font-weight': shape.isBold ? '600' : undefined,
          'text-anchor': shape.anchor,
          stroke: shape.halo,
          'stroke-width': shape.halo === undefined ? undefined : '3',
          'paint-order': shape.halo === undefined ? undefined : 'stroke',
        })}>${escaped(shape.words)}</text>`;
      case 'window': {
        const id = `window-${this.#windows++}`;
        const { x, y, width, height } = shape.box;
        const rect = `<rect${attributes({ x: n(x), y: n(y), width: n(width), height: n(height) })}/>`;
        return `<clipPath id="${id}">${rect}</clipPath><g clip-path="url(#${id})">${shape.shapes.map((one) => this.write(one)).join('')}</g>`;
      }
      default:
        return shape satisfies never;
    }
  }
}

export function toSvg({ width, height, ground, font, title, shapes }: Figure): string {
  const writer = new Writer();
  const size = { width: n(width), height: n(height), viewBox: `0 0 ${n(width)} ${n(height)}` };
  return [
    `<svg xmlns="http://www.w3.org/2000/svg"${attributes({ ...size, 'font-family': font, role: 'img' })}>`,
    `<title>${escaped(title)}</title>`,
    `<rect${attributes({ width: n(width), height: n(height), fill: ground })}/>`,
    ...shapes.map((shape) => writer.write(shape)),
    '</svg>\n',
  ].join('\n');
}
