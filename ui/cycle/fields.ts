/** What a map of a cell may show. */
export const FIELDS = ['alloy', 'fluid', 'difference', 'martensite'] as const;
export type Field = (typeof FIELDS)[number];
