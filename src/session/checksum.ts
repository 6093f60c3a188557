/** What a result says of the content of a user's own file. */
import type { Dataset } from '../data/dataset.ts';

/** Nothing for a built-in set, whose settings say it all. */
export function checksumIn({ checksum }: Dataset): { readonly checksum?: string } {
  return checksum === undefined ? {} : { checksum };
}
