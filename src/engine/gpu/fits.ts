/** Whether a problem fits a device's largest binding, and what would where it does not. */
import type { Problem } from '../contract.ts';
import { CapacityError } from '../errors.ts';
import { batchSizeOf, parameterLayout } from '../layout.ts';
import { elementBytes, examplesInShard, paddedFeatures } from './features.ts';
import { hasOneOutput } from './plans/one-output.ts';
import { onePassFits } from './plans/one-pass.ts';

const mebibytes = (bytes: number): string => `${(bytes / 1048576).toFixed(0)} MiB`;

/** X lies in several buffers: only the plans without a hidden layer, and all m at a time, can work on that. */
export function isSharded(problem: Problem, mostBytes: number): boolean {
  const { x } = problem.train;
  const each = examplesInShard(x, mostBytes);
  return each > 0 && each < x.m && (hasOneOutput(problem) || onePassFits(problem)) && batchSizeOf(problem) === x.m;
}

/**
 * @param mostBytes of X in one buffer, where it is split; left out, it is not
 * @throws CapacityError that names what is too large and the number that would fit
 */
export function checkFits(
  problem: Problem,
  limits: Pick<GPUSupportedLimits, 'maxBufferSize' | 'maxStorageBufferBindingSize'>,
  mostBytes = Number.POSITIVE_INFINITY,
): void {
  const limit = Math.min(limits.maxBufferSize, limits.maxStorageBufferBindingSize);
  const { n, m, storage } = problem.train.x;
  const exampleBytes = paddedFeatures(n) * elementBytes(storage);
  if (exampleBytes * m > limit && !isSharded(problem, mostBytes)) {
    const most = Math.floor(limit / exampleBytes);
    throw new CapacityError(
      `X needs ${mebibytes(exampleBytes * m)} in one piece and this GPU takes ${mebibytes(limit)}: m of at most ${most} would fit`,
    );
  }
  const batch = batchSizeOf(problem);
  for (const [index, { units, inputs }] of parameterLayout(n, problem.model).layers.entries()) {
    if (units * batch * 4 > limit) {
      const most = Math.floor(limit / (units * 4));
      throw new CapacityError(
        `layer ${index + 1} of ${units} units needs ${mebibytes(units * batch * 4)} for ${batch} examples and this GPU takes ${mebibytes(limit)}: a batch of at most ${most} would fit`,
      );
    }
    if (units * inputs * 4 > limit) {
      const most = Math.floor(limit / (inputs * 4));
      throw new CapacityError(
        `W of layer ${index + 1}, ${units} × ${inputs}, needs ${mebibytes(units * inputs * 4)} and this GPU takes ${mebibytes(limit)}: at most ${most} units would fit`,
      );
    }
  }
}
