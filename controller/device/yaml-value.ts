/** A YAML file held against a schema: the value, frozen, or one sentence with file, line, key, given and allowed. */
import { LineCounter, parseDocument, type Document } from 'yaml';
import type { z } from 'zod';
import { issueSentence, lineOf } from './issue-sentence.ts';

export interface YamlValue<T> {
  readonly value: T;
  /** "FILE (line N)" of a key, for what a schema cannot see. */
  readonly where: (path: readonly PropertyKey[]) => string;
}

export function readYaml<S extends z.ZodType>(
  text: string,
  file: string,
  schema: S,
): YamlValue<z.infer<S>> | string {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true });
  const [problem] = document.errors;
  if (problem !== undefined) {
    const [summary] = problem.message.split('\n');
    return `${file} is not YAML (line ${problem.linePos?.[0].line ?? '?'}): ${summary}`;
  }
  const parsed = schema.safeParse(document.toJS());
  if (!parsed.success)
    return `${file}: ${issueSentence(parsed.error.issues[0], document, lines, 'The whole')}`;
  return { value: freeze(parsed.data), where: (path) => whereIn(file, path, document, lines) };
}

function whereIn(file: string, path: readonly PropertyKey[], document: Document, lines: LineCounter): string {
  const line = lineOf(path, document, lines);
  return `${file}: ${path.join('.')}${line === null ? '' : ` (line ${line})`}`;
}

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const inner of Object.values(value)) freeze(inner);
  return Object.freeze(value);
}
