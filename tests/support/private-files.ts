/** A browser's private file system in memory, as far as keeping files needs it. */

class FakeFile {
  readonly kind = 'file';
  readonly name: string;
  readonly #full: () => boolean;
  #file: File;

  constructor(name: string, full: () => boolean) {
    this.name = name;
    this.#full = full;
    this.#file = new File([], name);
  }

  getFile(): Promise<File> {
    return Promise.resolve(this.#file);
  }

  createWritable(): Promise<WritableStream<Uint8Array<ArrayBuffer>>> {
    if (this.#full()) return Promise.reject(new DOMException('the disk is full', 'QuotaExceededError'));
    const parts: Uint8Array<ArrayBuffer>[] = [];
    return Promise.resolve(
      new WritableStream({
        write: (part) => void parts.push(part),
        close: () => {
          this.#file = new File(parts, this.name);
        },
      }),
    );
  }
}

export class FakeFolder {
  readonly kind = 'directory';
  readonly inside = new Map<string, FakeFile | FakeFolder>();
  readonly #full: () => boolean;

  constructor(full: () => boolean = () => false) {
    this.#full = full;
  }

  getDirectoryHandle(name: string, { create = false } = {}): Promise<FakeFolder> {
    return this.#get(name, create ? new FakeFolder(this.#full) : null) as Promise<FakeFolder>;
  }

  getFileHandle(name: string, { create = false } = {}): Promise<FakeFile> {
    return this.#get(name, create ? new FakeFile(name, this.#full) : null) as Promise<FakeFile>;
  }

  removeEntry(name: string): Promise<void> {
    return this.inside.delete(name) ? Promise.resolve() : Promise.reject(new DOMException(name, 'NotFoundError'));
  }

  async *entries(): AsyncGenerator<[string, FakeFile | FakeFolder]> {
    yield* await Promise.resolve(this.inside);
  }

  async *values(): AsyncGenerator<FakeFile | FakeFolder> {
    yield* await Promise.resolve(this.inside.values());
  }

  #get(name: string, made: FakeFile | FakeFolder | null): Promise<FakeFile | FakeFolder> {
    const found = this.inside.get(name) ?? made;
    if (!found) return Promise.reject(new DOMException(name, 'NotFoundError'));
    this.inside.set(name, found);
    return Promise.resolve(found);
  }
}
