/**
 * Builds the app and the terminal when a source has changed since the last time, and says so. A build is made aside and
 * moved into place when it is whole, so that whoever is served meanwhile sees the old one.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { ensureWasm } from './wasm-binaries.ts';
import { cacheFolder, distFolder, peersFolder, root } from './root.ts';

const stampName = '.build-stamp';
const sources = ['index.html', 'package.json', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'src', 'shaders'];

/** Paths of all files at or below a path. */
function filesBelow(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path)
    .sort()
    .flatMap((name) => filesBelow(join(path, name)));
}

/** Changes when any source changes in name, size or time. */
function stampOf(paths: readonly string[]): string {
  const hash = createHash('sha256');
  for (const path of paths.flatMap((source) => filesBelow(join(root, source)))) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${String(size)} ${String(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

function isFresh(folder: string, stamp: string): boolean {
  const path = join(folder, stampName);
  return existsSync(path) && readFileSync(path, 'utf8') === stamp;
}

async function buildInto(folder: string): Promise<void> {
  // Whatever was inherited, from a test runner perhaps: libraries have other code for development.
  process.env['NODE_ENV'] = 'production';
  const common = { root, logLevel: 'warn' } as const;
  await build({ ...common, build: { outDir: folder, emptyOutDir: true } });
  await build({
    ...common,
    publicDir: false,
    build: { ssr: 'src/cli/downhill.ts', outDir: join(folder, 'cli'), emptyOutDir: true, target: 'node20', minify: false, sourcemap: true },
  });
}

interface Target {
  readonly folder: string;
  readonly from: readonly string[];
  /** What is said while it is built. */
  readonly saying: string;
  readonly buildInto: (folder: string) => Promise<void>;
}

async function ensure({ folder, from, saying, buildInto: buildAside }: Target): Promise<void> {
  // first and always: Node reads them from the cache, which may have been emptied under a build that is up to date
  await ensureWasm();
  const stamp = stampOf(from);
  if (isFresh(folder, stamp)) return;
  process.stderr.write(`${saying}\n`);
  const inherited = process.env['NODE_ENV'];
  const aside = join(cacheFolder, `build-${String(process.pid)}`);
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await buildAside(aside);
    writeFileSync(join(aside, stampName), stamp);
    rmSync(folder, { recursive: true, force: true });
    renameSync(aside, folder);
  } finally {
    if (inherited === undefined) delete process.env['NODE_ENV'];
    else process.env['NODE_ENV'] = inherited;
    rmSync(aside, { recursive: true, force: true });
  }
}

/** Resolves when `dist/` holds a build of the present sources. */
export function ensureBuilt(): Promise<void> {
  return ensure({ folder: distFolder, from: sources, saying: 'Building Downhill …', buildInto });
}

/** Resolves when there is a build of the page of `bench --peers`. It is no part of the app, so it does not lie in `dist/`. */
export function ensurePeersBuilt(): Promise<void> {
  return ensure({
    folder: peersFolder,
    from: [...sources, 'tests/peers'],
    saying: 'Building the page of the peers …',
    async buildInto(folder) {
      await build({
        root: join(root, 'tests', 'peers'),
        configFile: join(root, 'vite.config.ts'),
        logLevel: 'error',
        // TensorFlow.js hands the text of one of its functions to its threads, with names that shortening would change.
        build: { outDir: folder, emptyOutDir: true, minify: false },
      });
    },
  });
}
