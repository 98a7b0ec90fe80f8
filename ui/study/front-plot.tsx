/**
 * Designs as points over two of their numbers, coloured by a third: the picture that people have of a front. What is not
 * chosen is grey; keys and screen readers have the table.
 */
import { useSignal } from '@preact/signals';
import { scaleLinear } from 'd3-scale';
import { t } from '../language.ts';
import { NamedChoice, type Option } from '../panel/named-choice.tsx';
import { type FrontAxis, axisAt, shareOn, textOf } from './front-axes.ts';
import type { FrontDesign } from './front-file.ts';

interface Props {
  readonly axes: readonly FrontAxis[];
  /** Gives the colours. */
  readonly colour: FrontAxis;
  readonly pickColour: (key: string) => void;
  readonly designs: readonly FrontDesign[];
  readonly chosen: ReadonlySet<FrontDesign>;
  readonly pointed: FrontDesign | null;
  readonly point: (design: FrontDesign | null) => void;
}

const TICKS = 5;
const RADIUS = { chosen: 4.5, out: 3, pointed: 8 } as const;

const nameOf = ({ name, unit }: FrontAxis): string => (unit === '' ? name : `${name} (${unit})`);
const percent = (share: number): string => `${(100 * share).toFixed(2)}%`;

/** Where a value stands between the round numbers about all of them, 0 to 1, and the round numbers. */
function scaleOf(axis: FrontAxis) {
  const { low, high, words } = axis;
  const scale = scaleLinear()
    .domain(high > low ? [low, high] : [low - 1, high + 1])
    .nice(TICKS);
  return { shareAt: scale, ticks: words === null ? scale.ticks(TICKS) : words.map((_, i) => i) };
}

export function FrontPlot({ axes, colour, pickColour, designs, chosen, pointed, point }: Props) {
  const asked = { x: useSignal(''), y: useSignal('') };
  const [x, y] = [axisAt(axes, asked.x.value, 0), axisAt(axes, asked.y.value, 1)];
  const options = axes.map((axis): Option => [axis.key, nameOf(axis)]);
  return (
    <>
      <div class="named-choices">
        <NamedChoice
          id="front-x"
          words={t('across')}
          value={x.key}
          options={options}
          pick={(key) => (asked.x.value = key)}
        />
        <NamedChoice
          id="front-y"
          words={t('upwards')}
          value={y.key}
          options={options}
          pick={(key) => (asked.y.value = key)}
        />
        <NamedChoice
          id="front-colour"
          words={t('colours')}
          value={colour.key}
          options={options}
          pick={pickColour}
        />
        <p class="front-ramp">
          <span class="num">{textOf(colour, colour.low)}</span>
          <span class="front-ramp-bar" aria-hidden="true" />
          <span class="num">{textOf(colour, colour.high)}</span>
        </p>
      </div>
      <Points {...{ x, y, colour, designs, chosen, pointed, point }} />
    </>
  );
}

interface PointsProps extends Omit<Props, 'axes' | 'pickColour'> {
  readonly x: FrontAxis;
  readonly y: FrontAxis;
}

function Points({ x, y, colour, designs, chosen, pointed, point }: PointsProps) {
  const [across, up] = [scaleOf(x), scaleOf(y)];
  const placeOf = (design: FrontDesign) => {
    const [right, top] = [x.valueOf(design), y.valueOf(design)];
    if (right === null || top === null) return null;
    return { cx: percent(across.shareAt(right)), cy: percent(1 - up.shareAt(top)) };
  };
  // those that are chosen last, over the others
  const drawn = designs.toSorted((a, b) => Number(chosen.has(a)) - Number(chosen.has(b)));
  const ring = pointed === null ? null : placeOf(pointed);
  return (
    <div class="front-plot">
      <svg
        role="img"
        data-testid="front-plot"
        aria-label={t('{{n}} designs as points, {{y}} over {{x}}, {{chosen}} of them chosen', {
          n: designs.length,
          x: nameOf(x),
          y: nameOf(y),
          chosen: chosen.size,
        })}
        onMouseLeave={() => point(null)}
      >
        {across.ticks.map((value) => (
          <g key={`x${value}`}>
            <line x1={percent(across.shareAt(value))} x2={percent(across.shareAt(value))} y1="0%" y2="100%" />
            <text x={percent(across.shareAt(value))} y="100%" dy="16" text-anchor="middle">
              {textOf(x, value)}
            </text>
          </g>
        ))}
        {up.ticks.map((value) => (
          <g key={`y${value}`}>
            <line x1="0%" x2="100%" y1={percent(1 - up.shareAt(value))} y2={percent(1 - up.shareAt(value))} />
            <text x="0%" dx="-8" y={percent(1 - up.shareAt(value))} dy="4" text-anchor="end">
              {textOf(y, value)}
            </text>
          </g>
        ))}
        {drawn.map((design, i) => {
          const place = placeOf(design);
          if (place === null) return null;
          const isIn = chosen.has(design);
          return (
            <circle
              key={i}
              {...place}
              r={isIn ? RADIUS.chosen : RADIUS.out}
              class={isIn ? 'in' : 'out'}
              style={{ '--share': shareOn(colour, design) ?? 0.5 }}
              onMouseEnter={() => point(design)}
            />
          );
        })}
        {ring === null ? null : <circle class="pointed" {...ring} r={RADIUS.pointed} />}
      </svg>
      <p class="front-plot-y unit">{nameOf(y)}</p>
      <p class="front-plot-x unit">{nameOf(x)}</p>
      {pointed === null ? null : (
        <p class="front-plot-reading num" data-testid="front-reading">
          {[x, y, colour]
            .map((axis) => `${textOf(axis, axis.valueOf(pointed))} ${axis.unit}`.trim())
            .join(' · ')}
        </p>
      )}
    </div>
  );
}
