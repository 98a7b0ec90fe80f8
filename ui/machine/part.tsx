/** A part of the drawing as a link: to the view of the machine, with this part chosen. Enter and a tap follow it. */
import type { ComponentChildren } from 'preact';
import { view } from '../address.ts';
import { t } from '../language.ts';
import type { PartId } from './alarm-parts.ts';
import { partSpec } from './catalogue.ts';
import { addressWith, marks, part } from './chosen.ts';
import type { Box } from './geometry.ts';

interface PartProps {
  readonly id: PartId;
  readonly box: Box;
  readonly children?: ComponentChildren;
}

/** Outline beyond the part, and radius of the sign that an alarm puts on it, px. */
const MARGIN = 3;
const SIGN = 9;

export function Part({ id, box, children }: PartProps) {
  const mark = marks.value.get(id);
  const isChosen = view.value === 'machine' && part.value === id;
  const title = partSpec(id).title();
  const name =
    mark === undefined
      ? title
      : mark === 'alarm'
        ? t('{{title}}: alarm', { title })
        : t('{{title}}: warning', { title });
  return (
    // Numbers in it change many times a second: they are for the eye, and stand in the inspector for everybody.
    <a
      class={`part ${mark ?? ''}`}
      href={addressWith('machine', 'part', id)}
      aria-label={name}
      aria-current={isChosen ? 'true' : undefined}
      data-testid={`part-${id}`}
    >
      <title>{name}</title>
      {children}
      <rect
        class="part-box"
        x={box.x - MARGIN}
        y={box.y - MARGIN}
        width={box.width + 2 * MARGIN}
        height={box.height + 2 * MARGIN}
        rx="5"
      />
      {mark === undefined ? null : (
        <g class="part-sign" transform={`translate(${box.x + box.width} ${box.y})`}>
          <circle r={SIGN} />
          <text text-anchor="middle" dominant-baseline="central" aria-hidden="true">
            !
          </text>
        </g>
      )}
    </a>
  );
}
