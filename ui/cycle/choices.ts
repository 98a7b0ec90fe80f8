/** What is looked at in the view of the cycle; each lives in the address. And where in the cycle the cursor is. */
import { signal } from '@preact/signals';
import { aNumber, linked, oneOf } from '../address.ts';
import { FIELDS, type Field } from './fields.ts';
import { CELLS } from '../../controller/wire/channels.ts';

/** The cell that is looked at, from 0. */
export const cellShown = linked<number>('cycle-cell', 0, {
  write: (cell) => String(cell + 1),
  read: (text) => {
    const cell = (aNumber(0).read(text) ?? Number.NaN) - 1;
    return Number.isInteger(cell) && cell >= 0 && cell < CELLS ? cell : undefined;
  },
});

/** Cycles laid over each other, and from which a mean and its uncertainty are taken. */
export const OVERLAYS = ['6', '20', '60'] as const;
export const overlaid = linked<(typeof OVERLAYS)[number]>('cycle-overlaid', '20', oneOf(...OVERLAYS));
export const overlaidCount = (): number => Number(overlaid.value);

export const SOURCES = ['measured', 'model'] as const;
export const accountSource = linked<(typeof SOURCES)[number]>('cycle-account', 'measured', oneOf(...SOURCES));

export const fieldShown = linked<Field>('cycle-map', 'alloy', oneOf(...FIELDS));

/** Phase under the cursor in whichever picture it is, in [0,1); null while it is in none. */
export const pointedPhase = signal<number | null>(null);
