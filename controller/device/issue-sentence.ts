/** One sentence for what a schema found wrong in a YAML file: key, line, given, allowed. */
import { isNode, type Document, type LineCounter } from 'yaml';
import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

export function issueSentence(
  issue: Issue,
  document: Document,
  lines: LineCounter,
  whole = 'The rig file',
): string {
  const unknownKey = issue.code === 'unrecognized_keys' ? issue.keys.slice(0, 1) : [];
  const path = [...issue.path, ...unknownKey];
  const value: unknown = document.getIn(path);
  const given =
    value === undefined ? 'nothing' : typeof value === 'number' ? String(value) : JSON.stringify(value);
  const line = lineOf(path, document, lines);
  return `${path.join('.') || whole}${line === null ? '' : ` (line ${line})`}: ${given} given, allowed is ${allowed(issue)}.`;
}

function allowed(issue: Issue): string {
  if (issue.code === 'invalid_type') {
    return issue.expected === 'int' ? 'a whole number' : `a value of type ${issue.expected}`;
  }
  if (issue.code === 'too_small')
    return `${issue.inclusive === true ? 'at least' : 'more than'} ${issue.minimum}`;
  if (issue.code === 'too_big')
    return `${issue.inclusive === true ? 'at most' : 'less than'} ${issue.maximum}`;
  if (issue.code === 'invalid_value') return issue.values.map(String).join(' or ');
  if (issue.code === 'unrecognized_keys') return 'no such key';
  if (issue.code === 'invalid_union' && issue.errors.length > 0)
    return issue.errors.map(([first]) => allowed(first)).join(' or ');
  return issue.message;
}

/** Line of a key, or of its nearest parent where it is missing. */
export function lineOf(path: readonly PropertyKey[], document: Document, lines: LineCounter): number | null {
  for (let depth = path.length; depth > 0; depth--) {
    const node: unknown = document.getIn(path.slice(0, depth), true);
    if (isNode(node) && node.range) return lines.linePos(node.range[0]).line;
  }
  return null;
}
