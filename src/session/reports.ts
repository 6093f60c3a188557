/** What the page is told about data before anything is trained on them. */
import type { Dataset } from '../data/dataset.ts';
import type { Problem } from '../engine/contract.ts';
import type { DataReport } from './protocol.ts';

export function dataReport(dataset: Dataset, problem: Problem, loadMs: number): DataReport {
  const { x } = dataset.train;
  return {
    task: dataset.task,
    n: x.n,
    m: x.m,
    mTest: dataset.test.x.m,
    mAvailable: dataset.mAvailable,
    ownTest: dataset.ownTest,
    storage: x.storage,
    sizeBytes: x.values.byteLength,
    classNames: dataset.classNames,
    featureNames: dataset.featureNames,
    targetName: dataset.targetName,
    image: dataset.image,
    outputs: problem.model.outputs,
    attributions: dataset.attributions,
    loadMs,
  };
}

/** The name of the only class that the training examples have, or null. */
export function singleClass(dataset: Dataset): string | null {
  if (dataset.task === 'regression') return null;
  const { y } = dataset.train;
  const first = y[0] ?? 0;
  return y.every((label) => label === first) ? (dataset.classNames[first] ?? String(first)) : null;
}
