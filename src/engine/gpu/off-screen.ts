/** A picture that is drawn where no canvas shows it: a texture, and its pixels read back when it is finished. */
import type { Arena } from './arena.ts';
import { mapped } from './waiting.ts';

/** Rows of a texture are copied at multiples of this. */
const rowBytes = 256;

export const offScreenFormat = 'rgba8unorm';

export interface Pixels {
  readonly pixels: Uint8ClampedArray<ArrayBuffer>;
  readonly width: number;
  readonly height: number;
}

interface Target {
  readonly texture: GPUTexture;
  readonly buffer: GPUBuffer;
}

export class OffScreen {
  readonly #arena: Arena;
  #target: Target | null = null;

  /** @param arena taken over */
  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** What to draw on; the same as long as the size is. */
  texture(width: number, height: number): GPUTexture {
    const known = this.#target?.texture;
    if (known?.width === width && known.height === height) return known;
    this.#drop();
    const texture = this.#arena.device.createTexture({
      label: 'off-screen picture',
      size: [width, height],
      format: offScreenFormat,
      usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
    });
    const buffer = this.#arena.create('off-screen pixels', stride(width) * height, GPUBufferUsage.COPY_DST | GPUBufferUsage.MAP_READ);
    this.#target = { texture, buffer };
    return texture;
  }

  /** @returns red, green, blue and opacity of each pixel, row by row from the top. Rejects when the device is lost. */
  async read(): Promise<Pixels> {
    if (!this.#target) throw new Error('nothing was drawn yet');
    const { texture, buffer } = this.#target;
    const { width, height } = texture;
    const { device } = this.#arena;
    const encoder = device.createCommandEncoder({ label: 'off-screen pixels' });
    encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: stride(width) }, [width, height]);
    device.queue.submit([encoder.finish()]);
    await mapped(device, buffer);
    const padded = new Uint8Array(buffer.getMappedRange());
    const pixels = new Uint8ClampedArray(4 * width * height);
    for (let row = 0; row < height; row++)
      pixels.set(padded.subarray(row * stride(width), row * stride(width) + 4 * width), 4 * row * width);
    buffer.unmap();
    return { pixels, width, height };
  }

  dispose(): void {
    this.#drop();
    this.#arena.dispose();
  }

  #drop(): void {
    this.#target?.texture.destroy();
    if (this.#target) this.#arena.free(this.#target.buffer);
    this.#target = null;
  }
}

function stride(width: number): number {
  return Math.ceil((4 * width) / rowBytes) * rowBytes;
}
