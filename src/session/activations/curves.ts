/** The functions themselves, for the page: g and g′ of each activation that is compared. */
import { activations } from '../../math/activations.ts';
import type { ComparedActivation } from './settings.ts';

export { decadesOf, logPosition, type Decades } from '../../math/histogram.ts';

/** a = g(z) and g′(z). */
export function curveAt(name: ComparedActivation, z: number): { readonly a: number; readonly slope: number } {
  const { value, derivative } = activations[name];
  const a = value(z);
  return { a, slope: derivative(z, a) };
}
