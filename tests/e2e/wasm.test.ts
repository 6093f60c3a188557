/** The part of the CPU lanes that only a browser runs: bytes multiplied as bytes, held against the float64 reference there. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { build } from 'vite';
import { loadBinary } from '../../src/cli/wasm-node.ts';
import type { runBytes } from '../support/digits-run.ts';
import { digitsCases } from '../support/digits-cases.ts';
import { openBrowser, type TestBrowser } from './support/browser.ts';

let browser: TestBrowser;
beforeAll(async () => {
  browser = await openBrowser({ gpu: 'absent' });
});
afterAll(() => browser.close());

/** The run as a script that leaves `digits.runBytes`. */
async function script(): Promise<string> {
  const built = await build({
    configFile: false,
    logLevel: 'warn',
    build: {
      write: false,
      minify: false,
      lib: { entry: 'tests/support/digits-run.ts', formats: ['iife'], name: 'digits', fileName: 'digits' },
    },
  });
  const first = Array.isArray(built) ? built[0] : built;
  if (!first || !('output' in first)) throw new Error('Nothing was built.');
  return first.output[0].code;
}

it('bytes as bytes: costs and slopes are those of the float64 reference', async (context) => {
  const opened = await browser.openPage({ path: 'licences.txt' });
  const binary = Buffer.from(await loadBinary('relaxed')).toString('base64');
  const runs = await opened.page.evaluate<Awaited<ReturnType<typeof runBytes>>>(
    `(async () => { ${await script()}; const bytes = Uint8Array.from(atob('${binary}'), (c) => c.charCodeAt(0)); return digits.runBytes(bytes); })()`,
  );
  if (runs === null) {
    context.skip('this processor, or this browser, has no product of bytes that keeps all bits: the lanes multiply 16-bit integers here');
  }
  expect(runs?.map(({ name }) => name)).toEqual(digitsCases.map(({ name }) => name));
  expect(runs?.filter(({ cost, gradient }) => !(cost < 1 && gradient < 1))).toEqual([]);
});
