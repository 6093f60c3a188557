/** Where a browser is looked for: the variable that names one comes first, and one that names nothing is told. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { findBrowser } from '../../src/cli/find-browser.ts';

describe('findBrowser', () => {
  let folder = '';

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'downhill-browser-'));
    vi.stubEnv('CHROMIUM_PATH', undefined);
    vi.stubEnv('FIREFOX_PATH', undefined);
  });

  afterEach(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['chromium', 'CHROMIUM_PATH'],
    ['firefox', 'FIREFOX_PATH'],
  ] as const)('takes the %s that %s names, and says when there is no such file', (browser, variable) => {
    const path = join(folder, 'some-browser');
    vi.stubEnv(variable, path);
    expect(() => findBrowser(browser)).toThrow(`${variable} is ${path}, and there is no such file.`);
    writeFileSync(path, '');
    expect(findBrowser(browser)).toBe(path);
  });

  it.runIf(process.platform === 'linux')('finds each by what its packages call it, and no other', () => {
    vi.stubEnv('PATH', folder);
    expect(findBrowser('firefox')).toBeNull();
    for (const name of ['chromium', 'firefox-esr']) writeFileSync(join(folder, name), '');
    expect(findBrowser()).toBe(join(folder, 'chromium'));
    expect(findBrowser('firefox')).toBe(join(folder, 'firefox-esr'));
  });
});
