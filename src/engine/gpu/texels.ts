/**
 * X a second time, as a texture: texels of sixteen bytes, each example's side by side, whole examples in a row of them. Some
 * processors read a texel at once and a buffer word by word.
 */
import { CapacityError } from '../errors.ts';
import type { Arena } from './arena.ts';
import { elementBytes, type Features, type Shard } from './features.ts';
import { unlessLost } from './loss.ts';

const texelBytes = 16;
/** What every device takes. */
const mostTexels = 8192;
/** Copies go row by row, at multiples of 256 bytes. */
const rowStep = 256 / texelBytes;

/** There is no room for X a second time. */
export class NoTexelsError extends CapacityError {}

export interface Texels {
  readonly texture: GPUTexture;
  readonly view: GPUTextureView;
  readonly exampleBytes: number;
  readonly examples: number;
  readonly examplesInRow: number;
}

/** @throws CapacityError when there are more examples than rows for them */
export function createTexels(arena: Arena, label: string, storage: 'uint8' | 'float32', exampleBytes: number, examples: number): Texels {
  const texelsInExample = exampleBytes / texelBytes;
  const most = Math.floor(mostTexels / texelsInExample / rowStep) * rowStep;
  const examplesInRow = Math.min(most, Math.ceil(examples / rowStep) * rowStep);
  const height = Math.ceil(examples / examplesInRow);
  const texture = arena.texture(label, examplesInRow * texelsInExample, height, storage === 'uint8' ? 'rgba32uint' : 'rgba32float');
  return { texture, view: texture.createView({ label }), exampleBytes, examples, examplesInRow };
}

/** Brings examples that lie one behind the other in a buffer into the texture. */
export function copyToTexels(device: GPUDevice, buffer: GPUBuffer, { texture, exampleBytes, examples, examplesInRow }: Texels): void {
  const texelsInExample = exampleBytes / texelBytes;
  const bytesPerRow = examplesInRow * exampleBytes;
  const rows = Math.floor(examples / examplesInRow);
  const left = examples - rows * examplesInRow;
  const encoder = device.createCommandEncoder({ label: 'texels' });
  if (rows > 0) encoder.copyBufferToTexture({ buffer, bytesPerRow }, { texture }, [examplesInRow * texelsInExample, rows]);
  if (left > 0) {
    const from = { buffer, offset: rows * bytesPerRow, bytesPerRow };
    encoder.copyBufferToTexture(from, { texture, origin: [0, rows] }, [left * texelsInExample, 1]);
  }
  device.queue.submit([encoder.finish()]);
}

/** All of X as textures, and how they are brought up to what its buffers hold. */
export interface ShardTexels {
  of(shard: Shard): Texels | undefined;
  readonly renew: () => void;
}

/** @throws NoTexelsError where there is no room for X a second time, of which nothing is left then */
export async function shardsAsTexels(arena: Arena, { storage, stride, shards }: Features): Promise<ShardTexels> {
  const { device } = arena;
  const made = new Map<Shard, Texels>();
  let why: string | null = null;
  device.pushErrorScope('out-of-memory');
  try {
    for (const shard of shards) made.set(shard, createTexels(arena, 'X', storage, stride * elementBytes(storage), shard.m));
  } catch (error) {
    if (!(error instanceof CapacityError)) throw error;
    why = error.message;
  } finally {
    why = (await unlessLost(device, device.popErrorScope()))?.message ?? why;
  }
  if (why !== null) {
    for (const { texture } of made.values()) arena.free(texture);
    throw new NoTexelsError(`there is no room for X a second time, as a texture: take a smaller m, or the two-pass plan (${why})`);
  }
  const renew = (): void => {
    for (const [{ buffer }, texels] of made) copyToTexels(device, buffer, texels);
  };
  renew();
  return { of: (shard) => made.get(shard), renew };
}
