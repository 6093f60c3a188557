/**
 * `npm test`: a build, a browser, then every test: unit, kernels on Dawn, end to end in Chromium. With arguments they
 * go to Vitest instead: `npm test -- --project unit activations`.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ensureBuilt } from '../build.ts';
import { bundledVulkanFolder, ensureBrowser, NoBrowserError } from '../install-browser.ts';
import { forgetTally, keepTally, resultsFolder, tallyLine, type Tally } from '../results.ts';
import { root } from '../root.ts';
import { findSoftwareVulkan } from '../vulkan-driver.ts';
import { WrongBrowserPathError } from '../find-browser.ts';

const reportPath = join(resultsFolder, 'vitest.json');

interface VitestReport {
  readonly numPassedTests: number;
  readonly numFailedTests: number;
  readonly success: boolean;
}

/** @returns Vitest's exit code */
function runVitest(args: readonly string[], browserPath: string): number {
  const loaderFolder = bundledVulkanFolder(findSoftwareVulkan(browserPath));
  const libraries = [loaderFolder, process.env['LD_LIBRARY_PATH']].filter((folder) => folder !== null && folder !== undefined);
  const { status } = spawnSync(
    process.execPath,
    [
      join(root, 'node_modules', 'vitest', 'vitest.mjs'),
      'run',
      '--reporter=default',
      '--reporter=json',
      `--outputFile.json=${reportPath}`,
      ...args,
    ],
    {
      stdio: 'inherit',
      env: {
        ...process.env,
        NODE_ENV: 'test',
        CHROMIUM_PATH: browserPath,
        ...(libraries.length > 0 && { LD_LIBRARY_PATH: libraries.join(':') }),
      },
    },
  );
  return status ?? 1;
}

/** A file that could not be loaded, or an error outside a test, is a failure although no test failed. */
function readTally(exitCode: number): Tally {
  if (!existsSync(reportPath)) return { passed: 0, failed: 1 };
  const report = JSON.parse(readFileSync(reportPath, 'utf8')) as VitestReport;
  return { passed: report.numPassedTests, failed: exitCode === 0 ? report.numFailedTests : Math.max(1, report.numFailedTests) };
}

export async function run(args: readonly string[]): Promise<number> {
  forgetTally('test');
  rmSync(reportPath, { force: true });
  try {
    const browserPath = ensureBrowser();
    await ensureBuilt();
    const exitCode = runVitest(args, browserPath);
    const tally = readTally(exitCode);
    keepTally('test', tally);
    process.stdout.write(`Tests: ${tallyLine(tally)}\n`);
    return exitCode;
  } catch (error) {
    if (!(error instanceof NoBrowserError || error instanceof WrongBrowserPathError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return 1;
  }
}
