/** Activations of hidden layers, each with its derivative in one record. WGSL twin: `shaders/lib/activations.wgsl`. */

export interface Activation {
  /** a = g(z). */
  readonly value: (z: number) => number;
  /** g′(z), given z and a = g(z), so that what is known already is not computed again. */
  readonly derivative: (z: number, a: number) => number;
}

/** Slope of the leaky ReLU left of zero. */
export const leak = 0.01;

/** σ(z) = 1 / (1 + e^−z), by the branch whose exponential cannot overflow. */
export function sigmoid(z: number): number {
  if (z >= 0) return 1 / (1 + Math.exp(-z));
  const grown = Math.exp(z);
  return grown / (1 + grown);
}

/** log(1 + e^z) = max(z, 0) + log(1 + e^−|z|); finite for every finite z. */
export function softplus(z: number): number {
  return Math.max(z, 0) + Math.log1p(Math.exp(-Math.abs(z)));
}

/** At z = 0, where ReLU has no derivative, 0 is taken, as is usual. */
export const activations = {
  sigmoid: { value: sigmoid, derivative: (_z, a) => a * (1 - a) },
  tanh: { value: Math.tanh, derivative: (_z, a) => 1 - a * a },
  relu: { value: (z) => Math.max(z, 0), derivative: (z) => (z > 0 ? 1 : 0) },
  'leaky-relu': { value: (z) => (z > 0 ? z : leak * z), derivative: (z) => (z > 0 ? 1 : leak) },
  identity: { value: (z) => z, derivative: () => 1 },
} as const satisfies Record<string, Activation>;

export type ActivationName = keyof typeof activations;
