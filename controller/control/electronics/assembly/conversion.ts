/** From the unit of a point to the unit in the name of a reading, and back. */
import { math } from '../../../../sim/mathjs.ts';
import { unitOf } from './machine-map.ts';

math.createUnit('rpm', '0.016666666666666666 Hz', { override: true });

/** reading = scale × point + offset. */
export interface Conversion {
  readonly point: string;
  readonly scale: number;
  readonly offset: number;
}

/** As mathjs spells it. */
const spelled = (unit: string): string => unit.replace('°C', 'degC').replace('·', ' ');

/** How `name` is had from a point in `pointUnit`; a sentence where the units have nothing to do with each other. */
export function readingOf(name: string, point: string, pointUnit: string): Conversion | string {
  const unit = unitOf(name);
  if (unit === pointUnit) return { point, scale: 1, offset: 0 };
  try {
    const at = (value: number): number => math.unit(value, spelled(pointUnit)).toNumber(spelled(unit));
    const offset = at(0);
    return { point, scale: at(1) - offset, offset };
  } catch {
    return `${name}: ${point} is in ${pointUnit || 'no unit'}, ${unit || 'no unit'} is needed; derive a point in ${unit || 'no unit'} under devices.${point.split('.')[0]}.points.`;
  }
}

/** What is written for a value of `name`: the reading turned round. */
export function settingOf(name: string, point: string, pointUnit: string): Conversion | string {
  const reading = readingOf(name, point, pointUnit);
  if (typeof reading === 'string') return reading;
  const { scale, offset } = reading;
  return { point, scale: 1 / scale, offset: -offset / scale };
}
