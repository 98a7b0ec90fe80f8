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
/** Not said to people on the page: errors are for whoever writes the program, conditions are printed by a command. */
const NOT_SAID = new Set(['ThrowStatement', 'ImportDeclaration', 'TSLiteralType']);
/** Units stand beside numbers only. */
const NOT_SAID_ALONE = new Set(['when', 'unit']);

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

const isText = (node: Node): boolean =>
  node.type === 'TemplateLiteral' || (node.type === 'Literal' && typeof node.value === 'string');

/** What an expression may say, each way that it can go. */
function waysOf(node: unknown): string[] {
  if (!isNode(node)) return [STAND_IN];
  switch (node.type) {
    case 'Literal':
      return [String(node.value)];
    case 'ConditionalExpression':
      return [...waysOf(node.consequent), ...waysOf(node.alternate)];
    case 'LogicalExpression':
      return [...waysOf(node.left), ...waysOf(node.right)];
    case 'TemplateLiteral':
      return templateWays(node);
    default:
      return [STAND_IN];
  }
}

function templateWays({ quasis, expressions }: Node): string[] {
  const texts = (quasis as readonly Node[]).map(({ value }) => (value as { readonly cooked: string }).cooked);
  return (expressions as readonly Node[]).reduce(
    (ways, expression, i) =>
      ways.flatMap((way) => waysOf(expression).map((filled) => way + filled + texts[i + 1])),
    [texts[0]],
  );
}

const isSilent = ({ type, key }: Node): boolean =>
  NOT_SAID.has(type) || (type === 'Property' && isNode(key) && NOT_SAID_ALONE.has(String(key.name)));

export function englishOf(path: string): English[] {
  const source = readSource(path);
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const found: English[] = [];
  const waiting: Node[] = [program as unknown as Node];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    if (isSilent(node)) continue;
    if (isText(node)) {
      const at = `${path}:${source.slice(0, node.start).split('\n').length}`;
      found.push(
        ...waysOf(node).map((text) => ({ at, text, isSentence: /\p{L}{2,}[,;.]? \p{L}/u.test(text) })),
      );
    }
    waiting.push(...childrenOf(node));
  }
  return found;
}
