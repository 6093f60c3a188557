/**
 * How the app is built and served in development, and which tests there are. The server that people and end-to-end
 * tests use is `src/cli/server.mjs`; its headers are used here too, so that all three agree.
 */
import { defineConfig } from 'vitest/config';

export default defineConfig({
  base: './',
  test: {
    projects: [
      {
        extends: true,
        test: { name: 'unit', environment: 'node', include: ['tests/unit/**/*.test.ts'], setupFiles: ['tests/support/gpu-globals.ts'] },
      },
      {
        extends: true,
        test: {
          name: 'kernels',
          environment: 'node',
          include: ['tests/kernels/**/*.test.ts'],
          setupFiles: ['tests/support/gpu-globals.ts'],
          pool: 'forks',
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
});
