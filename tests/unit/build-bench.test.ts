/** The folder that is carried to another machine: it is made, and measures with nothing but Node and `webgpu`. */
import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { benchFolder } from '../../src/cli/root.ts';

const node = (...args: readonly string[]): Promise<{ readonly stdout: string }> => promisify(execFile)(process.execPath, args);

it('is made by one command and says what a machine does', { timeout: 120_000 }, async () => {
  expect((await node('src/cli/bootstrap.mjs', 'build-bench')).stdout).toContain('is ready');
  const own = ['--workload', 'logistic 2×400', '--engine', 'wasm', '--budget', '1', '--json', '-'];
  const { stdout } = await node(join(benchFolder, 'downhill-bench.mjs'), ...own);
  const { workloads } = JSON.parse(stdout.slice(stdout.indexOf('{'))) as {
    readonly workloads: readonly { readonly lanes: readonly { readonly checked: { readonly ok: boolean } | null }[] }[];
  };
  expect(workloads[0]?.lanes[0]?.checked?.ok).toBe(true);
});
