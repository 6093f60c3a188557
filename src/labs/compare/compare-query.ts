/** Which kept results are compared ↔ the query of the URL. Their names are this browser's own. Pure. */

/** More are too many for one address. */
const mostPicks = 60;

export function readPicks(query: string): readonly string[] {
  const text = new URLSearchParams(query).get('pick') ?? '';
  return [...new Set(text.split(',').filter((id) => id !== ''))].slice(0, mostPicks);
}

export function writePicks(ids: readonly string[]): string {
  return ids.length === 0 ? '' : `pick=${ids.slice(0, mostPicks).map(encodeURIComponent).join(',')}`;
}

export function nextPicks(picked: readonly string[], id: string, on: boolean): readonly string[] {
  const others = picked.filter((one) => one !== id);
  return on ? [...others, id] : others;
}
