/** What a card says about each built-in set before anything is loaded; the sets take the same facts from here. */
import type { Attribution, BuiltInName, Task } from './dataset.ts';

export interface CatalogueEntry {
  /** Proper name in English; translations are the UI's. */
  readonly title: string;
  /** Features; null where the user chooses. */
  readonly n: number | null;
  /** Most training examples that can be asked for; with a test share of 0.2 where one is cut off. The least is 1. */
  readonly mLargest: number;
  /** For all classes; two classes of Fashion are binary. */
  readonly task: Task;
  readonly classNames: readonly string[];
  readonly ownTest: boolean;
  readonly attributions: readonly Attribution[];
}

export const catalogue = {
  cats: {
    title: 'Cats',
    n: 12_288,
    mLargest: 20_000,
    task: 'binary',
    classNames: ['not a cat', 'cat'],
    ownTest: true,
    attributions: [
      { source: 'Noto Emoji', authors: 'Google', licence: 'Apache-2.0' },
      { source: 'Fluent Emoji Flat', authors: 'Microsoft', licence: 'MIT' },
      { source: 'Twemoji', authors: 'Twitter, jdecked and contributors', licence: 'CC-BY-4.0' },
      { source: 'EmojiOne 2 (EmojiTwo)', authors: 'JoyPixels, EmojiTwo contributors', licence: 'CC-BY-4.0' },
    ],
  },
  fashion: {
    title: 'Fashion',
    n: 784,
    mLargest: 60_000,
    task: 'multiclass',
    classNames: ['T-shirt/top', 'Trouser', 'Pullover', 'Dress', 'Coat', 'Sandal', 'Shirt', 'Sneaker', 'Bag', 'Ankle boot'],
    ownTest: true,
    attributions: [{ source: 'Fashion-MNIST', authors: 'Zalando SE (H. Xiao, K. Rasul, R. Vollgraf)', licence: 'MIT' }],
  },
  houses: {
    title: 'Houses',
    n: 32,
    mLargest: 20_286,
    task: 'regression',
    classNames: [],
    ownTest: false,
    attributions: [
      {
        source: 'House sales in Lucas County, Ohio, 1993–1998 (`house` in spData)',
        authors: 'Lucas County Auditor; Spatial Econometrics Toolbox (J. P. LeSage)',
        licence: 'CC0-1.0',
      },
    ],
  },
  adverts: {
    title: 'Adverts',
    n: 57,
    mLargest: 3680,
    task: 'binary',
    classNames: ['nonspam', 'spam'],
    ownTest: false,
    attributions: [
      {
        source: 'Spambase, UCI Machine Learning Repository, doi:10.24432/C53G6X',
        authors: 'M. Hopkins, E. Reeber, G. Forman, J. Suermondt',
        licence: 'CC-BY-4.0',
      },
    ],
  },
  toys: { title: '2-D toys', n: 2, mLargest: 20_000, task: 'binary', classNames: ['0', '1'], ownTest: false, attributions: [] },
  synthetic: { title: 'Synthetic', n: null, mLargest: 1_000_000, task: 'binary', classNames: ['0', '1'], ownTest: false, attributions: [] },
} as const satisfies Readonly<Record<BuiltInName, CatalogueEntry>>;
