/**
 * Files that a user asked the browser to keep, in its private file system: there after a reload, gone when deleted here.
 * A browser without one keeps nothing, and says so; a full disk leaves no half of a file behind.
 */
import { storageTrouble } from '../storage-trouble.ts';
import type { OwnFile } from './protocol.ts';

export interface KeptFile {
  readonly name: string;
  readonly sizeBytes: number;
}

/** The browser has no room for the file, or keeps nothing at all. */
export class KeepError extends Error {
  override readonly name = 'KeepError';
  readonly isFull: boolean;

  constructor(name: string, isFull: boolean, cause: unknown) {
    super(name, { cause });
    this.isFull = isFull;
  }
}

const folderName = 'own-files';

function folder(): Promise<FileSystemDirectoryHandle> {
  return navigator.storage.getDirectory().then((root) => root.getDirectoryHandle(folderName, { create: true }));
}

/** Nothing where the browser keeps nothing. */
export async function listKept(): Promise<readonly KeptFile[]> {
  try {
    const found: KeptFile[] = [];
    for await (const [name, handle] of (await folder()).entries()) {
      if (handle instanceof FileSystemFileHandle) found.push({ name, sizeBytes: (await handle.getFile()).size });
    }
    return found.sort((a, b) => (a.name < b.name ? -1 : 1));
  } catch {
    return [];
  }
}

/** Null when it is not kept. */
export async function openKept(name: string): Promise<OwnFile | null> {
  try {
    return { path: name, blob: await (await (await folder()).getFileHandle(name)).getFile() };
  } catch {
    return null;
  }
}

/** @throws KeepError */
export async function keepFile({ path, blob }: OwnFile): Promise<void> {
  const name = path.split('/').at(-1) ?? path;
  try {
    const handle = await (await folder()).getFileHandle(name, { create: true });
    await blob.stream().pipeTo(await handle.createWritable());
  } catch (error) {
    await deleteKept(name);
    throw new KeepError(name, storageTrouble(error).isFull, error);
  }
}

export async function deleteKept(name: string): Promise<void> {
  try {
    await (await folder()).removeEntry(name);
  } catch {
    // it was not there
  }
}
