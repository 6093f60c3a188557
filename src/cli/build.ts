/**
 * Builds the app and the terminal when a source has changed since the last time, and says so. A build is made aside and
 * moved into place when it is whole, so that whoever is served meanwhile sees the old one.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'vite';
import { cacheFolder, distFolder, root } from './root.ts';

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
function stampOfSources(): string {
  const hash = createHash('sha256');
  for (const path of sources.flatMap((source) => filesBelow(join(root, source)))) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${String(size)} ${String(mtimeMs)}\n`);
  }
  return hash.digest('hex');
}

function isFresh(stamp: string): boolean {
  const path = join(distFolder, stampName);
  return existsSync(path) && readFileSync(path, 'utf8') === stamp;
}

async function buildInto(folder: string): Promise<void> {
  const common = { root, logLevel: 'warn' } as const;
  await build({ ...common, build: { outDir: folder, emptyOutDir: true } });
  await build({
    ...common,
    publicDir: false,
    build: { ssr: 'src/cli/downhill.ts', outDir: join(folder, 'cli'), emptyOutDir: true, target: 'node20', minify: false, sourcemap: true },
  });
}

/** Resolves when `dist/` holds a build of the present sources. */
export async function ensureBuilt(): Promise<void> {
  const stamp = stampOfSources();
  if (isFresh(stamp)) return;
  process.stderr.write('Building Downhill …\n');
  const aside = join(cacheFolder, `build-${String(process.pid)}`);
  mkdirSync(cacheFolder, { recursive: true });
  try {
    await buildInto(aside);
    writeFileSync(join(aside, stampName), stamp);
    rmSync(distFolder, { recursive: true, force: true });
    renameSync(aside, distFolder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}
