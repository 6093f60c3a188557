/**
 * The sets by name: adding one is a file in `sets/`, a line here and, where it is built in, an entry in `catalogue.ts`. Cats is what a
 * first visit opens, so it comes along; the code of the others is fetched when they are asked for.
 */
import type { DatasetName } from './dataset.ts';
import type { SetReader } from './set-reader.ts';
import { Cats } from './sets/cats.ts';

export const sets: Readonly<Record<DatasetName, () => Promise<SetReader>>> = {
  cats: () => Promise.resolve(new Cats()),
  fashion: async () => new (await import('./sets/fashion.ts')).Fashion(),
  houses: async () => new (await import('./sets/houses.ts')).Houses(),
  adverts: async () => new (await import('./sets/adverts.ts')).Adverts(),
  toys: async () => new (await import('./sets/toys.ts')).Toys(),
  own: async () => new (await import('./sets/own.ts')).Own(),
  synthetic: async () => new (await import('./sets/synthetic.ts')).Synthetic(),
};
