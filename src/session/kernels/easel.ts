/** Where a trial of what draws has its picture: textures, a mesh, and the pixels copied to where they can be read. */
import type { Arena } from '../../engine/gpu/arena.ts';
import type { Picture } from './gate/contract.ts';
import { depthFormat, pictureFormat } from './pipeline.ts';

const label = 'picture';
/** Rows of a texture are copied at multiples of this. */
const rowBytes = 256;

export class Easel {
  readonly pixels: GPUBuffer;
  readonly #picture: Picture;
  readonly #color: GPUTexture;
  readonly #depth: GPUTexture;
  readonly #mesh: GPUBuffer | null;

  constructor(arena: Arena, picture: Picture) {
    const { device } = arena;
    const { width, height, indices } = picture;
    this.#picture = picture;
    this.pixels = arena.storage(label, this.#stride * height);
    this.#mesh = indices && arena.create(`${label} mesh`, indices.byteLength, GPUBufferUsage.INDEX | GPUBufferUsage.COPY_DST);
    if (indices && this.#mesh) device.queue.writeBuffer(this.#mesh, 0, indices);
    const size = [width, height];
    const usage = GPUTextureUsage.RENDER_ATTACHMENT;
    this.#color = device.createTexture({ label, size, format: pictureFormat, usage: usage | GPUTextureUsage.COPY_SRC });
    this.#depth = device.createTexture({ label, size, format: depthFormat, usage });
  }

  get #stride(): number {
    return Math.ceil((4 * this.#picture.width) / rowBytes) * rowBytes;
  }

  /** Draws so many times over, each on nothing, and copies the last. */
  encode(encoder: GPUCommandEncoder, pipeline: GPURenderPipeline, groups: readonly GPUBindGroup[], times: number): void {
    const { vertices, instances, width, height } = this.#picture;
    const [view, depth] = [this.#color.createView({ label }), this.#depth.createView({ label })];
    for (let time = 0; time < times; time++) {
      const pass = encoder.beginRenderPass({
        label,
        colorAttachments: [{ view, clearValue: { r: 0, g: 0, b: 0, a: 0 }, loadOp: 'clear', storeOp: 'store' }],
        depthStencilAttachment: { view: depth, depthClearValue: 1, depthLoadOp: 'clear', depthStoreOp: 'discard' },
      });
      pass.setPipeline(pipeline);
      for (const [index, group] of groups.entries()) pass.setBindGroup(index, group);
      if (this.#mesh) {
        pass.setIndexBuffer(this.#mesh, 'uint32');
        pass.drawIndexed(vertices, instances);
      } else pass.draw(vertices, instances);
      pass.end();
    }
    encoder.copyTextureToBuffer({ texture: this.#color }, { buffer: this.pixels, bytesPerRow: this.#stride }, [width, height]);
  }

  /** Channels as 0 … 1, from what `pixels` holds. */
  values(bytes: ArrayBuffer): ArrayBuffer {
    const { width, height } = this.#picture;
    const values = new Float32Array(4 * width * height);
    for (let row = 0; row < height; row++) {
      const own = new Uint8Array(bytes, row * this.#stride, 4 * width);
      values.set(
        Float32Array.from(own, (channel) => channel / 255),
        row * 4 * width,
      );
    }
    return values.buffer;
  }

  /** The buffers are the arena's. */
  dispose(): void {
    this.#color.destroy();
    this.#depth.destroy();
  }
}
