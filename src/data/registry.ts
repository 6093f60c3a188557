/** The built-in sets by name: adding one is a file in `sets/`, a line here and an entry in `catalogue.ts`. */
import type { DatasetName } from './dataset.ts';
import type { SetReader } from './set-reader.ts';
import { Adverts } from './sets/adverts.ts';
import { Cats } from './sets/cats.ts';
import { Fashion } from './sets/fashion.ts';
import { Houses } from './sets/houses.ts';
import { Synthetic } from './sets/synthetic.ts';
import { Toys } from './sets/toys.ts';

export const sets: Readonly<Record<DatasetName, () => SetReader>> = {
  cats: () => new Cats(),
  fashion: () => new Fashion(),
  houses: () => new Houses(),
  adverts: () => new Adverts(),
  toys: () => new Toys(),
  synthetic: () => new Synthetic(),
};
