/** The part of the study that is shown. */
import { linked, oneOf } from '../address.ts';

export const PARTS = ['runs', 'report', 'playground', 'designs', 'maps'] as const;
export type Part = (typeof PARTS)[number];

export const part = linked<Part>('study', 'runs', oneOf(...PARTS));
