import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

// One file, two tools: vite builds the page from ui/, vitest runs the tests from the root of the house.
const WHOLE_HOUSE = [
  'test/browser/**/*.test.ts',
  'test/house/package.test.ts',
  'test/house/process-hygiene.test.ts',
  'test/device/press-bench.test.ts',
];

export default defineConfig({
  root: process.env.VITEST === undefined ? 'ui' : '.',
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // Relative addresses: the build works under any path of any host.
  base: './',
  build: {
    outDir: '../dist/ui',
    emptyOutDir: true,
    // The page's security policy lets in files of its own, no data in addresses.
    assetsInlineLimit: 0,
    // Workers with the physics or TensorFlow.js are as large; the page waits for none of them.
    chunkSizeWarningLimit: 1200,
    target: 'es2023',
  },
  worker: { format: 'es' },
  test: {
    environment: 'node',
    testTimeout: 30_000,
    hookTimeout: 30_000,
    // Of its own accord vitest leaves a processor idle, and most of what runs long here waits.
    maxWorkers: availableParallelism(),
    projects: [
      {
        extends: true,
        test: {
          name: 'rooms',
          include: ['test/**/*.test.ts'],
          exclude: WHOLE_HOUSE,
          sequence: { groupOrder: 0 },
        },
      },
      {
        // Real-time processes, one house at a time and after everything else: beside a busy test runner a 20 ms
        // deadline is missed for reasons that are none of the house's.
        extends: true,
        test: { name: 'house', include: WHOLE_HOUSE, fileParallelism: false, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
