/** What a step must do at the least: floating-point operations and bytes. A step that does more is slower, not busier. */
import type { Problem } from './contract.ts';
import { batchSizeOf, type ParameterLayout } from './layout.ts';

/**
 * @param readsOfX times that the plan reads X in a step
 * @returns bytes of X and of parameters (read, written, and their gradient written and read), and multiply-adds as two operations
 */
export function stepWork(problem: Problem, layout: ParameterLayout, readsOfX: number): { bytesPerStep: number; flopsPerStep: number } {
  const batch = batchSizeOf(problem);
  const elementBytes = problem.train.x.storage === 'uint8' ? 1 : 4;
  let flops = 0;
  for (const [index, layer] of layout.layers.entries()) {
    const forward = 2 * batch * layer.inputs * layer.units;
    flops += index === 0 ? 2 * forward : 3 * forward;
  }
  return { bytesPerStep: readsOfX * elementBytes * batch * problem.train.x.n + 4 * 4 * layout.length, flopsPerStep: flops };
}
