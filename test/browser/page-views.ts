/** The names of the views, as the page itself has them: a view that is added is looked at without a word here. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from '../house/source-files.ts';

export function viewNames(): readonly string[] {
  const source = readFileSync(join(ROOT, 'ui', 'address.ts'), 'utf8');
  const listed = /export const VIEWS = \[([^\]]+)\]/.exec(source)?.[1] ?? '';
  const names = [...listed.matchAll(/'([^']+)'/g)].map(([, name]) => name);
  if (names.length === 0) throw new Error('ui/address.ts lists no views as VIEWS = [...]');
  return names;
}
