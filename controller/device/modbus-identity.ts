/** Who a Modbus device says it is: registers that must read what the profile says, and function 43/14 where it has it. */
import type { ModbusUnit } from '../protocol/modbus-bus.ts';
import { failure, type Result } from '../protocol/transaction.ts';
import type { PointBasics } from './profile-points.ts';
import { type Raw, toReading } from './readings.ts';

/** Vendor, product code and revision, as the device calls itself. */
export async function deviceIdentification(unit: ModbusUnit): Promise<Result<string>> {
  const texts: string[] = [];
  let object: number | null = 0;
  // three basic objects; "more follows" can only ask for a later one
  for (let asked = 0; object !== null && asked < 3; asked++) {
    const result = await unit.transact({ fc: 43, category: 1, object });
    if (!result.ok) return result;
    if (!('objects' in result.value))
      return failure('crc', 'The reply to a read of the identification has none.');
    texts.push(...result.value.objects.values());
    object = result.value.nextObject;
    if (object === null) return { ...result, value: texts.join(' ') };
  }
  return failure('crc', 'The device’s identification does not end.');
}

export interface Expectation {
  readonly title: string;
  readonly points: Readonly<Record<string, PointBasics>>;
  readonly expected: Readonly<Record<string, number | 'any'>>;
}

/** Whether the registers read as expected, in words. */
export function identitySentence(
  { title, points, expected }: Expectation,
  raws: ReadonlyMap<string, Raw>,
): { readonly isIt: boolean; readonly text: string } {
  const values = Object.entries(expected).map(([name, value]) => {
    const reading = toReading(points[name], raws.get(name) ?? 'no_data', 0);
    const given = reading.quality === 'good' ? reading.value : reading.quality;
    return { name, value, given, fits: value === 'any' ? reading.quality === 'good' : given === value };
  });
  const wrong = values.find(({ fits }) => !fits);
  if (wrong !== undefined)
    return {
      isIt: false,
      text: `${wrong.name} reads ${wrong.given}, a ${title} reads ${wrong.value === 'any' ? 'a value within its bounds' : wrong.value}.`,
    };
  return { isIt: true, text: `${title} (${values.map(({ name, given }) => `${name} ${given}`).join(', ')})` };
}
