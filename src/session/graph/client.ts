/** The page's side of timing the loop: a workload of that m and n, in a worker of its own, answers checked before a time. */
import { benchIn, type BenchProgress } from '../bench/client.ts';
import type { BenchReport } from '../bench/report.ts';

/** The loop in plain TypeScript, the same vectorised in WebAssembly on one thread, and the GPU. */
export const loopLanes = ['reference', 'wasm', 'gpu'] as const;

/** Features of an example. */
const features = 2;
/** Of timed rounds. */
const budgetMs = 1200;

/**
 * Times one gradient step of logistic regression with two features on m examples.
 * @param signal gives it up
 * @throws DOMException AbortError when it was given up, Error when the worker broke
 */
export function timeLoop(m: number, onProgress: (progress: BenchProgress) => void, signal: AbortSignal): Promise<BenchReport> {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module', name: 'loop' });
  const workload = {
    kind: 'train',
    name: `logistic ${features}×${m}`,
    n: features,
    m,
    storage: 'float32',
    hidden: [],
    outputs: 1,
    learningRate: 0.5,
    // no search among plans: it would take longer than the timing
    plan: 'auto',
  } as const;
  return benchIn(worker, { workloads: [workload], budgetMs, seed: 1 }, loopLanes, onProgress, signal);
}
