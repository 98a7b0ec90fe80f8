/** How a chapter of a system ends. */
import type { Block, ChapterContext } from '../../chapter.ts';
import { rowsTable } from '../rows-table.ts';

/** The rows of one or more presets; nothing where they have none. */
export function scoreBlocks(context: ChapterContext, title: string, ...keys: readonly string[]): Block[] {
  const rows = keys.flatMap((key) => context.rows(key));
  return rows.length === 0 ? [] : [{ kind: 'table', table: rowsTable(title, rows) }];
}
