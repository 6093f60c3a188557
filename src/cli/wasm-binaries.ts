/**
 * Builds what the wasm lanes are made of into `.cache/wasm/`, when a source has changed since the last time: two binaries
 * from the AssemblyScript sources, and the script of a thread for Node. Vite's plugin calls it before anything is served,
 * bundled or tested.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build, type Plugin } from 'vite';
import { cacheFolder, root } from './root.ts';

/** Binaries `simd.wasm` and `relaxed.wasm`, and `thread.mjs`. */
export const wasmFolder = join(cacheFolder, 'wasm');

const sourceFolder = join(root, 'src', 'engine', 'cpu', 'wasm');
const stampPath = join(wasmFolder, '.stamp');

const features = { simd: [], relaxed: ['--enable', 'relaxed-simd'] } as const;

function stampOfSources(): string {
  const hash = createHash('sha256');
  const assembly = readdirSync(join(sourceFolder, 'assembly')).sort();
  const files = [
    ...assembly.map((name) => join(sourceFolder, 'assembly', name)),
    ...['fields.ts', 'thread.ts'].map((name) => join(sourceFolder, name)),
    join(root, 'src', 'cli', 'wasm-binaries.ts'),
    join(root, 'src', 'cli', 'wasm-thread-node.ts'),
    join(root, 'node_modules', 'assemblyscript', 'package.json'),
  ];
  for (const file of files) hash.update(readFileSync(file)).update('\0');
  return hash.digest('hex');
}

/** In a process of its own: the compiler is large, and both binaries are made at once. */
function compile(name: keyof typeof features, into: string): Promise<void> {
  const compiler = spawn(
    process.execPath,
    [
      join(root, 'node_modules', 'assemblyscript', 'bin', 'asc.js'),
      'src/engine/cpu/wasm/assembly/index.ts',
      ...['--baseDir', root, '--outFile', join(into, `${name}.wasm`)],
      ...['--runtime', 'stub', '-O3', '--noAssert', '--importMemory', '--initialMemory', '1', '--maximumMemory', '65536'],
      // vectors pass between functions of the module, never between it and its host, which the warning is about
      ...['--disableWarning', '112', '--enable', 'simd', '--enable', 'threads', ...features[name]],
    ],
    { cwd: root, stdio: ['ignore', process.stderr, process.stderr] },
  );
  return new Promise((resolve, reject) => {
    compiler.once('error', reject);
    compiler.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error('The AssemblyScript sources do not compile; what the compiler says stands above.'));
    });
  });
}

async function bundleThread(into: string): Promise<void> {
  await build({
    root,
    configFile: false,
    publicDir: false,
    logLevel: 'warn',
    build: {
      ssr: 'src/cli/wasm-thread-node.ts',
      outDir: into,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      rollupOptions: { output: { entryFileNames: 'thread.mjs' } },
    },
  });
}

/** Resolves when `.cache/wasm/` holds a build of the present sources. */
export async function ensureWasm(): Promise<void> {
  const stamp = stampOfSources();
  if (existsSync(stampPath) && readFileSync(stampPath, 'utf8') === stamp) return;
  process.stderr.write('Building the wasm lanes …\n');
  const aside = join(cacheFolder, `wasm-${String(process.pid)}`);
  mkdirSync(aside, { recursive: true });
  try {
    await Promise.all([compile('simd', aside), compile('relaxed', aside), bundleThread(aside)]);
    mkdirSync(wasmFolder, { recursive: true });
    for (const name of readdirSync(aside)) renameSync(join(aside, name), join(wasmFolder, name));
    writeFileSync(stampPath, stamp);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** For `vite.config.ts`: the binaries exist before Vite looks for them. */
export function wasmBinaries(): Plugin {
  return { name: 'downhill-wasm-binaries', buildStart: () => ensureWasm() };
}
