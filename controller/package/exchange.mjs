/**
 * Around `npm pack`: the manifest of what others install stands in the place of the house's own while npm packs, since npm
 * packs what package.json says. `exchange.mjs back` puts the house's own back; so does the next `npm pack` after one that
 * was cut short.
 */
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const at = (path) => fileURLToPath(new URL(`../../${path}`, import.meta.url));
const [manifest, kept, staging] = [at('package.json'), at('dist/house.package.json'), 'dist/package'];

const inStaging = (path) => `./${staging}/${path.replace(/^\.\//, '')}`;
const mapped = (entries) =>
  Object.fromEntries(
    Object.entries(entries).map(([key, value]) => [
      key,
      typeof value === 'string' ? inStaging(value) : mapped(value),
    ]),
  );

function back() {
  if (existsSync(kept)) renameSync(kept, manifest);
}

function forth() {
  const own = JSON.parse(readFileSync(at(`${staging}/package.json`), 'utf8'));
  const packed = {
    '//': 'npm pack makes this; `node controller/package/exchange.mjs back` brings back the one of the house',
    ...own,
    bin: mapped(own.bin),
    exports: { ...mapped(own.exports), './package.json': './package.json' },
    files: own.files.map((path) => `${staging}/${path}`).concat(`${staging}/package.json`),
  };
  renameSync(manifest, kept);
  writeFileSync(manifest, `${JSON.stringify(packed, null, 2)}\n`);
}

back();
if (process.argv[2] !== 'back') forth();
