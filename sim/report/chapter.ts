/** What a report is made of, before it is HTML: chapters of paragraphs, figures and tables. */
import type { LiteratureRow } from '../study/literature/row.ts';
import type { Member, StudyRunner } from '../study/study.ts';

export interface Figure {
  /** Unique in the report; name of its files. */
  readonly key: string;
  /** What is shown, whose figures, what is assumed; plain text. */
  readonly caption: string;
  /** A whole SVG document. */
  readonly svg: string;
}

export interface Table {
  readonly title: string;
  readonly columns: readonly Column[];
  /** Cells in the order of the columns; null is a dash. */
  readonly rows: readonly TableRow[];
  readonly note?: string;
}
export interface Column {
  readonly label: string;
  readonly align?: 'right';
}
export interface TableRow {
  readonly cells: readonly (string | null)[];
  /** Colours the row. */
  readonly verdict?: 'pass' | 'fail' | 'uninformative';
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: string }
  | { readonly kind: 'heading'; readonly text: string }
  | { readonly kind: 'figure'; readonly figure: Figure }
  | { readonly kind: 'table'; readonly table: Table };

export interface ChapterContent {
  readonly key: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** What a chapter is given to work with. */
export interface ChapterContext extends StudyRunner {
  /** The conditioned machines of a system, by the key of its preset; at least one. */
  readonly members: (preset: string) => readonly Member[];
  /** Published figures of a system beside the model. */
  readonly rows: (preset: string) => readonly LiteratureRow[];
}

/** A part of the report: asks for its studies, then says and draws what came out. */
export type Chapter = (context: ChapterContext) => Promise<ChapterContent>;
