/**
 * The sentences that a module of the controller can say, read from its syntax tree: every text with words in it, and every
 * template with a stand-in where something is filled in, each way that a choice within it can go.
 */
import { parseSync } from 'vite';
import { readSource } from '../house/source-files.ts';

export interface English {
  /** File and line. */
  readonly at: string;
  readonly text: string;
  /** Two words at least; a single one may be a key. */
  readonly isSentence: boolean;
}

/** In the place of a number, a key or a sentence that comes from elsewhere. */
const STAND_IN = 'N7';
/** Not said to people on the page: errors are for whoever writes the program, ... */
const SILENT = new Set(['ThrowStatement', 'ImportDeclaration', 'TSLiteralType']);
/** ... conditions are printed by a command, units stand beside numbers only, ... */
const SILENT_KEYS = new Set(['when', 'unit']);
/** ... and what is wrong with a file is said before there is a page. */
const SILENT_CALLS = new Set(['refine', 'regex']);

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);
const isNamed = (node: unknown, names: ReadonlySet<string>): boolean =>
  isNode(node) && names.has(String(node.name));

function isSilent({ type, key, callee }: Node): boolean {
  if (type === 'CallExpression') return isNode(callee) && isNamed(callee.property, SILENT_CALLS);
  return SILENT.has(type) || (type === 'Property' && isNamed(key, SILENT_KEYS));
}

const isText = ({ type, value, operator }: Node): boolean =>
  type === 'TemplateLiteral' ||
  (type === 'Literal' && typeof value === 'string') ||
  (type === 'BinaryExpression' && operator === '+');

/** What an expression may say, each way that it can go. `heard` is told of every text within. */
function waysOf(node: unknown, heard: (text: Node) => void): string[] {
  if (!isNode(node)) return [STAND_IN];
  const ways = (part: unknown): string[] => waysOf(part, heard);
  if (isText(node)) heard(node);
  switch (node.type) {
    case 'Literal':
      return [String(node.value)];
    case 'ConditionalExpression':
      return [...ways(node.consequent), ...ways(node.alternate)];
    case 'LogicalExpression':
      return [...ways(node.left), ...ways(node.right)];
    case 'BinaryExpression':
      return isText(node) ? inRow([ways(node.left), ways(node.right)]) : [STAND_IN];
    case 'TemplateLiteral': {
      const { quasis, expressions } = node as Readonly<Record<string, readonly Node[]>>;
      const texts = quasis.map(({ value }) => [(value as { readonly cooked: string }).cooked]);
      return inRow(texts.flatMap((text, i) => (i === 0 ? [text] : [ways(expressions[i - 1]), text])));
    }
    default:
      return [STAND_IN];
  }
}

/** One after the other, in every combination. */
const inRow = (parts: readonly (readonly string[])[]): string[] =>
  parts.reduce<string[]>((before, ways) => before.flatMap((text) => ways.map((way) => text + way)), ['']);

export function englishOf(path: string): English[] {
  const source = readSource(path);
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const found: English[] = [];
  const heard = new Set<Node>();
  const waiting: Node[] = [program as unknown as Node];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isSilent(node)) continue;
    if (isText(node) && !heard.has(node)) {
      const at = `${path}:${source.slice(0, node.start).split('\n').length}`;
      const texts = waysOf(node, (text) => heard.add(text)).map((text) => text.trim());
      found.push(...texts.map((text) => ({ at, text, isSentence: /\p{L}{2,}[,;.]? \p{L}/u.test(text) })));
    }
    waiting.push(...childrenOf(node));
  }
  return found;
}
