import { extname } from 'node:path';

/**
 * The address of a module, for a thread or a process of its own: `here` is the `import.meta.url` of who asks, `path` leads
 * from there to the module and has no extension. In the house modules are TypeScript, in the package JavaScript.
 */
export const moduleBeside = (here: string, path: string): URL => new URL(`${path}${extname(here)}`, here);
