/**
 * Makes every generated file again, aside, and says which differ from those in the repository. A generator is a Node
 * script that writes only below its own folder; it is copied into an empty one and run there.
 */
import { spawnSync } from 'node:child_process';
import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { cacheFolder, root } from './root.ts';

/** Where the script lies, and the folder beside it that it fills. */
interface Generator {
  readonly script: string;
  readonly into: string;
}

const generators: readonly Generator[] = [{ script: 'src/data/make-sprites.mjs', into: 'files' }];

/** Bytes of a file; unpacked where they are gzip, since packers of different versions differ. */
function contentOf(path: string): Buffer {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

function sameContent(one: string, other: string): boolean {
  return existsSync(one) && existsSync(other) && contentOf(one).equals(contentOf(other));
}

function complaintsAbout({ script, into }: Generator, aside: string): readonly string[] {
  const copy = join(aside, basename(script));
  mkdirSync(join(aside, into), { recursive: true });
  copyFileSync(join(root, script), copy);
  const { status, stderr } = spawnSync(process.execPath, [copy], { encoding: 'utf8' });
  if (status !== 0) return [`${script} failed:\n${stderr}`];
  const made = readdirSync(join(aside, into));
  if (made.length === 0) return [`${script} made no files.`];
  return made
    .map((name) => ({ fresh: join(aside, into, name), kept: join(dirname(script), into, name) }))
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
