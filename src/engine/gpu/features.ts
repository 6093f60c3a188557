/** X on the GPU: example-major, each example padded with zeros to a multiple of sixteen features, bytes or float32. */
import type { FeatureMatrix, Scaling } from '../../data/dataset.ts';
import type { Arena } from './arena.ts';

export interface Features {
  readonly storage: 'uint8' | 'float32';
  readonly n: number;
  readonly m: number;
  /** Features an example takes up, padding included. */
  readonly stride: number;
  readonly buffer: GPUBuffer;
}

/** n rounded up to whole chunks of sixteen. */
export function paddedFeatures(n: number): number {
  return Math.ceil(n / 16) * 16;
}

export function elementBytes(storage: 'uint8' | 'float32'): number {
  return storage === 'uint8' ? 1 : 4;
}

/** @throws CapacityError when X does not fit one binding */
export function uploadFeatures(arena: Arena, label: string, x: FeatureMatrix): Features {
  const stride = paddedFeatures(x.n);
  const buffer = arena.filled(label, stride * x.m * elementBytes(x.storage), (bytes) => {
    const target = x.storage === 'uint8' ? new Uint8Array(bytes) : new Float32Array(bytes);
    if (stride === x.n) {
      target.set(x.values);
      return;
    }
    for (let j = 0; j < x.m; j++) target.set(x.values.subarray(j * x.n, (j + 1) * x.n), j * stride);
  });
  return { storage: x.storage, n: x.n, m: x.m, stride, buffer };
}

export function isIdentity(scaling: Scaling): boolean {
  return scaling.scale.every((scale) => scale === 1) && !isShifted(scaling);
}

export function isShifted(scaling: Scaling): boolean {
  return scaling.shift.some((shift) => shift !== 0);
}
