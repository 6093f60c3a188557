/**
 * How the app is built and served in development, and which tests there are. The server that people and end-to-end
 * tests use is `src/cli/server.ts`; its headers are used here too, so that both agree.
 */
import { readFileSync } from 'node:fs';
import { defineConfig } from 'vitest/config';
import { bareShaders } from './src/cli/bare-shaders.ts';
import { appHeaders, devHeaders } from './src/cli/headers.ts';
import { Licences } from './src/cli/licences.ts';
import { staticHost } from './src/cli/static-host.ts';
import { wasmBinaries } from './src/cli/wasm-binaries.ts';

const setupFiles = ['tests/support/gpu-globals.ts'];
/** One process for many files: no module keeps what one file could leave to the next. */
const shared = { pool: 'forks', isolate: false, hookTimeout: 120_000 } as const;
/** The software GPU takes all cores, and its threads spin: two of it at once take longer than one after the other. */
const oneByOne = { ...shared, fileParallelism: false, testTimeout: 120_000 } as const;

/** End-to-end tests that look at no lab, as many as balance both halves of the run. They go on where unit and kernel tests end, beside those of the labs. */
const noLab = ['connect', 'firefox', 'licences', 'peers'].map((name) => `tests/e2e/${name}.test.ts`);
const globalSetup = ['tests/e2e/support/serve-app.ts'];

const { version } = JSON.parse(readFileSync(new URL('./package.json', import.meta.url), 'utf8')) as { readonly version: string };

/** What the race needs before there is any element, and what the elements of all labs share. */
const rooms = {
  start: [
    /vite\/preload-helper|node_modules\/(comlink|@lit\/localize)\//,
    /src\/session\/(client|settings)[.]ts|src\/ui\/(router|race-session|race-state|model-rules)[.]ts/,
  ],
  page: [
    /node_modules\/(lit|lit-html|lit-element|@lit\/reactive-element|uplot)\//,
    /src\/ui\/(events|format|lab-\w+|notice-list|styles|theme|url-notes|words|transport-\w+|copy-link|share-text|controls\/[\w-]+)[.]ts/,
    /src\/ui\/charts\/(colors|curves|line-chart-look|painted-canvas|picture-canvas|plane|plot-element)[.]ts/,
  ],
} as const;

/** Left to itself the bundler makes a crumb of whatever two labs share, and crumbs pack badly. */
function roomOf(id: string): string | undefined {
  return Object.entries(rooms).find(([, patterns]) => patterns.some((pattern) => pattern.test(id)))?.[0];
}

const licences = new Licences();

export default defineConfig({
  base: './',
  plugins: [wasmBinaries(), staticHost(), licences.plugin()],
  define: { __APP_VERSION__: JSON.stringify(version) },
  assetsInclude: ['**/*.gz'],
  build: {
    target: 'es2022',
    // Small files stay files: the content-security policy lets nothing be fetched from a data: address.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 1000,
    rollupOptions: { output: { manualChunks: roomOf } },
  },
  worker: { format: 'es', plugins: () => [licences.plugin(), bareShaders()] },
  server: { headers: devHeaders },
  preview: { headers: appHeaders },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          environment: 'node',
          include: ['tests/unit/**/*.test.ts'],
          setupFiles: [...setupFiles, 'tests/support/property-seed.ts'],
          ...shared,
          fileParallelism: false,
          testTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: { name: 'kernels', environment: 'node', include: ['tests/kernels/**/*.test.ts'], setupFiles, ...oneByOne },
      },
      // all files share browsers
      {
        extends: true,
        test: { name: 'e2e', environment: 'node', include: ['tests/e2e/**/*.test.ts'], exclude: noLab, globalSetup, ...oneByOne },
      },
      {
        extends: true,
        test: { name: 'hosts', environment: 'node', include: noLab, globalSetup, ...oneByOne, sequence: { groupOrder: 1 } },
      },
    ],
  },
});
