/** The part that a person looks at, in the address, and what the alarms of now mark. */
import { computed } from '@preact/signals';
import { addressOf, linked, oneOf, type View } from '../address.ts';
import { gravityOf } from '../operate/alarms.ts';
import { state } from '../session.ts';
import { type PartId, PART_IDS, partsOf } from './alarm-parts.ts';

export const part = linked<PartId>('part', 'machine', oneOf(...PART_IDS));

/** Address of a view with one thing in it changed. */
export function addressWith(view: View, key: string, text: string): string {
  const [path, query = ''] = addressOf(view).split('?', 2);
  const words = new URLSearchParams(query);
  words.set(key, text);
  return `${path}?${words}`;
}

export type Mark = 'alarm' | 'warning';

/** Parts that a listed alarm is about; the gravest counts. */
export const marks = computed((): ReadonlyMap<PartId, Mark> => {
  const found = new Map<PartId, Mark>();
  for (const fault of state.value?.faults ?? []) {
    const mark = gravityOf(fault) === 'alarm' ? 'alarm' : 'warning';
    for (const id of partsOf(fault)) if (found.get(id) !== 'alarm') found.set(id, mark);
  }
  return found;
});
