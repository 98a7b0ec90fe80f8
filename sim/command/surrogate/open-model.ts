/** A surrogate opened from the disk, without TensorFlow.js. */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { UserError } from '../../index.ts';
import { readSurrogate } from '../../surrogate/model-file.ts';
import type { Surrogate } from '../../surrogate/surrogate.ts';

/** Beside model.json. */
export const WEIGHTS = 'weights.bin';

/** @param path of the folder, or of its model.json. Throws UserError where there is no surrogate. */
export function openModel(path: string): Surrogate {
  const json = path.endsWith('.json') ? path : join(path, 'model.json');
  const weights = read(join(dirname(json), WEIGHTS));
  return readSurrogate(json, read(json).toString('utf8'), Uint8Array.from(weights).buffer);
}

function read(file: string): Buffer {
  try {
    return readFileSync(file);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new UserError(
      code === 'ENOENT'
        ? `${file}: there is no such file; train a surrogate first, with surrogate train.`
        : `${file}: cannot be read (${code ?? 'unknown'}).`,
    );
  }
}
