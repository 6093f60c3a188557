/** The store of results as the page uses it: what is finished here is kept under the name that this machine has. Fetched when needed. */
import { msg, str } from '@lit/localize';
import type { Report } from '../session/results/result.ts';
import { ResultStore } from '../session/results/store.ts';
import type { Notice } from './notice-list.ts';
import { troubleText } from './storage-words.ts';
import { machineNameKey, remembered } from './theme.ts';

export class KeptResults extends ResultStore {
  /** @returns what a person should know about it: nothing where it is kept */
  async keepOwn(id: string, report: Report): Promise<readonly Notice[]> {
    if (await this.keep(id, report, remembered(machineNameKey) ?? '')) return [];
    const why = this.trouble ? troubleText(this.trouble) : '';
    const text = msg(
      str`The browser did not keep this result (${why}), so it is here until the page is closed: save it as a file, or delete kept results or files to make room.`,
    );
    return [{ id: 'unkept', tone: 'warn', text, action: msg('Good') }];
  }
}
