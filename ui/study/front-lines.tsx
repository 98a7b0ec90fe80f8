/**
 * Designs as lines across axes that lie one under the other: what is asked for of each axis is between
 * its two handles. The handles are sliders, so keys and screen readers have them too.
 */
import { t } from '../language.ts';
import { type FrontAxis, type Part, WHOLE, shareOn, textAt } from './front-axes.ts';
import type { FrontDesign } from './front-file.ts';

interface Props {
  readonly axes: readonly FrontAxis[];
  /** Gives the colours. */
  readonly colour: FrontAxis;
  readonly designs: readonly FrontDesign[];
  readonly chosen: ReadonlySet<FrontDesign>;
  readonly pointed: FrontDesign | null;
  readonly parts: ReadonlyMap<string, Part>;
  readonly ask: (key: string, part: Part) => void;
}

/** px of an axis with its name; its line lies so far from the top. As in the style sheet. */
const ROW = 58;
const LINE = 38;
/** Width of the drawing in its own measure: stretched to what there is. */
const WIDE = 1000;
const STEPS = 1000;
/** More lines than these are a surface. */
const MOST_LINES = 1500;
/** So few can be told apart when they are bold. */
const FEW_LINES = 100;
/** Lines of one colour are one path. */
const COLOURS = 8;

export function FrontLines({ axes, colour, designs, chosen, pointed, parts, ask }: Props) {
  const height = axes.length * ROW;
  const pathOf = (design: FrontDesign): string =>
    axes
      .flatMap((axis, i) => {
        const share = shareOn(axis, design);
        return share === null ? [] : [`${(share * WIDE).toFixed(1)},${i * ROW + LINE}`];
      })
      .map((point, i) => `${i === 0 ? 'M' : 'L'}${point}`)
      .join('');
  const drawn = designs.slice(0, MOST_LINES);
  const colourOf = (design: FrontDesign): number =>
    Math.min(COLOURS - 1, Math.floor((shareOn(colour, design) ?? 0.5) * COLOURS));
  return (
    <div class="front-lines" style={{ height: `${height}px` }} data-testid="front-lines">
      <svg
        class={drawn.length <= FEW_LINES ? 'few' : ''}
        viewBox={`0 0 ${WIDE} ${height}`}
        preserveAspectRatio="none"
        role="img"
        aria-label={t('{{n}} designs as lines across {{axes}} axes, {{chosen}} of them chosen', {
          n: designs.length,
          axes: axes.length,
          chosen: chosen.size,
        })}
      >
        <path
          class="out"
          d={drawn
            .filter((one) => !chosen.has(one))
            .map(pathOf)
            .join('')}
        />
        {Array.from({ length: COLOURS }, (_, step) => (
          <path
            key={step}
            class="in"
            style={{ '--share': step / (COLOURS - 1) }}
            d={drawn
              .filter((one) => chosen.has(one) && colourOf(one) === step)
              .map(pathOf)
              .join('')}
          />
        ))}
        {pointed === null ? null : <path class="pointed" d={pathOf(pointed)} />}
      </svg>
      {axes.map((axis) => (
        <AxisRow key={axis.key} axis={axis} part={parts.get(axis.key) ?? WHOLE} ask={ask} />
      ))}
    </div>
  );
}

interface RowProps {
  readonly axis: FrontAxis;
  readonly part: Part;
  readonly ask: (key: string, part: Part) => void;
}

function AxisRow({ axis, part, ask }: RowProps) {
  const { key, name, unit, good } = axis;
  const spoken = (share: number): string => `${textAt(axis, share)} ${unit}`.trim();
  return (
    <div class={`front-axis ${axis.kind}`} role="group" aria-label={name}>
      <p>
        <span class="num">{textAt(axis, 0)}</span>
        <span class="front-name">
          <b>{name}</b> {unit}
          {good === null ? null : (
            <span class="front-good">{good === 'high' ? t('more is better') : t('less is better')}</span>
          )}
        </span>
        <span class="num">{textAt(axis, 1)}</span>
      </p>
      <span class="front-part" style={{ '--from': part.from, '--to': part.to }} aria-hidden="true" />
      <input
        type="range"
        min={0}
        max={STEPS}
        value={Math.round(part.from * STEPS)}
        // where the two meet at the right end, this one must be on top to be moved away
        style={{ zIndex: part.from > 0.5 ? 2 : 1 }}
        aria-label={t('{{name}}, at least', { name })}
        aria-valuetext={spoken(part.from)}
        data-testid={`${key}-from`}
        onInput={(event) => {
          const from = Math.min(Number(event.currentTarget.value) / STEPS, part.to);
          event.currentTarget.value = String(from * STEPS);
          ask(key, { ...part, from });
        }}
      />
      <input
        type="range"
        min={0}
        max={STEPS}
        value={Math.round(part.to * STEPS)}
        aria-label={t('{{name}}, at most', { name })}
        aria-valuetext={spoken(part.to)}
        data-testid={`${key}-to`}
        onInput={(event) => {
          const to = Math.max(Number(event.currentTarget.value) / STEPS, part.from);
          event.currentTarget.value = String(to * STEPS);
          ask(key, { ...part, to });
        }}
      />
    </div>
  );
}
