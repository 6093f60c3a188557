/** A small picture of each data set, made from its own files by `make-thumbnails.mjs`. */
import type { BuiltInName } from '../../session/settings.ts';
import adverts from './thumbnails/adverts.png?url&no-inline';
import cats from './thumbnails/cats.png?url&no-inline';
import fashion from './thumbnails/fashion.png?url&no-inline';
import houses from './thumbnails/houses.png?url&no-inline';
import synthetic from './thumbnails/synthetic.png?url&no-inline';
import toys from './thumbnails/toys.png?url&no-inline';

export const thumbnails: Readonly<Record<BuiltInName, string>> = { cats, fashion, houses, adverts, toys, synthetic };
