/**
 * Histograms of oriented gradients: from the pixels of an image to the features that linear classifiers did best on before
 * nets. Source: Dalal & Triggs, Histograms of Oriented Gradients for Human Detection, CVPR 2005. Scaling the features, and
 * training on them, are other files' business.
 */
import type { FeatureMatrix, ImageShape } from './dataset.ts';
import { DataError } from './errors.ts';

/** Orientations without a sign: bin b is around 20° · b, from 0° (brightness changes from left to right) to 160°. */
const bins = 9;
/** Cells of a block, in each direction. */
const blockSide = 2;
/** Values of a block: of its four cells, row by row, nine bins each. */
const blockLength = blockSide * blockSide * bins;
/** Two cells of a block lie side by side in memory. */
const runLength = blockSide * bins;
/** No value may be more than this share of its block's length (the Hys of L2-Hys). */
const clip = 0.2;
/** Added to lengths, so that a flat block stays 0: a change of one level of brightness, and next to nothing of a unit length. */
const flatLevels = 1;
const flatShare = 1e-3;

interface HogOptions {
  /** Width and height of a cell in pixels. Left out: 8 for images from 64 pixels, 4 for smaller ones. */
  readonly cell?: number;
}

/** Where what is: blocks row by row; neighbours share cells. */
interface Layout {
  /** Pixels. */
  readonly cell: number;
  /** Whole cells; pixels to the right of the last and below it are left out. */
  readonly cellsAcross: number;
  readonly cellsDown: number;
  readonly blocksAcross: number;
  readonly blocksDown: number;
  /** Features of an image: 36 a block. */
  readonly n: number;
}

/**
 * Room for the features of all images, float32 and still 0: 28 × 28 with cells of 4 has 6 × 6 blocks, n = 1296; 64 × 64
 * with cells of 8 has 7 × 7, n = 1764.
 * @throws DataError when x is no such images, or they have no room for a block of two by two cells
 */
export function hogMatrix(x: FeatureMatrix, image: ImageShape, options: HogOptions = {}): FloatMatrix {
  bytesOf(x, image);
  const { n } = layoutOf(image, options);
  return { storage: 'float32', n, m: x.m, values: new Float32Array(n * x.m) };
}

/**
 * The features of the images `from` to `to` (without it), so that a worker can do other things between two calls.
 * @param x bytes, width · height · channels features; for colours the three of a pixel side by side
 * @param out the values of `hogMatrix`, n · m, example-major; only those of the images asked for are written. Each block has
 * four cells, row by row, of nine orientations
 * @throws DataError when x is no such images, or they have no room for a block of two by two cells
 */
export function hogInto(x: FeatureMatrix, image: ImageShape, out: Float32Array, from: number, to: number, options: HogOptions = {}): void {
  const bytes = bytesOf(x, image);
  const layout = layoutOf(image, options);
  const turns = quarterTurns();
  const cells = new Float64Array(layout.cellsAcross * layout.cellsDown * bins);
  for (let i = from; i < to; i++) {
    cells.fill(0);
    vote(bytes, i * x.n, image, layout, turns, cells);
    normalise(cells, layout, out, i * layout.n);
  }
}

type FloatMatrix = Extract<FeatureMatrix, { readonly storage: 'float32' }>;

function bytesOf(x: FeatureMatrix, { width, height, channels }: ImageShape): Uint8Array {
  const pixels = width * height * channels;
  if (x.storage === 'uint8' && x.n === pixels) return x.values;
  throw new DataError('hog', `expected ${pixels} bytes an image (${width} × ${height} × ${channels}), found ${x.n} of ${x.storage}.`);
}

function layoutOf({ width, height }: ImageShape, options: HogOptions): Layout {
  const cell = options.cell ?? (Math.min(width, height) >= 64 ? 8 : 4);
  if (!(Number.isInteger(cell) && cell >= 1)) throw new DataError('hog', `cell: expected a whole number of pixels from 1, found ${cell}.`);
  const cellsAcross = Math.floor(width / cell);
  const cellsDown = Math.floor(height / cell);
  if (Math.min(cellsAcross, cellsDown) < blockSide) {
    const side = blockSide * cell;
    throw new DataError('hog', `expected at least ${side} × ${side} pixels for cells of ${cell}, found ${width} × ${height}.`);
  }
  const blocksAcross = cellsAcross - blockSide + 1;
  const blocksDown = cellsDown - blockSide + 1;
  return { cell, cellsAcross, cellsDown, blocksAcross, blocksDown, n: blocksAcross * blocksDown * blockLength };
}

