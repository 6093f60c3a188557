/**
 * The page of `bench --peers` builds, and on it every peer computes small workloads and is right; its times are nobody's
 * concern here. A peer whose package does not load on this machine is left out, with the reason printed.
 */
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ensurePeersBuilt } from '../../src/cli/build.ts';
import { peersHeaders } from '../../src/cli/headers.ts';
import type {} from '../../src/cli/page-bench.ts';
import { peersFolder } from '../../src/cli/root.ts';
import { peerNames } from '../../src/session/bench/workload.ts';
import { serve, type RunningServer } from '../../src/cli/server.ts';
import type { BenchReport } from '../../src/session/bench/report.ts';
import type { Workload } from '../../src/session/bench/workload.ts';
import { sharedBrowser } from './support/browser.ts';
import { watchPage, type PageRecord } from './support/watch.ts';

const logistic: Workload = {
  kind: 'train',
  name: 'logistic',
  n: 24,
  m: 40,
  storage: 'uint8',
  hidden: [],
  outputs: 1,
  learningRate: 0.05,
};
const net: Workload = { ...logistic, name: 'net', storage: 'float32', hidden: [{ units: 8, activation: 'relu' }], outputs: 3 };
const matmul: Workload = { kind: 'matmul', name: 'matmul', size: 32 };
const sigmoid: Workload = { kind: 'activation', name: 'sigmoid', count: 1000 };

/** Compiling a net's kernels in all its formulations takes very long on a software GPU. */
const workloadsFor = (name: string): readonly Workload[] =>
  name.endsWith('webgpu') ? [logistic, matmul] : [logistic, net, matmul, sigmoid];

let server: RunningServer;
let page: Page;
let record: PageRecord;

beforeAll(async () => {
  await ensurePeersBuilt();
  server = await serve(peersFolder, { port: 0, headers: peersHeaders });
  page = await (await sharedBrowser()).newPage();
  record = await watchPage(page, server.url);
  await page.goto(server.url);
  await page.waitForFunction(() => globalThis.downhillBench !== undefined);
});

afterAll(async () => {
  await page.close();
  await server.close();
});

async function bench(workloads: readonly Workload[], lanes: readonly string[]): Promise<BenchReport> {
  const request = { workloads, budgetMs: 1, seed: 1 };
  const outcome = await page.evaluate(async ([asked, names]) => globalThis.downhillBench?.(asked, names, () => undefined), [
    request,
    lanes,
  ] as const);
  if (!outcome?.report) throw new Error(outcome?.error ?? 'the page offers no benchmark');
  return outcome.report;
}

describe('the page of the peers', () => {
  it.each(peerNames)('measures %s, whose answers are right', async (name) => {
    const { workloads } = await bench(workloadsFor(name), [name]);
    const results = workloads.flatMap(({ lanes }) => lanes);
    const [first] = results;
    if (results.every(({ error }) => error !== null && /load|fetch|import|could not start/i.test(error))) {
      process.stdout.write(`${name} is left out: ${first?.error ?? ''}\n`);
      return;
    }
    expect(results.map(({ engine, checked, error }) => ({ engine, right: checked?.ok, error }))).toEqual(
      results.map(() => ({ engine: name, right: true, error: null })),
    );
  });

  it('measures one of ours beside them, and asks nobody else for anything', async () => {
    const { workloads, environment } = await bench([logistic, matmul], ['reference', 'jax-wasm']);
    expect(workloads.map(({ lanes }) => lanes.map(({ engine }) => engine))).toEqual([
      ['reference', 'jax-wasm'],
      ['reference', 'jax-wasm'],
    ]);
    expect(environment).toMatchObject({ host: 'browser', crossOriginIsolated: true });
    expect(record.foreignRequests).toEqual([]);
  });
});
