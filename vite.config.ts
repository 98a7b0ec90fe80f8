import { defineConfig } from 'vitest/config';

// One file, two tools: vite builds the page from ui/, vitest runs the tests from the root of the house.
export default defineConfig({
  root: process.env.VITEST === undefined ? 'ui' : '.',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  build: { outDir: '../dist/ui', emptyOutDir: true, target: 'es2023' },
  worker: { format: 'es' },
  test: {
    include: ['test/**/*.test.ts'],
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
  },
});
