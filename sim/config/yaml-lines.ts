/** YAML checked against a schema, with errors that name the line. */
import { type Document, LineCounter, isMap, parseDocument } from 'yaml';
import type { z } from 'zod';
import { UserError } from './quantity.ts';

export interface LinedFile<T> {
  readonly value: T;
  /** "file:line" of the value at a path. */
  readonly where: (path: readonly (string | number)[]) => string;
}

/** Throws UserError that says file, line, what is wrong and what is allowed. */
export function readYaml<S extends z.ZodType>(
  text: string,
  fileName: string,
  schema: S,
): LinedFile<z.infer<S>> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const problem = document.errors[0];
  if (problem)
    throw new UserError(`${fileName}:${problem.linePos?.[0].line ?? '?'}: ${problem.message.split('\n')[0]}`);
  const where = (path: readonly (string | number)[]) => `${fileName}:${lineOf(document, lines, path)}`;
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success) throw new UserError(sentence(parsed.error.issues[0], where));
  return { value: parsed.data, where };
}

function sentence(issue: z.core.$ZodIssue, where: LinedFile<unknown>['where']): string {
  const path = issue.path.map((step) => (typeof step === 'number' ? step : String(step)));
  if (issue.code === 'unrecognized_keys') {
    const inside = path.join('.') || 'the file';
    return `${where([...path, issue.keys[0]])}: "${issue.keys[0]}" is not known in ${inside}; look for a misspelling, or in the schema for what is.`;
  }
  return `${where(path)}: ${path.join('.') || 'file'}: ${issue.message}.`;
}

/** Line of the last step of the path that stands in the document: of the key in a map, of the item in a list. */
function lineOf(document: Document, lines: LineCounter, path: readonly (string | number)[]): number | string {
  for (let length = path.length; length > 0; length--) {
    const parent = length === 1 ? document.contents : document.getIn(path.slice(0, length - 1), true);
    const step = path[length - 1];
    const key = isMap(parent)
      ? parent.items.find((pair) => String(pair.key) === String(step))?.key
      : undefined;
    const node = (key ?? document.getIn(path.slice(0, length), true)) as
      | { range?: readonly number[] }
      | undefined;
    if (node?.range) return lines.linePos(node.range[0]).line;
  }
  return 1;
}
