/**
 * Scaling x = s · raw + t folded into the first layer and back out of its gradient, so that raw values are never copied:
 * W·x + b = (W∘s)·raw + (b + W·t); dW = s ∘ (dZ rawᵀ) + (Σ dZ) tᵀ. Twin of `shaders/fold.wgsl` and of the epilogue of
 * `shaders/gradient.wgsl`.
 */
import type { Scaling } from '../../../data/dataset.ts';
import type { Arithmetic, Row } from '../arithmetic.ts';

/** folded: units · inputs weights, then units biases. W and b are read from `parameters` at the start. */
export function fold(arithmetic: Arithmetic, units: number, inputs: number, parameters: Row, scaling: Scaling, folded: Row): void {
  const biases = units * inputs;
  for (let o = 0; o < units; o++) {
    for (let k = 0; k < inputs; k++) {
      folded[o * inputs + k] = (parameters[o * inputs + k] as number) * (scaling.scale[k] as number);
    }
    folded[biases + o] = (parameters[biases + o] as number) + arithmetic.dot(scaling.shift, 0, parameters, o * inputs, inputs);
  }
}

/** Turns the gradient with respect to folded weights into dW, in place. */
export function unfold(units: number, inputs: number, gradient: Row, scaling: Scaling): void {
  for (let o = 0; o < units; o++) {
    const slope = gradient[units * inputs + o] as number;
    for (let k = 0; k < inputs; k++) {
      const index = o * inputs + k;
      gradient[index] = (gradient[index] as number) * (scaling.scale[k] as number) + slope * (scaling.shift[k] as number);
    }
  }
}
