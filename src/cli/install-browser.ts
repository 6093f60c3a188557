/**
 * Sees to it that there is a browser: the one that is there, else Debian's where we may install packages, else, for
 * Chromium, the one that Playwright offers for download. What the installers print goes to standard error.
 */
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { BrowserName } from './arguments.ts';
import { findBrowser } from './find-browser.ts';
import { root } from './root.ts';

const sentences: Readonly<Record<BrowserName, string>> = {
  chromium:
    'There is no Chromium, Chrome or Edge here, and none could be installed. Install one from your system, or set CHROMIUM_PATH to the program of one that you have.',
  firefox:
    'There is no Firefox here, and none could be installed. Install it from your system or from https://www.mozilla.org/firefox/, or set FIREFOX_PATH to the program of one that you have.',
};

/** Thrown when no browser is here and none could be had. */
export class NoBrowserError extends Error {
  override readonly name = 'NoBrowserError';

  constructor(browser: BrowserName) {
    super(sentences[browser]);
  }
}

/** The browser, the Vulkan loader that Dawn in Node and Firefox open, letters to draw with, and for Firefox a software GPU. */
const debianPackages: Readonly<Record<BrowserName, readonly string[]>> = {
  chromium: ['chromium', 'libvulkan1', 'fonts-liberation'],
  firefox: ['firefox-esr', 'libvulkan1', 'mesa-vulkan-drivers', 'fonts-liberation'],
};

function succeeds(command: string, args: readonly string[], extraEnvironment: Readonly<Record<string, string>> = {}): boolean {
  return (
    spawnSync(command, args, { stdio: ['ignore', process.stderr, process.stderr], env: { ...process.env, ...extraEnvironment } }).status ===
    0
  );
}

function mayInstallPackages(): boolean {
  return process.platform === 'linux' && process.getuid?.() === 0 && existsSync('/usr/bin/apt-get');
}

function installFromDebian(browser: BrowserName): void {
  process.stderr.write(`Installing ${browser === 'firefox' ? 'Firefox' : 'Chromium'} from the system’s packages …\n`);
  const quiet = { DEBIAN_FRONTEND: 'noninteractive' };
  if (!succeeds('apt-get', ['update', '-qq'], quiet)) return;
  succeeds('apt-get', ['install', '-y', '-qq', '--no-install-recommends', ...debianPackages[browser]], quiet);
}

function downloadFromPlaywright(): void {
  process.stderr.write('Downloading Chromium …\n');
  succeeds(process.execPath, [join(root, 'node_modules', 'playwright-core', 'cli.js'), 'install', 'chromium', '--no-shell']);
}

function hasVulkanLoader(): boolean {
  return ['/usr/lib/x86_64-linux-gnu', '/usr/lib/aarch64-linux-gnu', '/usr/lib64', '/usr/lib'].some((folder) =>
    existsSync(join(folder, 'libvulkan.so.1')),
  );
}

/**
 * @returns the path of a Chromium
 * @throws NoBrowserError
 */
export function ensureBrowser(): string {
  const present = findBrowser();
  if (mayInstallPackages() && (present === null || !hasVulkanLoader())) installFromDebian('chromium');
  if (present === null && findBrowser() === null) downloadFromPlaywright();
  const found = findBrowser();
  if (found === null) throw new NoBrowserError('chromium');
  return found;
}

/**
 * @returns the path of a Firefox
 * @throws NoBrowserError
 */
export function ensureFirefox(): string {
  const present = findBrowser('firefox');
  if (present === null && mayInstallPackages()) installFromDebian('firefox');
  const found = present ?? findBrowser('firefox');
  if (found === null) throw new NoBrowserError('firefox');
  return found;
}

/** The folder of a Vulkan loader that a Chromium brings along, for systems that have none of their own. */
export function bundledVulkanFolder(driver: string | null): string | null {
  if (driver === null || hasVulkanLoader()) return null;
  const folder = join(driver, '..');
  return existsSync(join(folder, 'libvulkan.so.1')) ? folder : null;
}
