/** Every word that a person reads stands in both languages, and no translation is left over. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT, sourceFiles } from '../house/source-files.ts';

/** `t('...')`, in either quote, over as many lines as it takes. */
const CALL = /(?<![\w.])t\(\s*(?:'((?:[^'\\]|\\.)*)'|"((?:[^"\\]|\\.)*)")/g;
