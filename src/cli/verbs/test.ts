/**
 * `npm test`: a build, a browser, then every test: unit, kernels on Dawn, end to end in Chromium and Firefox. The last wait more than they
 * compute, so that they run beside the others. With arguments these go to Vitest instead: `npm test -- --project unit activations`.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.ts';
import { bundledVulkanFolder, ensureBrowser, ensureFirefox, NoBrowserError } from '../install-browser.ts';
import { forgetTally, keepTally, resultsFolder, tallyLine, type Tally } from '../results.ts';
import { root } from '../root.ts';
import { findSoftwareVulkan } from '../vulkan-driver.ts';
import { WrongBrowserPathError } from '../find-browser.ts';

/** Runs that go on side by side, by the arguments that choose their tests. */
const runs = [
  { name: 'e2e', args: ['--project', 'e2e'] },
  { name: 'others', args: ['--project', 'unit', '--project', 'kernels', '--project', 'hosts'] },
] as const;

const reportPath = (name: string): string => join(resultsFolder, `vitest-${name}.json`);

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
}

/** @returns Vitest's exit code */
function runVitest(name: string, args: readonly string[], browserPath: string): Promise<number> {
  rmSync(reportPath(name), { force: true });
  const loaderFolder = bundledVulkanFolder(findSoftwareVulkan(browserPath));
  const libraries = [loaderFolder, process.env['LD_LIBRARY_PATH']].filter((folder) => folder !== null && folder !== undefined);
  const reporters = ['--reporter=default', '--reporter=json', `--outputFile.json=${reportPath(name)}`];
  const vitest = spawn(process.execPath, [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...reporters, ...args], {
    stdio: 'inherit',
    env: {
      ...process.env,
      NODE_ENV: 'test',
      CHROMIUM_PATH: browserPath,
      ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(':') }),
    },
  });
  return new Promise((resolve, reject) => {
    vitest.on('error', reject);
    vitest.on('exit', (code) => resolve(code ?? 1));
  });
}

/** A file that could not be loaded, or an error outside a test, is a failure although no test failed. */
function readTally(name: string, exitCode: number): Tally {
  if (!existsSync(reportPath(name))) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(reportPath(name), 'utf8')) as VitestReport;
  return { passed: report.numPassedTests, failed: exitCode === 0 ? report.numFailedTests : Math.max(1, report.numFailedTests) };
}

/** It is wanted and not needed: its tests say so where there is none. @throws WrongBrowserPathError */
function wantFirefox(): void {
  try {
    ensureFirefox();
  } catch (error) {
    if (!(error instanceof NoBrowserError)) throw error;
  }
}

export async function run(args: readonly string[]): Promise<number> {
  forgetTally('test');
  try {
    const browserPath = ensureBrowser();
    if (args.length === 0) wantFirefox();
    await ensureBuilt();
    const wanted = args.length > 0 ? [{ name: 'chosen', args }] : runs;
    const exitCodes = await Promise.all(wanted.map((one) => runVitest(one.name, one.args, browserPath)));
    const tallies = wanted.map(({ name }, index) => readTally(name, exitCodes[index] ?? 1));
    const total = (key: keyof Tally): number => tallies.reduce((sum, tally) => sum + tally[key], 0);
    const tally = { passed: total('passed'), failed: total('failed') };
    keepTally('test', tally);
    process.stdout.write(`Tests: ${tallyLine(tally)}\n`);
    return Math.max(...exitCodes);
  } catch (error) {
    if (!(error instanceof NoBrowserError || error instanceof WrongBrowserPathError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
