/** `npm run build:bench`: the folder that benchmarks a machine which has Node, a Vulkan driver and nothing else of ours. */
import { copyFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { build } from 'vite';
import { benchFolder, root } from '../root.ts';
import { ensureWasm, wasmFolder } from '../wasm-binaries.ts';

const bundleName = 'downhill-bench.mjs';

/**
 * Runs before anything in the bundle: libraries of the GPU engine look for WebGPU's names when they are imported, and a
 * machine on which `webgpu` was not installed yet should be told how.
 */
const preamble = `const webgpu = await import('webgpu').catch(() => null);
if (webgpu === null) {
  console.error('The package webgpu is not installed here: run "npm install webgpu" in this folder, then start again.');
  process.exit(1);
}
Object.assign(globalThis, webgpu.globals);
globalThis.Float16Array ??= class Float16Array extends Uint16Array {};
`;

export async function run(): Promise<number> {
  await ensureWasm();
  await build({
    root,
    logLevel: 'warn',
    publicDir: false,
    ssr: { noExternal: true, external: ['webgpu'] },
    // how the page is cut into files is of no use to what is one
    plugins: [{ name: 'one-file', outputOptions: (options) => ({ ...options, manualChunks: undefined }) }],
    build: {
      ssr: 'src/cli/bench-bundle.ts',
      outDir: benchFolder,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: bundleName, inlineDynamicImports: true, banner: preamble } },
    },
  });
  for (const name of ['simd.wasm', 'relaxed.wasm', 'thread.mjs']) copyFileSync(join(wasmFolder, name), join(benchFolder, name));
  process.stdout.write(`${relative(root, benchFolder)}/ is ready. To measure another machine, copy this folder there, and in it:
  npm install webgpu
  node ${bundleName} --suite quick --json result.json
It needs Node 20.19 or newer and a Vulkan driver (on Linux also the package libvulkan1). --help lists the options.
`);
  return 0;
}
