/** The sources that numbers of this repository may cite. */
import { readFileSync } from 'node:fs';
import { parse } from 'yaml';

export interface Source {
  readonly text: string;
  readonly doi?: string;
  /** T, P, 2, M or D; see the head of the file. */
  readonly sure: string;
}

export function readBibliography(): ReadonlyMap<string, Source> {
  const text = readFileSync(new URL('../../fixtures/bibliography.yaml', import.meta.url), 'utf8');
  const entries = Object.entries(
    parse(text) as Record<string, { text: string; doi?: string; sure: unknown }>,
  );
  return new Map(entries.map(([key, source]) => [key, { ...source, sure: String(source.sure) }]));
}
