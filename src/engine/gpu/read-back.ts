/** Reading GPU memory back through staging buffers that rotate, so that one read never waits for another's unmapping. */
import type { Arena } from './arena.ts';
import { mapped } from './waiting.ts';

export interface Piece {
  readonly buffer: GPUBuffer;
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

export class ReadBack {
  readonly #arena: Arena;
  readonly #idle: GPUBuffer[] = [];

  constructor(arena: Arena) {
    this.#arena = arena;
  }

  /** The pieces' bytes, one after the other. Rejects when the device is lost. */
  async read(pieces: readonly Piece[]): Promise<ArrayBuffer> {
    const sizeBytes = pieces.reduce((sum, piece) => sum + piece.sizeBytes, 0);
    const staging = this.#take(sizeBytes);
    const encoder = this.#arena.device.createCommandEncoder({ label: 'read-back' });
    let at = 0;
    for (const piece of pieces) {
      encoder.copyBufferToBuffer(piece.buffer, piece.offsetBytes, staging, at, piece.sizeBytes);
      at += piece.sizeBytes;
    }
    this.#arena.device.queue.submit([encoder.finish()]);
    await mapped(this.#arena.device, staging, Math.max(4, sizeBytes));
    const bytes = staging.getMappedRange(0, Math.max(4, sizeBytes)).slice(0, sizeBytes);
    staging.unmap();
    if (this.#idle.length < 3) this.#idle.push(staging);
    else this.#arena.free(staging);
    return bytes;
  }

  #take(sizeBytes: number): GPUBuffer {
    const fitting = this.#idle.findIndex((buffer) => buffer.size >= sizeBytes && buffer.size <= 4 * sizeBytes + 65536);
    const [found] = fitting < 0 ? [] : this.#idle.splice(fitting, 1);
    return found ?? this.#arena.create('staging', sizeBytes, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
  }
}
