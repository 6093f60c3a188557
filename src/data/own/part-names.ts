/** Which part of a set an array belongs to, by its name, and what it is called apart from that: `x_train` and `x_test` are both `x`. */

/** A part that is told from training: of two, the test part goes before one for validation. */
export const testParts = ['test', 'validation'] as const;
export type PartName = 'train' | (typeof testParts)[number];

/** MNIST calls its test part `t10k`. The words may stand within a name, `xtest`, but not within `latest`, `invalid` or `values`. */
const partWords = /train(?:ing)?|(?<!la)test(?:ing)?|t10k|(?<!in)valid(?:ation)?|(?<![a-z])[xy]?val(?![a-z])/gi;
/** Of files: how they are packed makes no other array of them. */
const endings = /\.(?:npy|npz|gz|idx|h5|hdf5|zip)(?=\/|$|\.)/gi;

const withWordsApart = (name: string): string => name.replaceAll(/([a-z])([A-Z])/g, '$1_$2');

/** By the last such word, since a folder or file around may speak of several; null where the name says nothing. */
export function partOf(name: string): PartName | null {
  const word = withWordsApart(name).match(partWords)?.at(-1)?.toLowerCase();
  if (word === undefined) return null;
  if (word.startsWith('train')) return 'train';
  return word.startsWith('t') ? 'test' : 'validation';
}

/** The name without the words that name its part. */
export function nameApart(name: string): string {
  const rest = withWordsApart(name)
    .replaceAll(endings, '')
    .replaceAll(partWords, (word) => /^[xy]?(?=val$)/i.exec(word)?.[0] ?? '');
  return rest
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((part) => part !== '')
    .join('/');
}
