/** The built app's page for the terminal in a headless browser, and files for it: handed over through its inputs, so that it reads them as anybody's. */
import type { LoadProgress } from '../../data/dataset.ts';
import type { OwnFacts } from '../../session/own/facts.ts';
import { listPaths, type OwnPaths } from '../own-files.ts';
import type { HearOwn } from '../own-hosts.ts';
import type {} from '../page.ts';
import { distFolder } from '../root.ts';
import { serve } from '../server.ts';
import { UsageError } from '../usage-error.ts';
import { waitForGlobal, type DrivenPage } from './driven-page.ts';
import { openDriven, type OpenDriven } from './open-driven.ts';

/** Has the page while `work` goes on. */
export async function onTerminalPage<Result>(how: OpenDriven, work: (page: DrivenPage) => Promise<Result>): Promise<Result> {
  const server = await serve(distFolder, { port: 0 });
  try {
    const page = await openDriven(`${server.url}?terminal`, how);
    try {
      await waitForGlobal(page, 'downhillTerminal');
      return await work(page);
    } finally {
      await page.close();
    }
  } finally {
    await server.close();
  }
}

/** The page holds what was opened from then on. @throws UsageError for a label that is not there */
export async function openInPage(page: DrivenPage, { files, test, label }: OwnPaths, hear: HearOwn): Promise<OwnFacts> {
  await page.offer('downhillReading', hear.onReading);
  const parts = { data: listPaths(files), test: listPaths(test ?? []) };
  await page.call(() => globalThis.downhillTerminal?.askForFiles(), null);
  for (const [id, listed] of Object.entries(parts)) {
    const paths = listed.map(({ file }) => file);
    if (paths.length > 0) await page.giveFiles(`#${id}`, paths);
  }
  const outcome = await page.call(
    async ([data, held, wanted]) => {
      const { downhillTerminal, downhillReading } = globalThis;
      if (downhillTerminal === undefined || downhillReading === undefined) throw new Error('The page of the terminal did not load.');
      return downhillTerminal.openOwn({ data, test: held }, wanted, downhillReading);
    },
    [parts.data.map(({ path }) => path), parts.test.map(({ path }) => path), label] as const,
  );
  if (outcome.facts === null) {
    if (outcome.isLabel) throw new UsageError(`--label ${label ?? ''}: ${outcome.error}`);
    throw new Error(outcome.error);
  }
  hear.onNotes(outcome.facts.notes);
  return outcome.facts;
}

declare global {
  var downhillReading: ((progress: LoadProgress) => void) | undefined;
}
