/** No word of the page stands beside `t('...')`: what a component writes into the page is searched in its syntax tree. */
import { parseSync } from 'vite';
import { describe, expect, it } from 'vitest';
import { listFiles, readSource } from '../house/source-files.ts';

/** Units, symbols, keys of the keyboard and our own name: the same in every language. */
const SAME_IN_EVERY_LANGUAGE = new Set([
  'ms',
  'kN',
  'Hz',
  'Δt',
  'Esc',
  'Shift',
  'CSV',
  'elastocool',
  'simulate',
]);
const READ_BY_PEOPLE =
  /^(aria-(label|description|valuetext|roledescription|placeholder)|title|placeholder|alt|label)$/;

type Node = { readonly type: string; readonly start: number } & Readonly<Record<string, unknown>>;
const isNode = (value: unknown): value is Node =>
  typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string';
const childrenOf = (node: Node): Node[] => Object.values(node).flat().filter(isNode);

/** The texts that an expression may have as its value. What a call gives is looked at where it is made. */
function textsOf(node: unknown): string[] {
  if (!isNode(node)) return [];
  switch (node.type) {
    case 'JSXText':
      return [String(node.value)];
    case 'Literal':
      return typeof node.value === 'string' ? [node.value] : [];
    case 'TemplateElement':
      return [(node.value as { readonly cooked: string }).cooked];
    case 'ConditionalExpression':
      return [node.consequent, node.alternate].flatMap(textsOf);
    case 'BinaryExpression':
      return node.operator === '+' ? childrenOf(node).flatMap(textsOf) : [];
    case 'TemplateLiteral':
    case 'LogicalExpression':
    case 'JSXExpressionContainer':
      return childrenOf(node).flatMap(textsOf);
    default:
      return [];
  }
}

/** What a node of the tree writes into the page. */
function shownBy(node: Node): string[] {
  if (node.type === 'JSXElement' || node.type === 'JSXFragment')
    return (node.children as readonly unknown[]).flatMap(textsOf);
  const { name } = isNode(node.name) ? node.name : node;
  return node.type === 'JSXAttribute' && READ_BY_PEOPLE.test(String(name)) ? textsOf(node.value) : [];
}

const wordsIn = (text: string): string[] =>
  (text.replaceAll(/&\w+;/g, ' ').match(/\p{L}{2,}/gu) ?? []).filter(
    (word) => !SAME_IN_EVERY_LANGUAGE.has(word),
  );

/** Line and text of everything that is not said through `t`. */
function bareEnglish(path: string, source: string): string[] {
  const { program, errors } = parseSync(path, source);
  if (errors.length > 0) throw new Error(`${path}: ${errors[0].message}`);
  const found: string[] = [];
  const waiting: Node[] = [program as unknown as Node];
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    const bare = shownBy(node).filter((text) => wordsIn(text).length > 0);
    const line = (): number => source.slice(0, node.start).split('\n').length;
    found.push(...bare.map((text) => `${path}:${line()} ${text.trim()}`));
    waiting.push(...childrenOf(node));
  }
  return found;
}

describe('English that no translation reaches', () => {
  it('is nowhere in what the components write', () => {
    const components = listFiles('ui').filter((path) => path.endsWith('.tsx'));
    expect(components.length).toBeGreaterThan(50);
    expect(components.flatMap((path) => bareEnglish(path, readSource(path)))).toEqual([]);
  });

  it.each([
    ['as text', '<p>Peak force</p>'],
    ['as a value', '<p>{"Peak"}</p>'],
    ['in a fragment', '<>Peak</>'],
    ['beside a number', '<p>{`${n} cycles`}</p>'],
    ['where something holds', '<p>{a ? t("Peak") : "not yet"}</p>'],
    ['put together', '<p>{n + " cycles"}</p>'],
    ['as a hint', '<p title="Peak force" />'],
    ['as a name for a screen reader', '<p aria-label={a ?? "Peak"} />'],
    ['deep inside', '<ul>{list.map((one) => (<li>{one} of them</li>))}</ul>'],
  ])('is found %s', (_where, source) => {
    expect(bareEnglish('x.tsx', source)).toHaveLength(1);
  });

  it.each([
    ['what t says', '<p title={t("Peak")}>{t("Peak")} {a === "Peak" ? n : null}{a === "Peak" && n}</p>'],
    ['units and symbols', '<p>{n} kN, Δt <b>×</b> {`${n} ms`}</p>'],
    ['what is not for people', '<p class="big one" data-testid="peak" />'],
  ])('is not %s', (_what, source) => {
    expect(bareEnglish('x.tsx', source)).toEqual([]);
  });
});
