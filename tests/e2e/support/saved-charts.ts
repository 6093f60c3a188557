/** Saves every chart of the open lab in every format that it offers, and looks at what came out. */
import { readFileSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';

export interface SavedChart {
  readonly name: string;
  /** What is wrong with its files; empty when nothing is. */
  readonly problems: readonly string[];
  /** Rows of its points, without the head; null where it has none. */
  readonly rows: number | null;
}

async function fileOf(page: Page, menu: Locator, format: string): Promise<Buffer | null> {
  await menu.getByTestId('save').press('Enter');
  const item = menu.getByTestId(`as-${format}`);
  if ((await item.count()) === 0) {
    await page.keyboard.press('Escape');
    return null;
  }
  // by keys alone: the first item has the focus, and the arrows go on from it
  for (let presses = ['png', 'svg', 'csv'].indexOf(format); presses > 0; presses--) await page.keyboard.press('ArrowDown');
  const begun = page.waitForEvent('download');
  const refused = menu
    .getByRole('alert')
    .innerText()
    .then((why) => {
      throw new Error(`${format} was not saved: ${why}`);
    });
  refused.catch(() => undefined);
  await page.keyboard.press('Enter');
  const download = await Promise.race([begun, refused]);
  if (!download.suggestedFilename().endsWith(`.${format}`)) throw new Error(`${download.suggestedFilename()} is no ${format}`);
  return readFileSync(await download.path());
}

/** Width and height as the file's head has them. */
function pngSize(png: Buffer): readonly [number, number] | null {
  return png.subarray(1, 4).toString() === 'PNG' ? [png.readUInt32BE(16), png.readUInt32BE(20)] : null;
}

async function savedChart(page: Page, menu: Locator): Promise<SavedChart> {
  const name = await menu.evaluate((one) => (one as HTMLElement & { name: string }).name);
  const [png, svg, csv] = [await fileOf(page, menu, 'png'), await fileOf(page, menu, 'svg'), await fileOf(page, menu, 'csv')];
  const text = svg?.toString('utf8') ?? '';
  const { isSound, title, width, height, shapes } = await page.evaluate((xml) => {
    const parsed = new DOMParser().parseFromString(xml, 'image/svg+xml');
    const size = (side: 'width' | 'height'): number => Number(parsed.documentElement.getAttribute(side));
    return {
      isSound: parsed.querySelector('parsererror') === null,
      title: parsed.querySelector('svg > title')?.textContent ?? '',
      width: size('width'),
      height: size('height'),
      shapes: parsed.querySelectorAll('path, polyline, circle, rect, image, line').length,
    };
  }, text);
  const problems = [
    ...(isSound && !/NaN|undefined|<!--/.test(text) ? [] : ['the SVG is not sound']),
    ...(title === '' ? ['the SVG has no title'] : []),
    ...(shapes < 4 ? [`the SVG has ${shapes} shapes`] : []),
    ...(String(png && pngSize(png)) === String([2 * width, 2 * height]) ? [] : ['the PNG is not twice as large as the SVG']),
    ...((await menu.getByRole('alert').count()) > 0 ? [await menu.getByRole('alert').innerText()] : []),
  ];
  return { name: name.replace('downhill-', ''), problems, rows: csv ? csv.toString('utf8').trim().split('\r\n').length - 1 : null };
}

export async function savedCharts(page: Page): Promise<readonly SavedChart[]> {
  const menus = page.locator('save-menu:visible, train-save:visible');
  const found: SavedChart[] = [];
  for (let at = 0; at < (await menus.count()); at++) found.push(await savedChart(page, menus.nth(at)));
  return found;
}
