/**
 * Makes the files of Fashion, Houses and Adverts in `files/` again from their sources. Run with Node:
 *
 *     node src/data/make-shards.mjs fashion FOLDER      the four `*-ubyte.gz` files of Fashion-MNIST
 *     node src/data/make-shards.mjs table FILE NAME     a CSV, gzipped or not, as `files/NAME`
 *
 * Every shard is a whole IDX file by itself. Pictures of cats are made by `make-sprites.mjs`.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';

const files = new URL('files/', import.meta.url);
const perShard = 10_000;

/** @param {string} path @returns {Buffer} its bytes, unpacked where they are gzip */
function read(path) {
  const bytes = readFileSync(path);
  return bytes[0] === 0x1f && bytes[1] === 0x8b ? gunzipSync(bytes) : bytes;
}

/** @param {string} name @param {Uint8Array} bytes */
function write(name, bytes) {
  const packed = gzipSync(bytes, { level: 9, memLevel: 9 });
  writeFileSync(new URL(name, files), packed);
  console.log(`${name} ${packed.length} bytes`);
}

/**
 * Items `from` … `to` of an IDX file of bytes, as an IDX file.
 * @param {Buffer} idx @param {number} from @param {number} to
 */
function cut(idx, from, to) {
  const dimensions = idx.readUInt8(3);
  const headerBytes = 4 + 4 * dimensions;
  let itemBytes = 1;
  for (let d = 1; d < dimensions; d++) itemBytes *= idx.readUInt32BE(4 + 4 * d);
  const header = Buffer.from(idx.subarray(0, headerBytes));
  header.writeUInt32BE(to - from, 4);
  return Buffer.concat([header, idx.subarray(headerBytes + from * itemBytes, headerBytes + to * itemBytes)]);
}

/** @param {string} folder */
function makeFashion(folder) {
  for (const [part, name, count] of /** @type {const} */ ([
    ['train', 'train', 60_000],
    ['t10k', 'test', 10_000],
  ])) {
    for (const [kind, suffix] of /** @type {const} */ ([
      ['images', 'images-idx3-ubyte'],
      ['labels', 'labels-idx1-ubyte'],
    ])) {
      const whole = read(join(folder, `${part}-${suffix}.gz`));
      for (let shard = 0; shard * perShard < count; shard++) {
        const number = name === 'train' ? `-${shard}` : '';
        write(`fashion-${name}-${kind}${number}.idx.gz`, cut(whole, shard * perShard, (shard + 1) * perShard));
      }
    }
  }
}

const [what, source, name] = process.argv.slice(2);
if (what === 'fashion' && source) makeFashion(source);
else if (what === 'table' && source && name) write(name, read(source));
else {
  console.error('Usage: make-shards.mjs fashion FOLDER | table FILE NAME');
  process.exitCode = 1;
}
