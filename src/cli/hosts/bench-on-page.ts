/** A benchmark on a page that is open already, wherever its browser runs. */
import type { Page } from 'playwright-core';
import type { BenchReport } from '../../session/bench/report.ts';
import type { BenchProgress, BenchRequest } from '../../session/bench/run.ts';
import type {} from '../page-bench.ts';

/** A lane of this name computes on a GPU. */
export const needsGpu = (name: string): boolean => name.endsWith('gpu');

export async function benchOnPage(
  page: Page,
  request: BenchRequest,
  lanes: readonly string[],
  onProgress: (progress: BenchProgress) => void,
): Promise<BenchReport> {
  await page.waitForFunction(() => globalThis.downhillBench !== undefined);
  await page.exposeFunction('downhillBenchProgress', onProgress);
  const outcome = await page.evaluate(
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
