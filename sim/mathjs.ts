/**
 * mathjs: units, small linear systems, the tree of a condition. From its build in one file: `import 'mathjs'` reads a
 * thousand modules, and every process of the house, tests included, would start a second of computing later.
 */
import bundle from 'mathjs/lib/browser/math.js';
import type { MathJsInstance } from 'mathjs';

export const math: MathJsInstance = bundle;
