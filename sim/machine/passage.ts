/**
 * Where the fluid of a cell runs along its alloy: the gap inside the tubes or their open bore, the gap around them or
 * the space between the tubes of a bundle, the gaps between plates. A cell has one or two of these.
 */
import type { BankConfig } from '../config/device-config.ts';
import { UserError } from '../config/quantity.ts';
import { bundle } from '../fluid/bundle.ts';
import { type Correlation, GAP_ONE_SIDED, PLATES, TUBE, annulus } from '../fluid/correlation.ts';

/** All like passages of a cell together; unloaded. */
export interface Passage {
  readonly correlation: Correlation;
  /** Circumference of the alloy surface it wets, m. */
  readonly wettedPerimeter: number;
  /** Circumference of its inert wall, m; 0 where it has none. */
  readonly linerPerimeter: number;
  /** Fluid cross-section, m²; the inventory of fluid keeps this value (bank.ts says what that leaves out). */
  readonly flowArea: number;
  /** Hydraulic diameter, m. */
  readonly hydraulicDiameter: number;
  /** Relative growth of width and hydraulic diameter per lateral strain of the alloy, 1; 0 where it hardly matters. */
  readonly opening: number;
}

/**
 * @param gapFactor gaps of this cell relative to the nominal ones, 1
 * @throws UserError where the parts do not fit into each other, or no fluid can pass
 */
export function passagesOf(bank: BankConfig, gapFactor: number): readonly Passage[] {
  const passages =
    bank.cell.form === 'plates'
      ? [betweenPlates(bank, gapFactor)]
      : [insideTubes(bank, gapFactor), outsideTubes(bank, gapFactor)].filter((p) => p !== null);
  if (passages.length === 0)
    throw new UserError(
      `${bank.name}: channel.inside and channel.outside are both blocked; no fluid can pass, open one.`,
    );
  return passages;
}

function betweenPlates({ plate, channel }: BankConfig, gapFactor: number): Passage {
  const gap = channel.plate_gap * gapFactor;
  return {
    correlation: PLATES,
    wettedPerimeter: 2 * plate.plate_width * plate.plates_per_cell,
    linerPerimeter: 0,
    flowArea: plate.plate_width * gap * plate.plates_per_cell,
    hydraulicDiameter: 2 * gap,
    opening: -plate.plate_thickness / gap,
  };
}

function insideTubes({ name, tube, channel }: BankConfig, gapFactor: number): Passage | null {
  if (channel.inside === 'blocked') return null;
  const bore = tube.outer_diameter - 2 * tube.wall_thickness;
  if (bore <= 0)
    throw new UserError(
      `${name}: tube.wall_thickness leaves no bore; it must be below half the outer diameter.`,
    );
  if (channel.inside === 'bore') {
    return {
      correlation: TUBE,
      wettedPerimeter: Math.PI * bore * tube.tubes_per_cell,
      linerPerimeter: 0,
      flowArea: (Math.PI * bore ** 2 * tube.tubes_per_cell) / 4,
      hydraulicDiameter: bore,
      opening: 0,
    };
  }
  const gap = channel.inner_gap * gapFactor;
  if (2 * gap >= bore)
    throw new UserError(
      `${name}: channel.inner_gap leaves no room for an insert in the bore of ${(bore * 1e3).toFixed(2)} mm; make it smaller, or set channel.inside to bore.`,
    );
  return gapBetween(gap, bore, bore - 2 * gap, 1, tube.tubes_per_cell);
}

function outsideTubes({ tube, channel }: BankConfig, gapFactor: number): Passage | null {
  if (channel.outside === 'blocked') return null;
  const { outer_diameter: diameter, tubes_per_cell: tubes } = tube;
  if (channel.outside === 'gap') {
    const gap = channel.outer_gap * gapFactor;
    return gapBetween(gap, diameter, diameter + 2 * gap, -1, tubes);
  }
  // the plane that belongs to a tube: √3/2 pitch² in a triangle, pitch² in a square
  const plane = channel.arrangement === 'square' ? 1 : Math.sqrt(3) / 2;
  const area = (plane * (channel.pitch_ratio * diameter) ** 2 - (Math.PI * diameter ** 2) / 4) * tubes;
  const wettedPerimeter = Math.PI * diameter * tubes;
  return {
    correlation: bundle(channel.pitch_ratio, channel.arrangement),
    wettedPerimeter,
    linerPerimeter: 0,
    flowArea: area,
    hydraulicDiameter: (4 * area) / wettedPerimeter,
    opening: 0,
  };
}

/** Above this ratio of its radii a ring counts as a plane gap: their Nusselt numbers are then within 2.5 %. */
const PLANE_RATIO = 0.9;

/** @param sign +1 where the gap widens as the tube grows outwards (inside), -1 where it narrows (outside) */
function gapBetween(gap: number, wetted: number, liner: number, sign: 1 | -1, tubes: number): Passage {
  const ratio = Math.min(wetted, liner) / Math.max(wetted, liner);
  return {
    correlation: ratio >= PLANE_RATIO ? GAP_ONE_SIDED : annulus(ratio, sign > 0 ? 'outer' : 'inner'),
    wettedPerimeter: Math.PI * wetted * tubes,
    linerPerimeter: Math.PI * liner * tubes,
    flowArea: ((Math.PI * (wetted + liner)) / 2) * gap * tubes,
    hydraulicDiameter: 2 * gap,
    opening: (sign * wetted) / 2 / gap,
  };
}
