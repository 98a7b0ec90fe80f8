/** What results depend on besides their inputs: the physics and the data of this program. */
import { createHash } from 'node:crypto';
import { readFileSync, readdirSync } from 'node:fs';

const HOUSE = new URL('../../', import.meta.url);
const ROOTS = ['sim', 'fixtures/presets', 'fixtures/alloys', 'fixtures/weather'];

/** Sixteen hexadecimal digits that change with any file of `sim` or of its fixtures. */
export function engineFingerprint(): string {
  const files = ROOTS.flatMap((root) =>
    readdirSync(new URL(`${root}/`, HOUSE), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => `${parentPath}/${name}`),
  );
  const hash = createHash('sha256');
  // contents alone, sorted: the same wherever the program stands
  const contents = files.map((file) => createHash('sha256').update(readFileSync(file)).digest('hex'));
  for (const content of contents.toSorted()) hash.update(content);
  return hash.digest('hex').slice(0, 16);
}
