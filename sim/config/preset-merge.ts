/** A preset file laid over those that it extends, with the line that each value stands in. */
import { type Entry, PresetFile } from './preset-schema.ts';
import { UserError } from './quantity.ts';
import { type LinedFile, readYaml } from './yaml-lines.ts';

export interface Given {
  readonly entry: Entry;
  /** "file:line" */
  readonly where: string;
}

/** What a file and those it extends say, by "group.key", and by "bank.group.key" for single banks. */
export interface Merged {
  readonly head: Omit<PresetFile, 'extends' | 'parameters'>;
  readonly entries: ReadonlyMap<string, Given>;
  /** Of the file that has the layout. */
  readonly layoutAt: LinedFile<unknown>['where'];
}

/** Text of the file at a path; undefined where there is none. */
export type ReadText = (path: string) => string | undefined;

/** Lays the file over those that it extends. */
export function merge(
  text: string,
  fileName: string,
  read: ReadText | undefined,
  above: readonly string[] = [],
): Merged {
  const { value, where } = readYaml(text, fileName, PresetFile);
  const { extends: bases = [], parameters, ...own } = value;
  let head: Merged['head'] = {};
  let layoutAt: Merged['layoutAt'] = where;
  const entries = new Map<string, Given>();
  for (const base of typeof bases === 'string' ? [bases] : bases) {
    const path = joinPath(fileName, base);
    const line = where(['extends']);
    if (above.includes(path)) throw new UserError(`${line}: ${base} extends this file in turn.`);
    const baseText = read?.(path);
    if (baseText === undefined)
      throw new UserError(`${line}: there is no file ${path} to extend; give its path relative to this one.`);
    const under = merge(baseText, path, read, [...above, fileName]);
    head = { ...head, ...under.head };
    if (under.head.layout) layoutAt = under.layoutAt;
    for (const [name, given] of under.entries) entries.set(name, given);
  }
  if (own.layout) {
    layoutAt = where;
    for (const [bank, groups] of Object.entries(own.layout.banks))
      collect(entries, groups ?? {}, `${bank}.`, (path) => where(['layout', 'banks', bank, ...path]));
  }
  collect(entries, parameters, '', (path) => where(['parameters', ...path]));
  const defined = Object.fromEntries(Object.entries(own).filter(([, part]) => part !== undefined));
  return { head: { ...head, ...defined }, entries, layoutAt };
}

function collect(
  into: Map<string, Given>,
  groups: Readonly<Record<string, unknown>>,
  prefix: string,
  where: (path: readonly string[]) => string,
): void {
  for (const [group, table] of Object.entries(groups)) {
    for (const [key, entry] of Object.entries((table ?? {}) as Record<string, Entry | undefined>)) {
      if (entry) into.set(`${prefix}${group}.${key}`, { entry, where: where([group, key]) });
    }
  }
}

/** "presets/a.yaml" and "../alloys/b.yaml" make "alloys/b.yaml". */
function joinPath(file: string, relative: string): string {
  if (relative.startsWith('/')) return relative;
  const steps = file.split('/').slice(0, -1);
  for (const step of relative.split('/')) {
    if (step === '..' && steps.length > 0 && steps.at(-1) !== '..') steps.pop();
    else if (step !== '.') steps.push(step);
  }
  return steps.join('/');
}
