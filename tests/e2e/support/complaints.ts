/** What axe has to complain about on a page. */
import AxeBuilder from '@axe-core/playwright';
import type { Page } from 'playwright-core';

/**
 * Everything that axe complains about, but for what it cannot see: that the link past the header leads to an element of
 * the same shadow tree, and that the label of a control which brings its own shadow tree stands beside it in plain sight.
 * @param within an element of the app, where only a part is of interest
 */
export async function complaints(page: Page, within?: string): Promise<readonly string[]> {
  const builder = new AxeBuilder({ page }).exclude([['downhill-app', '.skip']]).disableRules(['label-title-only']);
  if (within !== undefined) builder.include([['downhill-app', within]]);
  const { violations } = await builder.analyze();
  return violations.map(({ id, help, nodes }) => `${id}: ${help}: ${nodes.map(({ html }) => html).join(' ')}`);
}
