/** The optimiser's settings as the kernels read them. */
import type { Problem } from '../../contract.ts';
import { optimizerCodes } from '../kernel-table.ts';

export function optimizerValues({ optimizer, l2 }: Problem): Readonly<Record<string, number>> {
  return {
    kind: optimizerCodes[optimizer.kind],
    learningRate: optimizer.learningRate,
    beta1: optimizer.beta1,
    beta2: optimizer.beta2,
    epsilon: optimizer.epsilon,
    l2,
    logBeta1: Math.log(optimizer.beta1),
    logBeta2: Math.log(optimizer.beta2),
  };
}
