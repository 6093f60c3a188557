/** One update of all parameters by an optimiser. Twin of `shaders/lib/optimizer.wgsl` and `shaders/update.wgsl`. */
import type { Optimizer } from '../../contract.ts';
import type { Row } from '../arithmetic.ts';

/** Momentum and Nesterov in the form of Sutskever et al. 2013 as PyTorch writes it: v := βv + dw. Adam: Kingma, Ba 2015. */
export function update(optimizer: Optimizer, step: number, parameters: Row, gradient: Row, moment1: Row, moment2: Row): void {
  const { kind, learningRate, beta1, beta2, epsilon } = optimizer;
  const count = parameters.length;
  switch (kind) {
    case 'gradient-descent':
      for (let i = 0; i < count; i++) parameters[i] = (parameters[i] as number) - learningRate * (gradient[i] as number);
      return;
    case 'momentum':
      for (let i = 0; i < count; i++) {
        moment1[i] = beta1 * (moment1[i] as number) + (gradient[i] as number);
        parameters[i] = (parameters[i] as number) - learningRate * (moment1[i] as number);
      }
      return;
    case 'nesterov':
      for (let i = 0; i < count; i++) {
        moment1[i] = beta1 * (moment1[i] as number) + (gradient[i] as number);
        parameters[i] = (parameters[i] as number) - learningRate * ((gradient[i] as number) + beta1 * (moment1[i] as number));
      }
      return;
    case 'adam': {
      const correction1 = 1 - beta1 ** step;
      const correction2 = 1 - beta2 ** step;
      for (let i = 0; i < count; i++) {
        const slope = gradient[i] as number;
        moment1[i] = beta1 * (moment1[i] as number) + (1 - beta1) * slope;
        moment2[i] = beta2 * (moment2[i] as number) + (1 - beta2) * slope * slope;
        const corrected = (moment1[i] as number) / correction1;
        parameters[i] =
          (parameters[i] as number) - (learningRate * corrected) / (Math.sqrt((moment2[i] as number) / correction2) + epsilon);
      }
      return;
    }
    default:
      kind satisfies never;
  }
}
