/** News of the same net that wait to be told become one. Pure. */
import type { NetNews } from './protocol.ts';

export function mergedNews(waiting: readonly NetNews[], news: NetNews): readonly NetNews[] {
  const before = waiting.find(({ activation }) => activation === news.activation);
  if (!before) return [...waiting, news];
  const both = { ...before, ...news, costs: [...before.costs, ...news.costs], probes: [...before.probes, ...news.probes] };
  return waiting.map((one) => (one === before ? both : one));
}
