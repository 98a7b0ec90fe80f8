/** What the compiler cannot hold: the arrows between the rooms, the habits of a file. */
import { describe, expect, it } from 'vitest';
import { importsOf, isModule, listFiles, readSource, withoutComments } from './source-files.ts';

/** Each room and the rooms it may import from; the longest matching name is a file's room. */
const ARROWS: Readonly<Record<string, readonly string[]>> = {
  sim: ['sim'],
  'sim/command': ['sim', 'sim/command'],
  'controller/wire': ['controller/wire'],
  'controller/protocol': ['controller/protocol'],
  'controller/device': ['controller/device', 'controller/protocol'],
  'controller/virtual-rig': ['controller/virtual-rig', 'controller/protocol', 'sim'],
  controller: [
    'controller',
    'controller/device',
    'controller/wire',
    'controller/protocol',
    'sim',
    'sim/command',
  ],
  // the example that it opens comes along
  ui: ['ui', 'controller/wire', 'ui/worker/messages.ts', 'fixtures'],
  'ui/worker': ['ui', 'ui/worker', 'ui/worker/messages.ts', 'controller/wire', 'sim', 'fixtures'],
  // all that the page knows of its worker
  'ui/worker/messages.ts': [],
  fixtures: [],
  test: [
    'test',
    'sim',
    'sim/command',
    'controller',
    'controller/device',
    'controller/wire',
    'controller/protocol',
  ].concat(['controller/virtual-rig', 'ui', 'ui/worker', 'ui/worker/messages.ts', 'fixtures']),
};

const ROOMS = Object.keys(ARROWS).toSorted((a, b) => b.length - a.length);
const roomOf = (path: string): string | undefined =>
  ROOMS.find((room) => path === room || path.startsWith(`${room}/`));

const files = listFiles();
const modules = files.filter((path) => isModule(path) && roomOf(path) !== undefined);
const isHouse = (name: string): boolean => roomOf(name) !== undefined;

/** Every use of a forbidden word in the pure part of sim. */
const IMPURE = [
  /\bDate\s*\.\s*now\b/,
  /\bnew\s+Date\b/,
  /\bMath\s*\.\s*random\b/,
  /\bperformance\s*\.\s*now\b/,
  /\bsetTimeout\b|\bsetInterval\b|\bsetImmediate\b/,
  /\bprocess\s*\.\s*(env|argv|stdout|stdin|exit)\b/,
  /\bfetch\s*\(/,
];

describe('the house', () => {
  it('is read at all', () => {
    for (const room of [
      'sim',
      'sim/command',
      'controller',
      'controller/wire',
      'controller/protocol',
      'ui',
      'ui/worker',
      'test',
    ])
      expect(modules.filter((path) => roomOf(path) === room).length, room).toBeGreaterThan(0);
    expect(importsOf('controller/server/hub.ts')).toContain('controller/wire/frame.ts');
    expect(importsOf('controller/command/main.ts')).toContain('sim/command/simulate.ts');
  });

  it('finds modules for threads and processes by moduleBeside: in the package they end in .js', () => {
    const wrong = modules.filter(
      (path) => /^(sim|controller)\//.test(path) && /new URL\(\s*['`][^'`]*\.ts['`]/.test(readSource(path)),
    );
    expect(wrong).toEqual([]);
  });

  it('imports only along the arrows', () => {
    const wrong = modules.flatMap((path) =>
      importsOf(path)
        .filter((name) => isHouse(name) && !ARROWS[roomOf(path) ?? ''].includes(roomOf(name) ?? ''))
        .map((name) => `${path} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('keeps its rooms at the top level, and little else', () => {
    const top = new Set(files.filter((path) => path.includes('/')).map((path) => path.split('/', 1)[0]));
    expect([...top].filter((name) => !name.startsWith('.')).toSorted()).toEqual(
      ['controller', 'fixtures', 'sim', 'test', 'ui'].filter((name) => top.has(name)),
    );
  });

  it('keeps sim pure: no Node, no clock, no chance, no outside', () => {
    const pure = modules.filter((path) => roomOf(path) === 'sim');
    const wrong = pure.flatMap((path) => {
      const source = withoutComments(readSource(path));
      const words = IMPURE.filter((pattern) => pattern.test(source)).map(String);
      return [...importsOf(path).filter((name) => name.startsWith('node:')), ...words].map(
        (what) => `${path}: ${what}`,
      );
    });
    expect(wrong).toEqual([]);
  });

  it('keeps what a browser loads free of Node', () => {
    const forBrowsers = modules.filter((path) => /^(ui|controller\/wire|sim(?!\/command))\//.test(path));
    const wrong = forBrowsers.flatMap((path) =>
      importsOf(path)
        .filter((name) => name.startsWith('node:') || ['ws', 'serialport', 'koffi'].includes(name))
        .map((name) => `${path} -> ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  it('has one idea a file: none is longer than 400 lines', () => {
    const long = files
      .filter((path) => isModule(path) || path.endsWith('.css'))
      .map((path) => ({ path, lines: readSource(path).split('\n').length - 1 }))
      .filter(({ lines }) => lines > 400);
    expect(long).toEqual([]);
  });

  it('names no package registry', () => {
    const named = files
      .filter((path) =>
        /\.(ts|tsx|mjs|js|json|md|yaml|yml|css|html|sh|toml)$|(^|\/)(run|\.npmrc)$/.test(path),
      )
      .filter((path) => /\bregistry\.[a-z]+\.(org|com|io)\b|\bdeb\.debian\.org\b/.test(readSource(path)));
    expect(named).toEqual([]);
  });
});
