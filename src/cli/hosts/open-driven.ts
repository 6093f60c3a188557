/** Opens a page in the browser that was asked for. */
import type { BrowserName } from '../arguments.ts';
import { openChromium } from './chromium-page.ts';
import type { DrivenPage } from './driven-page.ts';

export interface OpenDriven {
  readonly browser: BrowserName;
  /** Whether what is asked of the page needs one. */
  readonly gpu: boolean;
}

/** @throws NoBrowserError where there is none and none could be installed */
export async function openDriven(url: string, { browser, gpu }: OpenDriven): Promise<DrivenPage> {
  if (browser === 'chromium') return openChromium(url, { gpu });
  // only now: it brings a library along
  const { openFirefox } = await import('./firefox-page.ts');
  return openFirefox(url);
}
