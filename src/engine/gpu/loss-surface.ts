/**
 * J(w, b) on a square grid that stays on the GPU: written, dispatched and kept in one buffer, to be drawn from there. What
 * is drawn is `loss-view.ts`'s; the kernel's twin is `engine/cpu/kernels/loss-surface.ts`.
 */
import type { Arena } from './arena.ts';
import { encode, groupsFor, type Dispatch, type DispatchMaker } from './dispatch.ts';
import { uniformWords } from './bindings.ts';
import { kernelTable, lossCodes } from './kernel-table.ts';
import { ReadBack } from './read-back.ts';

/** What a surface shows. */
export interface SurfaceRequest {
  readonly loss: 'sigmoid/cross-entropy' | 'sigmoid/squared-error';
  /** One feature an example. */
  readonly x: ArrayLike<number>;
  /** 0 or 1. */
  readonly y: ArrayLike<number>;
  /** Least and greatest value along each side of the grid, which are points of it. */
  readonly w: readonly [number, number];
  readonly b: readonly [number, number];
}

const label = 'loss surface';

export class LossSurface {
  /** Points along each side. */
  readonly size: number;
  /** J row by row: w grows along a row, b from row to row. */
  readonly buffer: GPUBuffer;
  readonly #arena: Arena;
  readonly #dispatch: Dispatch;
  readonly #uniform: GPUBuffer;
  readonly #examples: GPUBuffer;
  readonly #most: number;

  private constructor(arena: Arena, size: number, most: number, buffers: readonly [GPUBuffer, GPUBuffer, GPUBuffer], dispatch: Dispatch) {
    [this.#uniform, this.#examples, this.buffer] = buffers;
    this.#arena = arena;
    this.#dispatch = dispatch;
    this.#most = most;
    this.size = size;
  }

  /**
   * @param maker whose arena the surface takes over
   * @param most examples that it has to hold
   */
  static async open(maker: DispatchMaker, size: number, most: number): Promise<LossSurface> {
    const { arena } = maker;
    const words = uniformWords(kernelTable['loss-surface'].uniforms[0], gridOf(size, 0, { w: [0, 1], b: [0, 1] }, 0));
    const buffers = [
      arena.uniform(`${label} uniform`, words),
      arena.storage(`${label} examples`, most * 8),
      arena.storage(`${label} ${size} × ${size}`, size * size * 4),
    ] as const;
    const dispatch = await maker.make({
      kernel: 'loss-surface',
      entryPoint: 'main',
      segment: 'sigmoid-cost',
      bindings: { 0: buffers[0], 1: buffers[1], 2: buffers[2] },
      groups: groupsFor(size * size, 64),
    });
    return new LossSurface(arena, size, most, buffers, dispatch);
  }

  /** Computes in the order of the queue: what is submitted later sees the new values. @throws RangeError for too many examples */
  compute({ loss, x, y, w, b }: SurfaceRequest): void {
    const { device } = this.#arena;
    if (x.length > this.#most) throw new RangeError(`${x.length} examples do not fit a surface for ${this.#most}`);
    const pairs = Float32Array.from({ length: 2 * x.length }, (_, at) => (at % 2 === 0 ? x : y)[at >> 1] ?? 0);
    const words = uniformWords(kernelTable['loss-surface'].uniforms[0], gridOf(this.size, x.length, { w, b }, lossCodes[loss]));
    device.queue.writeBuffer(this.#uniform, 0, words);
    device.queue.writeBuffer(this.#examples, 0, pairs);
    const encoder = device.createCommandEncoder({ label });
    const pass = encoder.beginComputePass({ label });
    encode(pass, [this.#dispatch]);
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  /** For checks: drawing needs no copy of it. */
  async read(): Promise<Float32Array<ArrayBuffer>> {
    const sizeBytes = this.size * this.size * 4;
    return new Float32Array(await new ReadBack(this.#arena).read([{ buffer: this.buffer, offsetBytes: 0, sizeBytes }]));
  }

  dispose(): void {
    this.#arena.dispose();
  }
}

function gridOf(size: number, examples: number, { w, b }: Pick<SurfaceRequest, 'w' | 'b'>, kind: number): Readonly<Record<string, number>> {
  return {
    columns: size,
    rows: size,
    examples,
    kind,
    firstW: w[0],
    stepW: (w[1] - w[0]) / (size - 1),
    firstB: b[0],
    stepB: (b[1] - b[0]) / (size - 1),
  };
}
