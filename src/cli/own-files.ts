/** From `--data`, `--test` and `--label` to files on the disk. What is in them is read by the host, in a browser or in Node. */
import { existsSync, openAsBlob, readdirSync, statSync } from 'node:fs';
import { basename, join, relative } from 'node:path';
import type { OwnFile } from '../data/own/open.ts';
import type { OwnFacts } from '../session/own/facts.ts';
import { builtInNames, type BuiltInName } from '../session/settings.ts';
import { UsageError } from './usage-error.ts';

/** Paths of files, or of one folder. */
export interface OwnPaths {
  readonly files: readonly string[];
  readonly test: readonly string[] | null;
  /** A column or an array; null: it is found out. */
  readonly label: string | null;
}

/** Work on files: what is asked for depends on what is in them. */
export interface OwnJob<Request> {
  readonly paths: OwnPaths;
  /** @throws UsageError where model and file do not go together */
  readonly request: (facts: OwnFacts) => Request;
}

export function isBuiltIn(name: string): name is BuiltInName {
  return builtInNames.some((known) => known === name);
}

interface RawData {
  readonly data: string;
  readonly test?: string | undefined;
  readonly label?: string | undefined;
}

/** Null for a set that is built in. @throws UsageError where there is no such file */
export function ownFiles({ data, test, label }: RawData): OwnPaths | null {
  if (isBuiltIn(data)) {
    for (const [flag, value] of Object.entries({ test, label })) {
      if (value !== undefined) throw new UsageError(`--${flag} ${value}: ${data} brings its own; this is for files.`);
    }
    return null;
  }
  const files = pathsOf('--data', data, `expected one of ${builtInNames.join(', ')}, or a file that is there.`);
  const testFiles = test === undefined ? null : pathsOf('--test', test, 'expected a file that is there.');
  // labels in a file of their own go by its name, as arrays do
  if (label === undefined || !existsSync(label) || statSync(label).isDirectory()) return { files, test: testFiles, label: label ?? null };
  return { files: [...files, label], test: testFiles, label: basename(label) };
}

/** A path, or several with commas between. */
function pathsOf(flag: string, text: string, expected: string): readonly string[] {
  const paths = existsSync(text) ? [text] : text.split(',').map((path) => path.trim());
  const absent = paths.find((path) => !existsSync(path));
  if (absent !== undefined) throw new UsageError(`${flag} ${absent}: there is no such file; ${expected}`);
  if (paths.length > 1 && paths.some((path) => statSync(path).isDirectory()))
    throw new UsageError(`${flag} ${text}: expected files, or one folder, found a folder among others.`);
  return paths;
}

/** A file on the disk, and what readers call it: its name, or its place in the folder that was named. */
export interface ListedFile {
  readonly file: string;
  readonly path: string;
}

export function listPaths(paths: readonly string[]): readonly ListedFile[] {
  return paths.flatMap((named) => {
    if (!statSync(named).isDirectory()) return [{ file: named, path: basename(named) }];
    return readdirSync(named, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map(({ parentPath, name }) => {
        const file = join(parentPath, name);
        return { file, path: join(basename(named), relative(named, file)).replaceAll('\\', '/') };
      });
  });
}

/** Files as readers want them. Nothing is read yet. */
export function openPaths(paths: readonly string[]): Promise<readonly OwnFile[]> {
  return Promise.all(listPaths(paths).map(async ({ file, path }) => ({ path, blob: await openAsBlob(file) })));
}
