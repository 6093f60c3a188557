/**
 * Makes every generated file again, aside, and says which differ from those in the repository. A generator is a Node
 * script that writes only below its own folder; it is copied into an empty tree and run there.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cacheFolder, root } from './root.ts';

interface Generator {
  readonly script: string;
  /** The folder that it fills, beside it. */
  readonly into: string;
  /** Folders that it reads. */
  readonly reads: readonly string[];
}

const generators: readonly Generator[] = [
  { script: 'src/data/make-sprites.mjs', into: 'files', reads: [] },
  { script: 'src/labs/train/make-thumbnails.mjs', into: 'thumbnails', reads: ['src/data/files'] },
];

/** Bytes of a file; unpacked where they are gzip, since packers of different versions differ. */
function contentOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function sameContent(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && contentOf(one).equals(contentOf(other));
}

/** Puts a generator at its own place in an empty tree, with what it reads. @returns the folder that it will fill */
function setAside({ script, into, reads }: Generator, aside: string): string {
  const folder = join(aside, dirname(script), into);
  mkdirSync(folder, { recursive: true });
  copyFileSync(join(root, script), join(aside, script));
  for (const path of reads) {
    mkdirSync(join(aside, dirname(path)), { recursive: true });
    symlinkSync(join(root, path), join(aside, path), 'junction');
  }
  return folder;
}

function complaintsAbout(generator: Generator, aside: string): readonly string[] {
  const { script, into } = generator;
  const folder = setAside(generator, aside);
  const { status, stderr } = spawnSync(process.execPath, [join(aside, script)], { encoding: 'utf8' });
  if (status !== 0) return [`${script} failed:\n${stderr}`];
  const made = readdirSync(folder);
  if (made.length === 0) return [`${script} made no files.`];
  return made
    .map((name) => ({ fresh: join(folder, name), kept: join(dirname(script), into, name) }))
    .filter(({ fresh, kept }) => !sameContent(fresh, join(root, kept)))
    .map(({ kept }) => `${kept} is not what ${script} makes: run it and commit the result.`);
}

/** @returns a sentence for each generated file that is not up to date */
export function checkGenerated(): readonly string[] {
  return generators.flatMap((generator, index) => {
    const aside = join(cacheFolder, `generated-${String(process.pid)}-${String(index)}`);
    try {
      return complaintsAbout(generator, aside);
    } finally {
      rmSync(aside, { recursive: true, force: true });
    }
  });
}
