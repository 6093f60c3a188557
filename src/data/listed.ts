/** Names in a sentence, the first of many. */

/** So many are named. */
export const namedAtMost = 5;

/** @param count of all there are, where not all of them are in `names` */
export function listed(names: readonly (string | number)[], count = names.length): string {
  const more = count - namedAtMost;
  return `${names.slice(0, namedAtMost).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
