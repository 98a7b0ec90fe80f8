/** The map on the page: read by the pointer, and by keys as a cursor that stays. */
import { useSignal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { PALETTES } from '../chart/palette.ts';
import type { Figure } from '../figure/shapes.ts';
import { paint } from '../figure/to-canvas.ts';
import { t } from '../language.ts';
import { short } from '../lab/field-text.ts';
import { theme } from '../theme.ts';
import type { MapCard, MapGrid } from '../worker/messages.ts';
import { type MapPicture, colourRange, mapBox, mapFigure } from './map-figure.ts';
import { inputName, outputName, withUnit } from './map-words.ts';
import { ask, isDrawn, move, pointed } from './model.ts';
import { nextTo, stepsOf, valueAt } from './point.ts';

interface Props {
  readonly card: MapCard;
  readonly grid: MapGrid;
}

/** Height over width, within these px. */
const SHAPE = { share: 0.66, least: 300, most: 600 } as const;
/** Of keys: steps of an input. */
const FAR = 10;

/** What a picture of a map is made from, as wide as asked. */
export function pictureOf(
  { card, grid }: Props,
  width: number,
  heading: readonly string[],
  at: readonly number[],
): MapPicture {
  const { of } = grid;
  const axis = (place: number) => {
    const input = card.inputs[place];
    return { words: withUnit(inputName(input), input.unit), low: input.low, high: input.high };
  };
  return {
    grid,
    ramp: card.ramp,
    palette: PALETTES[theme.value],
    font: getComputedStyle(document.body).fontFamily,
    width,
    height: Math.min(SHAPE.most, Math.max(SHAPE.least, Math.round(width * SHAPE.share))),
    heading,
    x: axis(of.x),
    y: axis(of.y),
    unit: card.outputs[of.fill].unit,
    cursor: [at[of.x], at[of.y]],
    legend: {
      outside: t('not trained here: no value'),
      absent: t('it does not cool here: no COP'),
    },
  };
}

/** As the page shows it, with what it belongs to on top. */
export function savedFigure(props: Props, at: readonly number[]): Figure {
  const { card, grid } = props;
  const fill = card.outputs[grid.of.fill];
  const held = card.inputs.flatMap(({ unit, ...input }, place) =>
    place === grid.of.x || place === grid.of.y
      ? []
      : [`${inputName(input)} ${withUnit(short(at[place]), unit).replace(',', '')}`],
  );
  const heading = [withUnit(outputName(fill), fill.unit), [card.machine, ...held].join(', '), card.claim];
  return mapFigure(pictureOf(props, SAVED_WIDTH, heading, at));
}

const SAVED_WIDTH = 900;

function describe({ card, grid }: Props): string {
  const { of } = grid;
  const range = colourRange(grid);
  const fill = card.outputs[of.fill];
  const outside = grid.inside.reduce((sum, one) => sum + (1 - one), 0) / grid.inside.length;
  return t('{{output}} over {{x}} and {{y}}: {{low}} to {{high}}; {{percent}} % of the map was not trained', {
    output: withUnit(outputName(fill), fill.unit),
    x: inputName(card.inputs[of.x]),
    y: inputName(card.inputs[of.y]),
    low: range === null ? '–' : short(range[0]),
    high: range === null ? '–' : short(range[1]),
    percent: Math.round(100 * outside),
  });
}

export function MapChart(props: Props) {
  const { card, grid } = props;
  const host = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const width = useSignal(0);
  const at = ask.value?.at ?? grid.of.at;
  useEffect(() => {
    if (host.current === null) return undefined;
    const observer = new ResizeObserver(([{ contentRect }]) => (width.value = Math.floor(contentRect.width)));
    observer.observe(host.current);
    return () => observer.disconnect();
  }, []);
  const picture = width.value === 0 ? null : pictureOf(props, width.value, [], at);
  useEffect(() => {
    if (canvas.current !== null && picture !== null)
      paint(canvas.current, mapFigure(picture), devicePixelRatio);
  });
  /** In the units of the axes; null beside the map. */
  const placeOf = (event: PointerEvent): readonly [number, number] | null => {
    if (picture === null) return null;
    const box = mapBox(picture);
    const across = (event.offsetX - box.x) / box.width;
    const up = 1 - (event.offsetY - box.y) / box.height;
    if (across < 0 || across > 1 || up < 0 || up > 1) return null;
    const { x, y } = picture;
    return [x.low + across * (x.high - x.low), y.low + up * (y.high - y.low)];
  };
  const put = (event: PointerEvent): void => {
    const place = placeOf(event);
    if (place === null) return;
    for (const [i, input] of [card.inputs[grid.of.x], card.inputs[grid.of.y]].entries())
      move(input.name, nextTo(input, place[i]));
  };
  const step = (place: number, count: number): void => {
    const input = card.inputs[place];
    move(input.name, nextTo(input, at[place] + valueAt(stepsOf(input), count)));
  };
  const key = (event: KeyboardEvent): void => {
    const far = event.shiftKey ? FAR : 1;
    if (event.key === 'ArrowRight') step(grid.of.x, far);
    else if (event.key === 'ArrowLeft') step(grid.of.x, -far);
    else if (event.key === 'ArrowUp') step(grid.of.y, far);
    else if (event.key === 'ArrowDown') step(grid.of.y, -far);
    else return;
    pointed.value = null;
    event.preventDefault();
  };
  return (
    <div
      ref={host}
      class="map-host"
      role="application"
      tabIndex={0}
      aria-busy={!isDrawn.value}
      aria-label={t('Map: arrow keys move the cursor, with Shift ten steps')}
      data-testid="map"
      onKeyDown={key}
    >
      <canvas
        ref={canvas}
        role="img"
        aria-label={describe(props)}
        style={picture === null ? {} : { width: `${picture.width}px`, height: `${picture.height}px` }}
        onPointerMove={(event) => {
          pointed.value = placeOf(event);
        }}
        onPointerLeave={() => {
          pointed.value = null;
        }}
        onPointerDown={put}
      />
    </div>
  );
}
