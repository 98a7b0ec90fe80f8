/**
 * Before `npm pack`: the program as others install it. Compiles `sim` and `controller` and lays fixtures and the built page beside
 * them as they lie in the house, so that every path between them stays.
 *
 * The package has a package.json of its own: this house brings a Node along, which would take the place of the `node` of
 * whoever installs it.
 */
import { execFileSync } from 'node:child_process';
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const staging = join(root, 'dist', 'package');

const readJson = (path) => JSON.parse(readFileSync(join(root, path), 'utf8'));

function compile() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  execFileSync(process.execPath, [compiler, '-p', join(root, 'controller', 'package')], { stdio: 'inherit' });
}

function copy(paths) {
  for (const path of paths) cpSync(join(root, path), join(staging, path), { recursive: true });
}

/** A module of nothing but its value: what reads files in the house holds their texts here, so that a browser can load it. */
async function freeze(module, name) {
  const { [name]: map } = await import(pathToFileURL(join(root, `${module}.ts`)).href);
  const entries = JSON.stringify([...map], null, 1);
  writeFileSync(join(staging, `${module}.js`), `export const ${name} = new Map(${entries});\n`);
}

const sources = () =>
  readdirSync(staging, { recursive: true })
    .filter((name) => /^(sim|controller)\b.*\.m?js$/.test(name))
    .map((name) => readFileSync(join(staging, name), 'utf8'));

/** Of the packages of this house, those that the compiled code names. */
function named(packages, texts) {
  const isNamed = (name) =>
    texts.some((text) => [`'${name}'`, `'${name}/`, `\`${name}/`].some((as) => text.includes(as)));
  return Object.fromEntries(Object.entries(packages).filter(([name]) => isNamed(name)));
}

/** Only `surrogate train` asks for TensorFlow.js, and it weighs as much as all else: who wants it installs it beside the package. */
const isExtra = (name) => name.startsWith('@tensorflow/');

function describe() {
  const { name, version, description, license, type, dependencies } = readJson('package.json');
  const needed = Object.entries(named(dependencies, sources()));
  const extra = needed.filter(([one]) => isExtra(one));
  return {
    name,
    version,
    description,
    license,
    type,
    engines: { node: '>=22.15' },
    bin: { elastocool: 'controller/package/elastocool.mjs' },
    exports: {
      '.': { types: './sim/command/library.d.ts', default: './sim/command/library.js' },
      './fixtures/*': './fixtures/*',
      './package.json': './package.json',
    },
    sideEffects: false,
    // of the declarations, those of what can be imported
    files: [
      'controller/**/*.js',
      'controller/**/*.mjs',
      'sim/**/*.js',
      'sim/**/*.d.ts',
      'fixtures',
      'dist',
      'SAFETY.md',
    ],
    dependencies: Object.fromEntries(needed.filter(([one]) => !isExtra(one))),
    peerDependencies: Object.fromEntries(extra),
    peerDependenciesMeta: Object.fromEntries(extra.map(([one]) => [one, { optional: true }])),
  };
}

rmSync(staging, { recursive: true, force: true });
mkdirSync(staging, { recursive: true });
compile();
copy(['fixtures', 'dist/ui', 'controller/package/elastocool.mjs', 'README.md', 'LICENSE', 'SAFETY.md']);
await freeze('sim/command/machine-files', 'MACHINE_FILES');
writeFileSync(join(staging, 'package.json'), `${JSON.stringify(describe(), null, 2)}\n`);
