/**
 * Files that a user asked the browser to keep, in its private file system: there after a reload, gone when deleted here.
 * What makes one set lies in a folder of its own, training and test part apart, so that files of one name do not meet.
 * A browser without such a file system keeps nothing, and says so; a full disk leaves no half of a set behind.
 */
import { storageTrouble } from '../storage-trouble.ts';
import { sameContent } from './same-content.ts';
import type { OwnFile } from './protocol.ts';

/** The files of one set; without a test part of its own, `test` is empty. */
export interface SetFiles {
  readonly train: readonly OwnFile[];
  readonly test: readonly OwnFile[];
}

export interface KeptSet extends SetFiles {
  readonly id: string;
  readonly sizeBytes: number;
  /** Milliseconds since 1970. */
  readonly keptAt: number;
}

/** The browser has no room for the files, or keeps nothing at all. */
export class KeepError extends Error {
  override readonly name = 'KeepError';
  readonly isFull: boolean;

  constructor(name: string, isFull: boolean, cause: unknown) {
    super(name, { cause });
    this.isFull = isFull;
  }
}

const folderName = 'own-files';
const roles = ['train', 'test'] as const;

const nameOf = ({ path }: OwnFile): string => path.split('/').at(-1) ?? path;

/** As an opened set is called. */
export const namesOf = (files: readonly OwnFile[]): string => files.map(nameOf).join(' + ');

function folder(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory().then((root) => root.getDirectoryHandle(folderName, { create: true }));
}

async function filesIn(handle: FileSystemDirectoryHandle, role: (typeof roles)[number]): Promise<readonly File[]> {
  const found: File[] = [];
  const inside = await handle.getDirectoryHandle(role).catch(() => null);
  if (!inside) return found;
  for await (const entry of inside.values()) if (entry.kind === 'file') found.push(await entry.getFile());
  return found.sort((a, b) => (a.name < b.name ? -1 : 1));
}

const asOwn = (file: File): OwnFile => ({ path: file.name, blob: file });

function keptSet(id: string, train: readonly File[], test: readonly File[]): KeptSet {
  const all = [...train, ...test];
  return {
    id,
    train: train.map(asOwn),
    test: test.map(asOwn),
    sizeBytes: all.reduce((sum, { size }) => sum + size, 0),
    keptAt: Math.max(...all.map(({ lastModified }) => lastModified)),
  };
}

/** By name, and of one name the newest first; nothing where the browser keeps nothing. */
export async function listKept(): Promise<readonly KeptSet[]> {
  try {
    const found: KeptSet[] = [];
    for await (const [id, handle] of (await folder()).entries()) {
      // a file beside the folders was kept by an earlier version
      if (handle.kind === 'file') found.push(keptSet(id, [await handle.getFile()], []));
      else {
        const [train, test] = [await filesIn(handle, 'train'), await filesIn(handle, 'test')];
        if (train.length > 0) found.push(keptSet(id, train, test));
      }
    }
    const name = ({ train, test }: KeptSet): string => `${namesOf(train)}/${namesOf(test)}`;
    return found.sort((a, b) => (name(a) === name(b) ? b.keptAt - a.keptAt : name(a) < name(b) ? -1 : 1));
  } catch {
    return [];
  }
}

/** The files in the order in which a line names them; null where it names others. */
function asNamed(files: readonly OwnFile[], said: string): readonly OwnFile[] | null {
  if (files.length === 0) return said === '' ? [] : null;
  const names = files.length === 1 ? [said] : said.split(' + ');
  // a line has another sign in place of its own separator
  const found = names.flatMap((name) => files.find((file) => nameOf(file).replaceAll('*', '-') === name) ?? []);
  return found.length === names.length && names.length === files.length ? found : null;
}

/** Kept sets that a line of settings or URL may mean, by their names: the newest first. */
export async function keptFor(line: string): Promise<readonly KeptSet[]> {
  const [, meant = '', , meantTest = ''] = line.split('*');
  return (await listKept()).flatMap((kept) => {
    const [train, test] = [asNamed(kept.train, meant), asNamed(kept.test, meantTest)];
    return train && test ? [{ ...kept, train, test }] : [];
  });
}

async function isSame(kept: KeptSet, files: SetFiles): Promise<boolean> {
  for (const role of roles) {
    const own = [...files[role]].sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
    if (namesOf(kept[role]) !== namesOf(own)) return false;
    for (const [at, { blob }] of own.entries()) {
      const other = kept[role][at];
      if (!other || !(await sameContent(blob, other.blob))) return false;
    }
  }
  return true;
}

/** The folder of the very same files, or one that is not there yet. */
async function folderFor(files: SetFiles): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const kept = await listKept();
  for (const one of kept) if (await isSame(one, files)) return { id: one.id, isNew: false };
  let number = 1;
  while (kept.some(({ id }) => id === String(number))) number++;
  return { id: String(number), isNew: true };
}

/** Keeps the files of one set; the same again is kept once, and any other stays beside it. @throws KeepError */
export async function keepSet(files: SetFiles): Promise<void> {
  const { id, isNew } = await folderFor(files);
  if (!isNew) return;
  let name = namesOf(files.train);
  try {
    const inside = await (await folder()).getDirectoryHandle(id, { create: true });
    for (const role of roles) {
      if (files[role].length === 0) continue;
      const place = await inside.getDirectoryHandle(role, { create: true });
      for (const file of files[role]) {
        name = nameOf(file);
        const handle = await place.getFileHandle(name, { create: true });
        await file.blob.stream().pipeTo(await handle.createWritable());
      }
    }
  } catch (error) {
    await deleteKept(id);
    throw new KeepError(name, storageTrouble(error).isFull, error);
  }
}

export async function deleteKept(id: string): Promise<void> {
  try {
    await (await folder()).removeEntry(id, { recursive: true });
  } catch {
    // it was not there
  }
}
