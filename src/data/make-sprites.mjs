/**
 * Draws the sprites of Cats again: icons of four free drawing sets, rendered to premultiplied RGBA. Run with Node from
 * anywhere: `node src/data/make-sprites.mjs`. Writes to `files/`: `cats-train.idx.gz` and `cats-test.idx.gz`, uint8 of
 * shape (count, side, side, 4); the same names with `-labels`, uint8 (count): 1 is a cat; and `cats-sprites.json`, which
 * says which drawing is which. Examples are composed from these by `compose.ts`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gzipSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

const side = 64;
const files = new URL('files/', import.meta.url);
const require = createRequire(import.meta.url);

const cats = [
  'cat',
  'cat-face',
  'black-cat',
  'cat-with-tears-of-joy',
  'cat-with-wry-smile',
  'crying-cat',
  'grinning-cat',
  'grinning-cat-with-smiling-eyes',
  'kissing-cat',
  'pouting-cat',
  'smiling-cat-with-heart-eyes',
  'weary-cat',
];
const animals = [
  'dog',
  'cow',
  'rabbit',
  'elephant',
  'turtle',
  'fish',
  'duck',
  'snail',
  'horse',
  'snake',
  'butterfly',
  'whale',
  'cow-face',
  'horse-face',
  'pig-face',
  'rabbit-face',
];
const things = [
  'grinning-face',
  'smiling-face-with-sunglasses',
  'red-apple',
  'pizza',
  'banana',
  'hamburger',
  'doughnut',
  'house',
  'deciduous-tree',
  'automobile',
  'bicycle',
  'sailboat',
  'airplane',
  'soccer-ball',
  'guitar',
  'light-bulb',
];

/** EmojiOne says `cat-face-with-…` where the others say `cat-with-…`. */
const otherNames = new Map(
  cats
    .filter((name) => name.endsWith('cat'))
    .map((name) => [name, `${name}-face`])
    .concat(
      cats.filter((name) => name.includes('cat-with')).map((name) => [name, name.replace('cat-with', 'cat-face-with')]),
      [
        ['grinning-cat-with-smiling-eyes', 'grinning-cat-face-with-smiling-eyes'],
        ['smiling-cat-with-heart-eyes', 'smiling-cat-face-with-heart-eyes'],
      ],
    ),
);

/** @type {Map<string, any>} each takes a tenth of a second to read */
const collections = new Map();

/** @param {string} set */
function collection(set) {
  const icons = collections.get(set) ?? JSON.parse(readFileSync(require.resolve(`@iconify-json/${set}/icons.json`), 'utf8'));
  collections.set(set, icons);
  return icons;
}

/** @param {string} set @param {string} name @returns {string | null} the icon as SVG */
function svg(set, name) {
  const icons = collection(set);
  const icon = icons.icons[name] ?? icons.icons[otherNames.get(name) ?? ''];
  if (icon === undefined) return null;
  const width = icon.width ?? icons.width ?? 16;
  const height = icon.height ?? icons.height ?? 16;
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${side}" height="${side}" viewBox="0 0 ${width} ${height}">${icon.body}</svg>`;
}

/** @param {number[]} shape @param {Uint8Array} data */
function idx(shape, data) {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt8(0x08, 2);
  header.writeUInt8(shape.length, 3);
  shape.forEach((length, d) => header.writeUInt32BE(length, 4 + 4 * d));
  return gzipSync(Buffer.concat([header, data]), { level: 9, memLevel: 9 });
}

/** @param {string} text SVG @returns {Uint8Array} RGBA, premultiplied as resvg leaves it, so that nothing is left to do on load */
const draw = (text) => new Resvg(text, { font: { loadSystemFonts: false } }).render().pixels;

/** @param {'train' | 'test'} part @param {string[]} sets */
function make(part, sets) {
  /** @type {{ name: string, label: number, pixels: Uint8Array }[]} */
  const sprites = [];
  for (const set of sets) {
    for (const [label, names] of /** @type {const} */ ([
      [1, cats],
      [0, animals],
      [0, things],
    ])) {
      for (const name of names) {
        const text = svg(set, name);
        if (text === null) console.warn(`${set} has no ${name}`);
        else sprites.push({ name: `${set}:${name}`, label, pixels: draw(text) });
      }
    }
  }
  // Cats first, so that a class is a range of the file.
  sprites.sort((a, b) => b.label - a.label);
  const packed = idx([sprites.length, side, side, 4], Buffer.concat(sprites.map((sprite) => sprite.pixels)));
  writeFileSync(new URL(`cats-${part}.idx.gz`, files), packed);
  writeFileSync(
    new URL(`cats-${part}-labels.idx.gz`, files),
    idx(
      [sprites.length],
      Uint8Array.from(sprites, (sprite) => sprite.label),
    ),
  );
  console.log(`${part}: ${sprites.length} sprites, ${sprites.filter((s) => s.label === 1).length} cats, ${packed.length} bytes`);
  return sprites.map((sprite) => sprite.name);
}

const names = { train: make('train', ['noto', 'fluent-emoji-flat', 'twemoji']), test: make('test', ['emojione']) };
writeFileSync(new URL('cats-sprites.json', files), `${JSON.stringify(names, null, 1)}\n`);
