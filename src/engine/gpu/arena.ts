/** GPU buffers with an owner: whoever makes an arena frees all of its buffers at once, and a ledger counts what lives. */
import { CapacityError } from '../errors.ts';

/** Live buffers and bytes of one device. */
export class Ledger {
  buffers = 0;
  bytes = 0;
}

export class Arena {
  readonly device: GPUDevice;
  readonly #ledger: Ledger;
  readonly #buffers = new Set<GPUBuffer>();

  constructor(device: GPUDevice, ledger: Ledger) {
    this.device = device;
    this.#ledger = ledger;
  }

  /**
   * @param sizeBytes rounded up to a multiple of 16, at least 16
   * @throws CapacityError when the device cannot hold or bind such a buffer
   */
  create(label: string, sizeBytes: number, usage: number): GPUBuffer {
    return this.#make(label, sizeBytes, usage, false);
  }

  /** A storage buffer that can be written from and copied to and from. */
  storage(label: string, sizeBytes: number): GPUBuffer {
    return this.create(label, sizeBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST);
  }

  /** A storage buffer that starts with what `fill` writes into its bytes (which start at zero). */
  filled(label: string, sizeBytes: number, fill: (bytes: ArrayBuffer) => void): GPUBuffer {
    const buffer = this.#make(label, sizeBytes, GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST, true);
    fill(buffer.getMappedRange());
    buffer.unmap();
    return buffer;
  }

  /** A uniform buffer with these 32-bit words. */
  uniform(label: string, words: ArrayBuffer): GPUBuffer {
    const buffer = this.#make(label, words.byteLength, GPUBufferUsage.UNIFORM | GPUBufferUsage.COPY_DST, true);
    new Uint8Array(buffer.getMappedRange()).set(new Uint8Array(words));
    buffer.unmap();
    return buffer;
  }

  #make(label: string, sizeBytes: number, usage: number, mappedAtCreation: boolean): GPUBuffer {
    const size = Math.max(16, Math.ceil(sizeBytes / 16) * 16);
    const { maxBufferSize, maxStorageBufferBindingSize } = this.device.limits;
    const limit = usage & GPUBufferUsage.STORAGE ? Math.min(maxBufferSize, maxStorageBufferBindingSize) : maxBufferSize;
    if (size > limit) {
      const mebibytes = (bytes: number): string => (bytes / 1048576).toFixed(1);
      throw new CapacityError(
        `${label} needs ${mebibytes(size)} MiB in one piece and this GPU takes ${mebibytes(limit)} MiB: take a smaller m, a batch, or fewer units`,
      );
    }
    const buffer = this.device.createBuffer({ label, size, usage, mappedAtCreation });
    this.#buffers.add(buffer);
    this.#ledger.buffers++;
    this.#ledger.bytes += size;
    return buffer;
  }

  /** An arena of its own on the same device and ledger, for what lives shorter. */
  child(): Arena {
    return new Arena(this.device, this.#ledger);
  }

  /** Frees one buffer early. */
  free(buffer: GPUBuffer): void {
    if (!this.#buffers.delete(buffer)) return;
    this.#ledger.buffers--;
    this.#ledger.bytes -= buffer.size;
    buffer.destroy();
  }

  dispose(): void {
    for (const buffer of this.#buffers) this.free(buffer);
  }
}
