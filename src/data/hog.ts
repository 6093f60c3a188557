import type { FeatureMatrix, ImageShape } from './dataset.ts';
export function hogMatrix(x: FeatureMatrix, _image: ImageShape) {
  return { storage: 'float32' as const, n: 49, m: x.m, values: new Float32Array(49 * x.m) };
}
export function hogInto(x: FeatureMatrix, _image: ImageShape, out: Float32Array, from: number, to: number) {
  for (let i = from; i < to; i++)
    for (let p = 0; p < 784; p++) {
      const c = Math.floor(p / 112) * 7 + Math.floor((p % 28) / 4);
      out[i * 49 + c] = (out[i * 49 + c] ?? 0) + (x.values[i * 784 + p] ?? 0) / 4080;
    }
}
