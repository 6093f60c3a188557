/** GPU buffers and textures with an owner: whoever makes an arena frees all of them at once, and a ledger counts what lives. */
import { CapacityError } from '../errors.ts';

/** Live buffers and textures of one device, and their bytes. */
export class Ledger {
  buffers = 0;
  bytes = 0;
}

export class Arena {
  readonly device: GPUDevice;
  readonly #ledger: Ledger;
  /** With the bytes of each. */
  readonly #living = new Map<GPUBuffer | GPUTexture, number>();

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

  /**
   * A texture of one level that buffers can be copied to and kernels read, sixteen bytes a texel.
   * @throws CapacityError when the device does not take one of so many texels
   */
  texture(label: string, width: number, height: number, format: 'rgba32uint' | 'rgba32float'): GPUTexture {
    const { maxTextureDimension2D: most } = this.device.limits;
    if (Math.max(width, height) > most) {
      throw new CapacityError(`${label} needs a texture of ${width} × ${height} and this GPU takes ${most} × ${most}: take a smaller m`);
    }
    const usage = GPUTextureUsage.TEXTURE_BINDING | GPUTextureUsage.COPY_DST;
    const texture = this.device.createTexture({ label, size: [width, height], format, usage });
    this.#own(texture, 16 * width * height);
    return texture;
  }

  #own(resource: GPUBuffer | GPUTexture, bytes: number): void {
    this.#living.set(resource, bytes);
    this.#ledger.buffers++;
    this.#ledger.bytes += bytes;
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
    this.#own(buffer, size);
    return buffer;
  }

  /** An arena of its own on the same device and ledger, for what lives shorter. */
  child(): Arena {
    return new Arena(this.device, this.#ledger);
  }

  /** Frees one buffer or texture early. */
  free(resource: GPUBuffer | GPUTexture): void {
    const bytes = this.#living.get(resource);
    if (bytes === undefined) return;
    this.#living.delete(resource);
    this.#ledger.buffers--;
    this.#ledger.bytes -= bytes;
    resource.destroy();
  }

  dispose(): void {
    for (const resource of this.#living.keys()) this.free(resource);
  }
}
