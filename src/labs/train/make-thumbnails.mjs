/**
 * Makes the small pictures of the data cards from the data's own files: node src/labs/train/make-thumbnails.mjs
 * Run by hand when the data change; the pictures are kept in `thumbnails/`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { gunzipSync } from 'node:zlib';
import { Resvg } from '@resvg/resvg-js';

const width = 72;
const height = 36;
const files = new URL('../../data/files/', import.meta.url);
const require = createRequire(import.meta.url);
const read = (name) => gunzipSync(readFileSync(new URL(name, files)));
const table = (name) => {
  const [header = '', ...lines] = read(name).toString().trim().split(/\r?\n/);
  return { columns: header.split(','), rows: lines.map((line) => line.split(',')) };
};

/** A repeatable stream of numbers in [0, 1). */
function* stream(seed) {
  for (let state = seed >>> 0; ;) {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9) >>> 0;
    yield ((state ^ (state >>> 13)) >>> 0) / 2 ** 32;
  }
}

const numbers = (seed) => {
  const source = stream(seed);
  return () => source.next().value;
};

function drawing(set, name, x, y, size, turn = 0) {
  const collection = require(`@iconify-json/${set}/icons.json`);
  const icon = collection.icons[name];
  const w = icon.width ?? collection.width ?? 16;
  const h = icon.height ?? collection.height ?? 16;
  return `<g transform="rotate(${turn} ${x + size / 2} ${y + size / 2})"><svg x="${x}" y="${y}" width="${size}" height="${size}" viewBox="0 0 ${w} ${h}">${icon.body}</svg></g>`;
}

function cats() {
  return `<defs><linearGradient id="b" x2="1" y2="1"><stop stop-color="#8fb6a4"/><stop offset="1" stop-color="#d8b56a"/></linearGradient></defs>
    <rect width="${width}" height="${height}" fill="url(#b)"/>
    ${drawing('noto', 'cat-face', 5, 3, 30, -8)}${drawing('fluent-emoji-flat', 'black-cat', 38, 5, 29, 6)}`;
}

function fashion() {
  const images = read('fashion-test-images.idx.gz');
  const labels = read('fashion-test-labels.idx.gz').subarray(8);
  const of = (label, nth) => [...labels.keys()].filter((i) => labels[i] === label)[nth] ?? 0;
  const item = (index, x) => {
    const pixels = images.subarray(16 + 784 * index, 16 + 784 * (index + 1));
    return [...pixels]
      .map((v, i) =>
        v < 12
          ? ''
          : `<rect x="${x + (i % 28) * 0.82}" y="${6.5 + Math.floor(i / 28) * 0.82}" width=".84" height=".84" fill="rgb(${v},${v},${v})"/>`,
      )
      .join('');
  };
  return `<rect width="${width}" height="${height}" fill="#0c0c0b"/>${item(of(0, 2), 0)}${item(of(8, 1), 24)}${item(of(9, 0), 48.5)}`;
}

function houses() {
  const { columns, rows } = table('houses.csv.gz');
  const column = (name) => rows.map((row) => Number(row[columns.indexOf(name)]));
  const [east, north, price] = [column('east'), column('north'), column('price')];
  const order = price.map((_, i) => i).filter((i) => i % 7 === 0 && east[i] > 0 && north[i] > 0);
  const sorted = order.map((i) => price[i]).sort((a, b) => a - b);
  /** Where house i lies between the edges of a map that leaves out the outermost hundredth on each side, times size. */
  const placing = (values) => {
    const inOrder = order.map((i) => values[i]).sort((a, b) => a - b);
    const [low, high] = [0.01, 0.99].map((q) => inOrder[Math.floor(q * (order.length - 1))]);
    return (i, size) => ((values[i] - low) / (high - low)) * size;
  };
  const [placeEast, placeNorth] = [placing(east), placing(north)];
  const rank = (i) => sorted.findIndex((p) => p >= price[i]) / sorted.length;
  const dots = order.map((i) => {
    const [r, g, b] = [214 - 150 * rank(i), 178 - 140 * rank(i), 120 - 84 * rank(i)].map(Math.round);
    return `<circle cx="${(2 + placeEast(i, width - 4)).toFixed(1)}" cy="${(height - 1 - placeNorth(i, height - 2)).toFixed(1)}" r=".7" fill="rgb(${r},${g},${b})"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="#f3efe4"/>${dots.join('')}`;
}

function adverts() {
  const { columns, rows } = table('adverts.csv.gz');
  const mean = (name, type) => {
    const some = rows.filter((row) => row.at(-1) === type);
    return some.reduce((sum, row) => sum + Number(row[columns.indexOf(name)]), 0) / some.length;
  };
  const words = ['free', 'your', 'you', 'money', 'num000', 'our', 'hp', 'george', 'edu', 'meeting'];
  const tall = (name, type) => Math.min(15, 13 * Math.sqrt(mean(name, type) / 1.4));
  const bars = words.map((name, i) => {
    const x = 4 + i * 6.6;
    const up = tall(name, 'spam');
    const down = tall(name, 'nonspam');
    return `<rect x="${x}" y="${17.5 - up}" width="4.6" height="${up}" rx=".8" fill="#2b2a26"/><rect x="${x}" y="18.5" width="4.6" height="${down}" rx=".8" fill="#a59f90"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="#f3efe4"/>${bars.join('')}`;
}

function toys() {
  const next = numbers(7);
  const dots = Array.from({ length: 110 }, (_, i) => {
    const inner = i % 2 === 0;
    const angle = 2 * Math.PI * next();
    const radius = (inner ? 6.4 : 14) + 2.6 * (next() + next() - 1);
    const [x, y] = [width / 2 + radius * 1.55 * Math.cos(angle), height / 2 + radius * Math.sin(angle)];
    return inner
      ? `<circle cx="${x}" cy="${y}" r="1.15" fill="#2b2a26"/>`
      : `<circle cx="${x}" cy="${y}" r=".95" fill="none" stroke="#2b2a26" stroke-width=".55"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="#f3efe4"/>${dots.join('')}`;
}

function synthetic() {
  const next = numbers(3);
  const cells = Array.from({ length: 24 * 12 }, (_, i) => {
    const light = Math.round(90 + 150 * next());
    return `<rect x="${(i % 24) * 3}" y="${Math.floor(i / 24) * 3}" width="2.7" height="2.7" fill="rgb(${light},${light - 4},${light - 12})"/>`;
  });
  return `<rect width="${width}" height="${height}" fill="#f3efe4"/>${cells.join('')}`;
}

for (const [name, draw] of Object.entries({ cats, fashion, houses, adverts, toys, synthetic })) {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">${draw()}</svg>`;
  const png = new Resvg(svg, { fitTo: { mode: 'width', value: 2.5 * width } }).render().asPng();
  writeFileSync(new URL(`thumbnails/${name}.png`, import.meta.url), png);
}
