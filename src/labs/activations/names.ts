/** What the activations are called, and how their curves look: a grey each and a pattern of dashes. Pure. */
import { msg } from '@lit/localize';
import type { ComparedActivation } from '../../session/activations/protocol.ts';

export function activationName(activation: ComparedActivation): string {
  const names: Readonly<Record<ComparedActivation, string>> = {
    sigmoid: msg('sigmoid σ'),
    tanh: 'tanh',
    relu: 'ReLU',
    'leaky-relu': msg('leaky ReLU'),
  };
  return names[activation];
}

export interface CurveLook {
  /** Share of ink. */
  readonly share: number;
  /** CSS pixels on, off, on …; empty: solid. */
  readonly dash: readonly number[];
  readonly width: number;
}

const looks: Readonly<Record<ComparedActivation, CurveLook>> = {
  sigmoid: { share: 0.52, dash: [2, 3.5], width: 2.4 },
  tanh: { share: 0.66, dash: [8, 4], width: 2 },
  relu: { share: 1, dash: [], width: 2.4 },
  'leaky-relu': { share: 0.8, dash: [10, 3, 2, 3], width: 2 },
};

export function lookOf(activation: ComparedActivation): CurveLook {
  return looks[activation];
}

/** `a, b and c`. */
export function listed(names: readonly string[], and: string): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : `${names.slice(0, -1).join(', ')} ${and} ${last}`;
}
