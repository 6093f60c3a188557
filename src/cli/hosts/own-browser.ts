/** Files for `--host browser`: handed to the page through its inputs, so that it reads them as it reads anybody's. */
import type { Page } from 'playwright-core';
import type { LoadProgress } from '../../data/dataset.ts';
import type { OwnFacts } from '../../session/own/facts.ts';
import type { OwnPaths } from '../own-files.ts';
import type { HearOwn } from '../own-hosts.ts';
import type {} from '../page.ts';
import { UsageError } from '../usage-error.ts';

/** The page holds what was opened from then on. @throws UsageError for a label that is not there */
export async function openInPage(page: Page, { files, test, label }: OwnPaths, hear: HearOwn): Promise<OwnFacts> {
  await page.exposeFunction('downhillReading', hear.onReading);
  await page.evaluate((folders) => globalThis.downhillTerminal?.askForFiles(folders), [
    await isFolder(files),
    await isFolder(test ?? []),
  ] as const);
  await page.setInputFiles('#data', [...files]);
  if (test) await page.setInputFiles('#test', [...test]);
  const outcome = await page.evaluate(async (wanted) => {
    const { downhillTerminal, downhillReading } = globalThis;
    if (downhillTerminal === undefined || downhillReading === undefined) throw new Error('The page of the terminal did not load.');
    return downhillTerminal.openOwn(wanted, downhillReading);
  }, label);
  if (outcome.facts === null) {
    if (outcome.isLabel) throw new UsageError(`--label ${label ?? ''}: ${outcome.error}`);
    throw new Error(outcome.error);
  }
  hear.onNotes(outcome.facts.notes);
  return outcome.facts;
}

async function isFolder([first]: readonly string[]): Promise<boolean> {
  const { stat } = await import('node:fs/promises');
  return first !== undefined && (await stat(first)).isDirectory();
}

declare global {
  var downhillReading: ((progress: LoadProgress) => void) | undefined;
}
