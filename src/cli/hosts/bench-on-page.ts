/** A benchmark on a page that is open already, wherever its browser runs. */
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress, BenchRequest } from '../../session/bench/run.ts';
import type {} from '../page-bench.ts';
import { waitForGlobal, type DrivenPage } from './driven-page.ts';

/** A lane of this name computes on a GPU. */
export const needsGpu = (name: string): boolean => name.endsWith('gpu');

export async function benchOnPage(
  page: DrivenPage,
  request: BenchRequest,
  lanes: readonly string[],
  onProgress: (progress: BenchProgress) => void,
): Promise<BenchReport> {
  await waitForGlobal(page, 'downhillBench');
  await page.offer('downhillBenchProgress', onProgress);
  const outcome = await page.call(
    async ([asked, names]) => {
      const { downhillBench, downhillBenchProgress } = globalThis;
      if (downhillBench === undefined || downhillBenchProgress === undefined) throw new Error('The page of the benchmark did not load.');
      return downhillBench(asked, names, downhillBenchProgress);
    },
    [request, lanes] as const,
  );
  if (outcome.report === null) throw new Error(outcome.error);
  return outcome.report;
}

declare global {
  var downhillBenchProgress: ((progress: BenchProgress) => void) | undefined;
}
