/** Where numbers stop being finite: among the parameters, or on the way forward through the layers. */
import type { NonFinite, Parameters, Problem } from '../contract.ts';
import { findNonFinite, lossName, parameterLayout } from '../layout.ts';
import { float32 } from './arithmetic.ts';
import { Network } from './network.ts';

const blockSize = 256;

/**
 * The first layer, from the input side, that holds a parameter that is not finite or whose z is not; the output layer when
 * all of them are, since then the loss itself ran over.
 */
export function findNonFiniteLayer(problem: Problem, parameters: Parameters): NonFinite {
  const layout = parameterLayout(problem.train.x.n, problem.model);
  const found = findNonFinite(layout, parameters);
  if (found) return found;
  const network = new Network(layout, lossName(problem.model), problem.scaling, blockSize, float32);
  const row = Float32Array.from(parameters);
  network.refold(row);
  let earliest = layout.layers.length;
  const { x } = problem.train;
  for (let first = 0; first < x.m; first += blockSize) {
    const layer = network.nonFiniteLayer(row, x, first, Math.min(blockSize, x.m - first));
    if (layer !== null) earliest = Math.min(earliest, layer);
  }
  return { layer: earliest, part: 'W' };
}