/**
 * Orientation in bins, 0 to 4.5, of a gradient (|x|, |y|), at 256 · |y| + |x|: an arc tangent for each pixel would take
 * half of all time.
 */
function quarterTurns(): Float32Array {
  const turns = new Float32Array(256 * 256);
  for (let at = 0; at < turns.length; at++) turns[at] = (Math.atan2(at >> 8, at & 255) * bins) / Math.PI;
  return turns;
}

/**
 * Every pixel votes into its cell for the two bins next to its gradient's orientation, with the gradient's length. The
 * gradient is the difference of the neighbours on either side, at the border of the pixel itself; of three colours, that
 * of the largest counts.
 */
function vote(
  bytes: Uint8Array,
  start: number,
  { width, height, channels }: ImageShape,
  { cell, cellsAcross, cellsDown }: Layout,
  turns: Float32Array,
  cells: Float64Array,
): void {
  const row = width * channels;
  for (let y = 0; y < cellsDown * cell; y++) {
    const up = y > 0 ? row : 0;
    const down = y < height - 1 ? row : 0;
    const cellRow = Math.floor(y / cell) * cellsAcross;
    for (let x = 0, at = start + y * row; x < cellsAcross * cell; x++, at += channels) {
      const left = x > 0 ? channels : 0;
      const right = x < width - 1 ? channels : 0;
      let dx = 0;
      let dy = 0;
      let square = 0;
      for (let one = at; one < at + channels; one++) {
        const ownX = (bytes[one + right] ?? 0) - (bytes[one - left] ?? 0);
        const ownY = (bytes[one + down] ?? 0) - (bytes[one - up] ?? 0);
        const own = ownX * ownX + ownY * ownY;
        if (own <= square) continue;
        square = own;
        dx = ownX;
        dy = ownY;
      }
      if (square === 0) continue;
      const turn = turns[Math.abs(dy) * 256 + Math.abs(dx)] ?? 0;
      // Falling to the right is as far from 0° on its other side, and a direction and its opposite are one orientation.
      const position = dx < 0 === dy < 0 ? turn : bins - turn;
      castVote(cells, (cellRow + Math.floor(x / cell)) * bins, position, Math.sqrt(square));
    }
  }
}

function castVote(cells: Float64Array, base: number, position: number, weight: number): void {
  const below = Math.floor(position);
  const share = position - below;
  const lower = base + (below < bins ? below : 0);
  const upper = base + (below + 1 < bins ? below + 1 : 0);
  cells[lower] = (cells[lower] ?? 0) + weight * (1 - share);
  cells[upper] = (cells[upper] ?? 0) + weight * share;
}

/** L2-Hys: each block to length 1, its values clipped, and to length 1 again. */
function normalise(cells: Float64Array, layout: Layout, out: Float32Array, start: number): void {
  let at = start;
  for (let y = 0; y < layout.blocksDown; y++) {
    for (let x = 0; x < layout.blocksAcross; x++, at += blockLength) {
      const upper = (y * layout.cellsAcross + x) * bins;
      const lower = upper + layout.cellsAcross * bins;
      const scale = 1 / Math.sqrt(runSquares(cells, upper) + runSquares(cells, lower) + flatLevels ** 2);
      let squares = 0;
      for (let k = 0; k < blockLength; k++) {
        const value = cells[k < runLength ? upper + k : lower + k - runLength] ?? 0;
        const clipped = Math.min(clip, value * scale);
        squares += clipped * clipped;
        out[at + k] = clipped;
      }
      const again = 1 / Math.sqrt(squares + flatShare ** 2);
      for (let k = at; k < at + blockLength; k++) out[k] = (out[k] ?? 0) * again;
    }
  }
}

function runSquares(cells: Float64Array, from: number): number {
  let sum = 0;
  for (let k = from; k < from + runLength; k++) sum += (cells[k] ?? 0) ** 2;
  return sum;
}
