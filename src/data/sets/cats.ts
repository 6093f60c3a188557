/** Cats: is there a cat in the picture? 64 × 64 drawings, composed on load; the test part uses drawings that training never sees. */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest, Examples } from '../dataset.ts';
import { composeExample, type Sprites } from '../compose.ts';
import { DataError } from '../errors.ts';
import { pictureBytes, pictureSide } from '../raster.ts';
import { readIdxBytes } from '../readers/idx.ts';
import { fitByteScaling } from '../scaling.ts';
import { Kept, trainingCount, type Files, type SetReader } from '../set-reader.ts';

const about = catalogue.cats;
const testCount = 200;
/** The test part is the same for every seed, and its counters lie far from training's. */
const testSeed = 0;
const testFirst = 1 << 24;
/** Examples composed before other work gets a turn. */
const perTurn = 256;

/** Training examples of one seed: those before `composed` are done. */
interface Album {
  readonly seed: number;
  composed: number;
  x: Uint8Array<ArrayBuffer>;
  y: Float32Array<ArrayBuffer>;
}

export class Cats implements SetReader {
  readonly #trainSprites = new Kept<Sprites>();
  readonly #test = new Kept<Examples>();
  #album: Album | undefined;

  async read(request: DatasetRequest, files: Files): Promise<Dataset> {
    const m = trainingCount(request, about.mLargest);
    const [sprites, test] = await Promise.all([
      this.#trainSprites.get(() => readSprites('cats-train', files)),
      this.#test.get(async () => composeTest(await readSprites('cats-test', files))),
    ]);
    const train = await this.#compose(sprites, request.seed, m, files.signal);
    return {
      name: 'cats',
      task: 'binary',
      train,
      test,
      scaling: fitByteScaling(train.x.values as Uint8Array, pictureBytes, m, request.normalization),
      rescaling: null,
      classNames: about.classNames,
      featureNames: [],
      image: { width: pictureSide, height: pictureSide, channels: 3 },
      targetName: 'cat',
      targetMean: 0,
      targetScale: 1,
      mAvailable: about.mLargest,
      ownTest: true,
      attributions: about.attributions,
    };
  }

  /** The first m examples, composing only those that are not there yet. */
  async #compose(sprites: Sprites, seed: number, m: number, signal: AbortSignal | undefined): Promise<Examples> {
    const album = this.#albumFor(seed, m);
    while (album.composed < m) {
      const end = Math.min(m, album.composed + perTurn);
      for (let i = album.composed; i < end; i++) {
        album.y[i] = composeExample(sprites, seed, i, album.x.subarray(i * pictureBytes, (i + 1) * pictureBytes));
      }
      album.composed = end;
      if (end < m) {
        await new Promise((resolve) => setTimeout(resolve));
        signal?.throwIfAborted();
      }
    }
    return examplesOf(album.x.subarray(0, m * pictureBytes), album.y.subarray(0, m), m);
  }

  #albumFor(seed: number, m: number): Album {
    if (this.#album?.seed !== seed) this.#album = { seed, composed: 0, x: new Uint8Array(0), y: new Float32Array(0) };
    const album = this.#album;
    if (album.y.length < m) {
      const x = new Uint8Array(m * pictureBytes);
      const y = new Float32Array(m);
      x.set(album.x.subarray(0, album.composed * pictureBytes));
      y.set(album.y.subarray(0, album.composed));
      album.x = x;
      album.y = y;
    }
    return album;
  }
}

function examplesOf(values: Uint8Array<ArrayBuffer>, y: Float32Array<ArrayBuffer>, m: number): Examples {
  return { x: { storage: 'uint8', n: pictureBytes, m, values }, y };
}

function composeTest(sprites: Sprites): Examples {
  const values = new Uint8Array(testCount * pictureBytes);
  const y = new Float32Array(testCount);
  for (let i = 0; i < testCount; i++) {
    y[i] = composeExample(sprites, testSeed, testFirst + i, values.subarray(i * pictureBytes, (i + 1) * pictureBytes));
  }
  return examplesOf(values, y, testCount);
}

async function readSprites(stem: string, files: Files): Promise<Sprites> {
  const [pixelFile, labelFile] = [`${stem}.idx.gz`, `${stem}-labels.idx.gz`];
  const [pixelBytes, labelBytes] = await Promise.all([files.read(pixelFile), files.read(labelFile)]);
  const pixels = readIdxBytes(pixelFile, pixelBytes, [null, null, null, 4]);
  const [count = 0, side = 0] = pixels.shape;
  const labels = readIdxBytes(labelFile, labelBytes, [count]).values;
  const cats = labels.indexOf(0);
  if (cats <= 0 || labels.includes(1, cats))
    throw new DataError(labelFile, 'expected cats (1) first and then others (0), both at least once.');
  return { count, cats, side, pixels: asWords(pixels.values) };
}

/** The same bytes, four to a word. Every machine with a GPU worth the name is little-endian, as the file is. */
function asWords(bytes: Uint8Array<ArrayBuffer>): Uint32Array {
  const aligned = bytes.byteOffset % 4 === 0 ? bytes : bytes.slice();
  return new Uint32Array(aligned.buffer, aligned.byteOffset, aligned.length / 4);
}
