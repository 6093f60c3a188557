/** From a drop or an input to files with their places, folders walked through. Nothing of them is read. */
import type { OwnFile } from '../../session/own/protocol.ts';

export function filesOfInput(input: HTMLInputElement): readonly OwnFile[] {
  return [...(input.files ?? [])].map((file) => ({ path: file.webkitRelativePath || file.name, blob: file }));
}

/** What was dropped. Its entries have to be taken before anything is waited for. */
export async function filesOfDrop(transfer: DataTransfer): Promise<readonly OwnFile[]> {
  const plain = [...transfer.files];
  const entries = [...transfer.items].flatMap((item) => item.webkitGetAsEntry() ?? []);
  if (!entries.some((entry) => entry.isDirectory)) return plain.map((file) => ({ path: file.name, blob: file }));
  const found: OwnFile[] = [];
  for (const entry of entries) await walk(entry, '', found);
  return found;
}

async function walk(entry: FileSystemEntry, around: string, found: OwnFile[]): Promise<void> {
  const path = `${around}${entry.name}`;
  if (entry.isFile) {
    const blob = await new Promise<File>((resolve, reject) => (entry as FileSystemFileEntry).file(resolve, reject));
    found.push({ path, blob });
    return;
  }
  const reader = (entry as FileSystemDirectoryEntry).createReader();
  // a reader gives some at a time, and none at the end
  for (;;) {
    const some = await new Promise<readonly FileSystemEntry[]>((resolve, reject) => reader.readEntries(resolve, reject));
    if (some.length === 0) return;
    for (const one of some) await walk(one, `${path}/`, found);
  }
}
