/** The store of results as the page uses it: what is finished here is kept under the name that this machine has. Fetched when needed. */
import type { Report } from '../session/results/result.ts';
import { ResultStore } from '../session/results/store.ts';
import { machineNameKey, remembered } from './theme.ts';

export class KeptResults extends ResultStore {
  /** @returns why it does not outlive this visit, or null */
  async keepOwn(id: string, report: Report): Promise<string | null> {
    return (await this.keep(id, report, remembered(machineNameKey) ?? '')) ? null : (this.trouble ?? '');
  }
}
