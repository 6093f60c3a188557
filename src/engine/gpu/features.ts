/**
 * X on the GPU: example-major, each example padded with zeros to a multiple of sixteen features, bytes or float32; in
 * several buffers where one would be too large.
 */
import type { FeatureMatrix, Scaling } from '../../data/dataset.ts';
import type { Arena } from './arena.ts';

export interface Features {
  readonly storage: 'uint8' | 'float32';
  readonly n: number;
  readonly m: number;
  /** Features an example takes up, padding included. */
  readonly stride: number;
  /** In order; one, but for a very large X. */
  readonly shards: readonly Shard[];
}

/** Examples that lie in one buffer. */
export interface Shard {
  readonly buffer: GPUBuffer;
  readonly first: number;
  readonly m: number;
}

/** No shard is larger, whatever the device takes: 2 GiB, and on a software GPU what it passes over in a fraction of a second. */
const largestShardBytes = { hardware: 2147483648, software: 134217728 } as const;
/** A shard begins at a multiple of so many examples, so that its part of Y or dZ can be bound (at multiples of 256 bytes). */
const shardStep = 64;

/** Most bytes of X in one buffer of this device. */
export function shardBytes(limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>, software: boolean): number {
  return Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize, largestShardBytes[software ? 'software' : 'hardware']);
}

/** Examples of a shard of at most so many bytes; as many as there are where all of X fits, 0 where sixty-four examples do not. */
export function examplesInShard({ n, m, storage }: Pick<FeatureMatrix, 'n' | 'm' | 'storage'>, mostBytes: number): number {
  const most = Math.floor(mostBytes / (paddedFeatures(n) * elementBytes(storage)));
  return most >= m ? m : Math.floor(most / shardStep) * shardStep;
}

/** The one buffer of an X that is not sharded. @throws RangeError when it is */
export function wholeBuffer({ shards }: Features): GPUBuffer {
  const [only, ...others] = shards;
  if (!only || others.length > 0) throw new RangeError(`X lies in ${shards.length} pieces`);
  return only.buffer;
}

/** n rounded up to whole chunks of sixteen. */
export function paddedFeatures(n: number): number {
  return Math.ceil(n / 16) * 16;
}

export function elementBytes(storage: 'uint8' | 'float32'): number {
  return storage === 'uint8' ? 1 : 4;
}

/**
 * @param mostBytes of one shard
 * @throws CapacityError when a shard does not fit one binding
 */
export function uploadFeatures(arena: Arena, label: string, x: FeatureMatrix, mostBytes = Number.POSITIVE_INFINITY): Features {
  const stride = paddedFeatures(x.n);
  const each = Math.max(1, examplesInShard(x, mostBytes));
  const shards: Shard[] = [];
  for (let first = 0; first < Math.max(1, x.m); first += each) {
    const m = Math.min(each, x.m - first);
    const buffer = arena.filled(label, stride * m * elementBytes(x.storage), (bytes) => {
      copyPadded(x, first, m, stride, bytes);
    });
    shards.push({ buffer, first, m });
  }
  return { storage: x.storage, n: x.n, m: x.m, stride, shards };
}

function copyPadded(x: FeatureMatrix, first: number, m: number, stride: number, bytes: ArrayBuffer): void {
  const target = x.storage === 'uint8' ? new Uint8Array(bytes) : new Float32Array(bytes);
  if (stride === x.n) {
    target.set(x.values.subarray(first * x.n, (first + m) * x.n));
    return;
  }
  for (let j = 0; j < m; j++) target.set(x.values.subarray((first + j) * x.n, (first + j + 1) * x.n), j * stride);
}

/** Bytes that one write brings. */
const writeBytes = 32 * 1_048_576;

/** Brings the same examples once more to where they are, a piece at a time. */
export function rewriteFeatures(device: GPUDevice, features: Features, x: FeatureMatrix): void {
  const { stride, shards } = features;
  const exampleBytes = stride * elementBytes(x.storage);
  const examples = Math.max(1, Math.floor(writeBytes / exampleBytes));
  for (const { buffer, first, m } of shards) {
    for (let at = 0; at < m; at += examples) {
      const count = Math.min(examples, m - at);
      const bytes = new ArrayBuffer(count * exampleBytes);
      copyPadded(x, first + at, count, stride, bytes);
      device.queue.writeBuffer(buffer, at * exampleBytes, bytes);
    }
  }
}

export function isIdentity(scaling: Scaling): boolean {
  return scaling.scale.every((scale) => scale === 1) && !isShifted(scaling);
}

export function isShifted(scaling: Scaling): boolean {
  return scaling.shift.some((shift) => shift !== 0);
}
