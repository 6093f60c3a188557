/** Activations over arrays. Twin of `shaders/activation.wgsl`. */
import { activations, type ActivationName } from '../../../math/activations.ts';
import type { Row } from '../arithmetic.ts';

/** a = g(z) for the first `count` values. */
export function activate(name: ActivationName, z: Row, a: Row, count: number): void {
  const { value } = activations[name];
  for (let i = 0; i < count; i++) a[i] = value(z[i] as number);
}

/** dz = da ∘ g′(z), in place of da, for the first `count` values. */
export function activateBackward(name: ActivationName, z: Row, a: Row, da: Row, count: number): void {
  const { derivative } = activations[name];
  for (let i = 0; i < count; i++) da[i] = (da[i] as number) * derivative(z[i] as number, a[i] as number);
}
