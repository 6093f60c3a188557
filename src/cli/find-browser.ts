/**
 * Finds a Chromium on this machine: the one that `CHROMIUM_PATH` names, Chromium, Chrome or Edge where their installers
 * put them, or the one that Playwright downloaded. Installing one is `install-browser.ts`.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';

/** Flags under which a headless Chromium offers WebGPU, on a machine without a graphics card too. */
export const chromiumFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--enable-unsafe-webgpu',
];

/** Makes that WebGPU the software one, wherever the tests run. */
export const softwareGpuFlag = '--use-webgpu-adapter=swiftshader';

const commands = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'];

const macPaths = [
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
];

const windowsPaths = [
  'Chromium\\Application\\chrome.exe',
  'Google\\Chrome\\Application\\chrome.exe',
  'Microsoft\\Edge\\Application\\msedge.exe',
];

function installedPaths(): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return macPaths;
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => windowsPaths.map((path) => join(folder, path)));
    default:
      return (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => commands.map((command) => join(folder, command)));
  }
}

/** Thrown when `CHROMIUM_PATH` names nothing. */
export class WrongBrowserPathError extends Error {
  override readonly name = 'WrongBrowserPathError';
}

/**
 * @returns the path of a Chromium, or null where none is installed
 * @throws WrongBrowserPathError
 */
export function findBrowser(): string | null {
  const named = process.env['CHROMIUM_PATH'];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new WrongBrowserPathError(
      `CHROMIUM_PATH is ${named}, and there is no such file. Correct it, or unset it to have a browser looked for.`,
    );
  }
  return [...installedPaths(), chromium.executablePath()].find((path) => existsSync(path)) ?? null;
}
