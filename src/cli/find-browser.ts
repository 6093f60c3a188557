/**
 * Finds a browser on this machine. Chromium: the one that `CHROMIUM_PATH` names, Chromium, Chrome or Edge where their
 * installers put them, or the one that Playwright downloaded. Firefox: the one that `FIREFOX_PATH` names, or where its
 * installer puts it; Playwright's is none, since it is no Firefox that anybody has. Installing is `install-browser.ts`.
 */
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium } from 'playwright-core';
import type { BrowserName } from './arguments.ts';

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

/** Where a browser may be: what names it, and what its installers call it. */
interface Places {
  /** An environment variable with the path of its program. */
  readonly variable: string;
  readonly commands: readonly string[];
  readonly mac: readonly string[];
  readonly windows: readonly string[];
}

const placesOf: Readonly<Record<BrowserName, Places>> = {
  chromium: {
    variable: 'CHROMIUM_PATH',
    commands: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'microsoft-edge-stable'],
    mac: [
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
    ],
    windows: ['Chromium\\Application\\chrome.exe', 'Google\\Chrome\\Application\\chrome.exe', 'Microsoft\\Edge\\Application\\msedge.exe'],
  },
  firefox: {
    variable: 'FIREFOX_PATH',
    commands: ['firefox', 'firefox-esr', 'firefox-developer-edition', 'firefox-nightly'],
    mac: [
      '/Applications/Firefox.app/Contents/MacOS/firefox',
      '/Applications/Firefox Developer Edition.app/Contents/MacOS/firefox',
      '/Applications/Firefox Nightly.app/Contents/MacOS/firefox',
    ],
    windows: ['Mozilla Firefox\\firefox.exe', 'Firefox Developer Edition\\firefox.exe', 'Firefox Nightly\\firefox.exe'],
  },
};

function installedPaths({ commands, mac, windows }: Places): readonly string[] {
  switch (process.platform) {
    case 'darwin':
      return mac;
    case 'win32':
      return ['ProgramFiles', 'ProgramFiles(x86)', 'LOCALAPPDATA']
        .map((name) => process.env[name])
        .filter((folder) => folder !== undefined)
        .flatMap((folder) => windows.map((path) => join(folder, path)));
    default:
      return (process.env['PATH'] ?? '').split(delimiter).flatMap((folder) => commands.map((command) => join(folder, command)));
  }
}

/** Thrown when `CHROMIUM_PATH` or `FIREFOX_PATH` names nothing. */
export class WrongBrowserPathError extends Error {
  override readonly name = 'WrongBrowserPathError';
}

/**
 * @returns the path of such a browser, or null where none is installed
 * @throws WrongBrowserPathError
 */
export function findBrowser(browser: BrowserName = 'chromium'): string | null {
  const places = placesOf[browser];
  const named = process.env[places.variable];
  if (named !== undefined && named !== '') {
    if (existsSync(named)) return named;
    throw new WrongBrowserPathError(
      `${places.variable} is ${named}, and there is no such file. Correct it, or unset it to have a browser looked for.`,
    );
  }
  const downloaded = browser === 'chromium' ? [chromium.executablePath()] : [];
  return [...installedPaths(places), ...downloaded].find((path) => existsSync(path)) ?? null;
}
