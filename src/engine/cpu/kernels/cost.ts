/** Loss and dZ of the output layer over examples. Twin of `shaders/cost.wgsl`. */
import { losses, type LossName } from '../../../math/costs.ts';
import type { Row } from '../arithmetic.ts';

/**
 * @param z outputs · count values
 * @param y targets, from index `yStart` on
 * @param dz gets dL/dz, outputs · count values
 * @returns Σ L over the examples
 */
export function lossesAndSlopes(name: LossName, outputs: number, count: number, z: Row, y: Float32Array, yStart: number, dz: Row): number {
  const loss = losses[name];
  let sum = 0;
  for (let j = 0; j < count; j++) {
    const target = y[yStart + j] as number;
    sum += loss.value(z, j * outputs, outputs, target);
    loss.derivative(z, j * outputs, outputs, target, dz);
  }
  return sum;
}

/** ŷ from z over examples. */
export function predictions(name: LossName, outputs: number, count: number, z: Row, out: Row): void {
  const { prediction } = losses[name];
  for (let j = 0; j < count; j++) prediction(z, j * outputs, outputs, out);
}
