/**
 * Finds the description file of SwiftShader, the software GPU that every Chromium brings along, so that Dawn in Node
 * can compute on it where there is no graphics card. Linux only: elsewhere Dawn uses what the system has.
 */
import { existsSync, readdirSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';

const icdName = 'vk_swiftshader_icd.json';

/** Sub-folders of `folder` whose name begins with `prefix`, newest name first; none when there is no such folder. */
function subFolders(folder: string, prefix: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => name.startsWith(prefix))
    .sort()
    .reverse()
    .map((name) => join(folder, name));
}

function candidateFolders(browserPath: string | undefined): readonly string[] {
  const playwright = process.env['PLAYWRIGHT_BROWSERS_PATH'] ?? join(homedir(), '.cache', 'ms-playwright');
  return [
    ...(browserPath !== undefined && existsSync(browserPath) ? [dirname(realpathSync(browserPath))] : []),
    '/usr/lib/chromium',
    '/usr/lib/chromium-browser',
    '/usr/lib64/chromium-browser',
    '/opt/google/chrome',
    '/opt/microsoft/msedge',
    ...subFolders(playwright, 'chromium').flatMap((folder) => subFolders(folder, 'chrome-')),
  ];
}

/**
 * @param browserPath a Chromium whose folder is looked at first
 * @returns the path of SwiftShader's driver file, or null where there is none
 */
export function findSoftwareVulkan(browserPath: string | undefined = process.env['CHROMIUM_PATH']): string | null {
  if (process.platform !== 'linux') return null;
  for (const folder of candidateFolders(browserPath)) {
    const path = join(folder, icdName);
    if (existsSync(path)) return path;
  }
  return null;
}
