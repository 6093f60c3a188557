/**
 * The built app and the terminal in Firefox: both engines race there, and their answers are Chromium’s. Where there is no Firefox,
 * or none that finds a GPU of any kind, the tests say so and are skipped.
 */
import type { Browser, Page } from 'puppeteer-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/cli/find-browser.ts';
import { launchFirefox } from '../../src/cli/hosts/firefox-page.ts';
import { readResult } from '../../src/session/results/read.ts';
import { appUrl, openBrowser } from './support/browser.ts';
import { downhill } from './support/terminal.ts';
import { smallRace, waitForPhase, type RaceSummary } from './support/train-lab.ts';
import { policyViolations, recordInPage } from './support/watch.ts';

const path = smallRace(40, '&rate=0.5');
/** Between two right answers to the same cost; see `session/verify.ts`. */
const costTolerance = 1e-5;

interface Opened {
  readonly browser: Browser;
  readonly page: Page;
  readonly errors: readonly string[];
  readonly foreignRequests: readonly string[];
}

async function openApp(): Promise<Opened> {
  const browser = await launchFirefox();
  const [page = await browser.newPage()] = await browser.pages();
  const errors: string[] = [];
  const foreignRequests: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(String(error)));
  page.on('request', (request) => {
    const url = request.url();
    if (!/^(data|blob|about):/.test(url) && new URL(url).origin !== new URL(appUrl()).origin) foreignRequests.push(url);
  });
  await page.evaluateOnNewDocument(recordInPage);
  await page.goto(`${appUrl()}${path}`);
  return { browser, page, errors, foreignRequests };
}

function costsByStep(race: RaceSummary, wanted: 'cpu' | 'gpu'): ReadonlyMap<number, number> {
  const lane = race.lanes.find(({ kind }) => kind === wanted);
  expect(lane, wanted).toMatchObject({ checked: true, step: 40 });
  return new Map(lane?.steps.map((step, index) => [step, lane.costs[index] ?? Number.NaN]));
}

describe('Firefox', () => {
  let opened: Opened | null = null;
  let missing = false;
  let why = '';

  beforeAll(async () => {
    if (findBrowser('firefox') === null) why = 'There is no Firefox here: install one, or set FIREFOX_PATH.';
    else {
      opened = await openApp();
      const found = await opened.page.evaluate(async () => (await navigator.gpu.requestAdapter()) !== null);
      if (!found) why = 'This Firefox finds no GPU, not even a software one (Debian has one in the package mesa-vulkan-drivers).';
    }
    missing = why !== '';
    if (missing) console.log(why);
  });

  afterAll(() => opened?.browser.close());

  it('races on both engines, and its costs are Chromium’s', async ({ skip }) => {
    skip(missing, why);
    if (!opened) throw new Error('Firefox was not opened.');
    const inFirefox = await waitForPhase(opened.page, 'finished');
    expect(inFirefox.lanes).toHaveLength(2);
    const chromium = await openBrowser();
    const { page } = await chromium.openPage({ path });
    const inChromium = await waitForPhase(page, 'finished');
    await chromium.close();
    const truth = costsByStep(inChromium, 'cpu');
    for (const kind of ['gpu', 'cpu'] as const) {
      const costs = costsByStep(inFirefox, kind);
      const shared = [...costs.keys()].filter((step) => truth.has(step));
      expect(shared.length).toBeGreaterThan(10);
      for (const step of shared) {
        const expected = truth.get(step) ?? Number.NaN;
        expect(Math.abs((costs.get(step) ?? Number.NaN) - expected), `${kind}, step ${step}`).toBeLessThan(
          costTolerance * Math.max(1, expected),
        );
      }
    }
    expect(opened.errors).toEqual([]);
    expect(opened.foreignRequests).toEqual([]);
    expect(await policyViolations(opened.page)).toEqual([]);
  });

  // once in several runs of everything Firefox came to rest in the middle, and took no processor time at all: one more try
  it('runs the bench of the terminal, with every answer right', { retry: 1, timeout: 120_000 }, async ({ skip }) => {
    skip(missing, why);
    await opened?.browser.close();
    const small = ['--workload', 'logistic 2x400', '--budget', '1', '--engine', 'gpu', '--engine', 'wasm'];
    const { code, out, err } = await downhill('bench', '--browser', 'firefox', ...small, '--json', '-');
    expect({ code, err: code === 0 ? '' : err }).toEqual({ code: 0, err: '' });
    const result = readResult(out, 'standard output');
    if (result.kind !== 'bench') throw new Error(`a ${result.kind}`);
    expect(result.environment.browser).toContain('Firefox');
    const answers = result.workloads.flatMap(({ name, lanes }) => lanes.map(({ engine, checked }) => [name, engine, checked?.ok]));
    expect(answers).toEqual(['gpu', 'wasm'].map((engine) => ['logistic 2×400', engine, true]));
  });
});
