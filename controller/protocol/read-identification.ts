/** Asks a device for its name plate (FC43, MEI type 14), however many replies that takes. */
import type { ModbusUnit } from './modbus-bus.ts';
import type { IdentificationCategory } from './pdu.ts';
import { failure, type Result, type TransactOptions } from './transaction.ts';

/** Objects by number; only reads. 'exception': the device does not know the function, as most small ones do not. */
export async function readIdentification(
  unit: ModbusUnit,
  category: Exclude<IdentificationCategory, 4> = 1,
  options: TransactOptions = {},
): Promise<Result<ReadonlyMap<number, string>>> {
  const objects = new Map<number, string>();
  let object: number | null = 0;
  while (object !== null) {
    const asked: number = object;
    const answer = await unit.transact({ fc: 43, category, object: asked }, options);
    if (!answer.ok) return answer;
    if (answer.value.fc !== 43) return failure('refused', 'This request reads no identification.');
    for (const [id, text] of answer.value.objects) objects.set(id, text);
    object = answer.value.nextObject;
    if (object === null) return { ...answer, value: objects };
    if (object <= asked) break;
  }
  return failure(
    'refused',
    `Device ${unit.address} repeats its identification without an end; read single objects.`,
  );
}
