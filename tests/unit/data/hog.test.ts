/** Histograms of oriented gradients: what known images give, and what must not matter. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FeatureMatrix, ImageShape } from '../../../src/data/dataset.ts';
import { DataError } from '../../../src/data/errors.ts';
import { hogInto, hogMatrix } from '../../../src/data/hog.ts';

const bins = 9;
const fashion: ImageShape = { width: 28, height: 28, channels: 1 };
const cats: ImageShape = { width: 64, height: 64, channels: 3 };

function hog(x: FeatureMatrix, shape: ImageShape, options = {}): FeatureMatrix {
  const made = hogMatrix(x, shape, options);
  hogInto(x, shape, made.values, 0, x.m, options);
  return made;
}

/** One image from a rule for each pixel and channel. */
function image({ width, height, channels }: ImageShape, rule: (x: number, y: number, channel: number) => number): FeatureMatrix {
  const values = new Uint8Array(width * height * channels);
  for (let at = 0; at < values.length; at++) {
    const pixel = Math.floor(at / channels);
    values[at] = rule(pixel % width, Math.floor(pixel / width), at % channels);
  }
  return { storage: 'uint8', n: values.length, m: 1, values };
}

/** Images of random pixels, whose size is a whole number of cells. */
const random = fc
  .record({
    cellsAcross: fc.integer({ min: 2, max: 5 }),
    cellsDown: fc.integer({ min: 2, max: 5 }),
    cell: fc.integer({ min: 2, max: 5 }),
    channels: fc.constantFrom(1 as const, 3 as const),
  })
  .chain(({ cellsAcross, cellsDown, cell, channels }) => {
    const shape: ImageShape = { width: cellsAcross * cell, height: cellsDown * cell, channels };
    const length = shape.width * shape.height * channels;
    return fc.uint8Array({ minLength: length, maxLength: length }).map((values) => ({
      shape,
      cell,
      x: { storage: 'uint8', n: length, m: 1, values: Uint8Array.from(values) } satisfies FeatureMatrix,
    }));
  });

/** Features of a block's cell: `block` and `cell` as [x, y]. */
function cellOf(
  { values }: FeatureMatrix,
  blocksAcross: number,
  block: readonly [number, number],
  cell: readonly [number, number],
): number[] {
  const start = ((block[1] * blocksAcross + block[0]) * 4 + cell[1] * 2 + cell[0]) * bins;
  return [...values.subarray(start, start + bins)];
}

function energies({ values }: FeatureMatrix): number[] {
  const energies = Array<number>(values.length / 36).fill(0);
  for (const [at, value] of values.entries()) energies[Math.floor(at / 36)] = (energies[Math.floor(at / 36)] ?? 0) + value * value;
  return energies;
}

function farthest(one: ArrayLike<number>, other: ArrayLike<number>): number {
  return Array.from(one, (value, at) => Math.abs(value - (other[at] ?? NaN))).reduce((most, distance) => Math.max(most, distance), 0);
}

/** Channel by channel. */
function mirrored({ width, height, channels }: ImageShape, { values }: FeatureMatrix): FeatureMatrix {
  return image({ width, height, channels }, (x, y, channel) => values[(y * width + width - 1 - x) * channels + channel] ?? 0);
}

describe('the layout', () => {
  it('has 1296 features for 28 × 28 in cells of 4, 1764 for 64 × 64 in cells of 8', () => {
    const black = (shape: ImageShape): FeatureMatrix => image(shape, () => 0);
    expect(hogMatrix(black(fashion), fashion)).toEqual({ storage: 'float32', n: 1296, m: 1, values: new Float32Array(1296) });
    expect(hogMatrix(black(cats), cats)).toMatchObject({ n: 1764, m: 1 });
    expect(hogMatrix(black(fashion), fashion, { cell: 7 }).n).toBe(9 * 36);
  });

  it('leaves out what is no whole cell', () => {
    const shape: ImageShape = { width: 15, height: 13, channels: 1 };
    const plain = image(shape, (x, y) => (7 * x * x + 11 * y) % 256);
    // the pixel next to the last cell is still a neighbour; those beyond it are not
    const other = image(shape, (x, y) => (x > 12 ? 255 : (7 * x * x + 11 * y) % 256));
    expect(hog(plain, shape).n).toBe(4 * 36);
    expect(hog(other, shape)).toEqual(hog(plain, shape));
  });

  it('refuses images without room for a block, and what are no such images', () => {
    const low: ImageShape = { width: 28, height: 7, channels: 1 };
    expect(() =>
      hog(
        image(low, () => 0),
        low,
      ),
    ).toThrow('expected at least 8 × 8 pixels for cells of 4, found 28 × 7');
    expect(() =>
      hog(
        image(fashion, () => 0),
        fashion,
        { cell: 0 },
      ),
    ).toThrow(DataError);
    expect(() =>
      hog(
        image(fashion, () => 0),
        cats,
      ),
    ).toThrow('expected 12288 bytes an image (64 × 64 × 3), found 784 of uint8');
    const floats: FeatureMatrix = { storage: 'float32', n: 784, m: 1, values: new Float32Array(784) };
    expect(() => hog(floats, fashion)).toThrow(DataError);
  });
});

describe('the features', () => {
  it('of a flat image are 0', () => {
    for (const level of [0, 128, 255])
      expect(
        hog(
          image(fashion, () => level),
          fashion,
        ).values.every((value) => value === 0),
      ).toBe(true);
  });

  it('of a vertical edge are in the bin of horizontal gradients, in the cells that it touches', () => {
    const features = hog(
      image(fashion, (x) => (x < 14 ? 20 : 220)),
      fashion,
    );
    // pixels 13 and 14 see the edge: both in cell 3
    const alone = cellOf(features, 6, [2, 2], [1, 0]);
    expect(alone[0]).toBeGreaterThan(0.5);
    expect(alone.slice(1)).toEqual(Array(8).fill(0));
    expect(cellOf(features, 6, [2, 2], [0, 0])).toEqual(Array(9).fill(0));
    expect(cellOf(features, 6, [0, 0], [0, 0])).toEqual(Array(9).fill(0));
  });

  it('of a horizontal edge are shared by the bins around 90°, of a slope by those around its angle', () => {
    const flat = cellOf(
      hog(
        image(fashion, (_, y) => (y < 14 ? 20 : 220)),
        fashion,
      ),
      6,
      [2, 2],
      [0, 1],
    );
    expect(flat[4]).toBeGreaterThan(0.3);
    expect(flat[5]).toBeCloseTo(flat[4] ?? 0, 6);
    expect(flat.filter((value) => value > 0)).toHaveLength(2);
    // 45°: between 40° and 60°, three quarters for the nearer
    const slope = cellOf(
      hog(
        image(cats, (x, y) => x + y),
        cats,
      ),
      7,
      [3, 3],
      [0, 0],
    );
    expect(slope.flatMap((value, bin) => (value > 1e-6 ? [bin] : []))).toEqual([2, 3]);
  });

  it('take the colour that changes most', () => {
    const grey = hog(
      image({ ...cats, channels: 1 }, (x, y) => (x * x + 3 * y) % 200),
      { ...cats, channels: 1 },
    );
    for (const strong of [0, 1, 2]) {
      const coloured = hog(
        image(cats, (x, y, channel) => (channel === strong ? (x * x + 3 * y) % 200 : 90)),
        cats,
      );
      expect(coloured).toEqual(grey);
    }
  });

  it('are 0 to 1, and no block has more energy than 1', () => {
    fc.assert(
      fc.property(random, ({ shape, cell, x }) => {
        const features = hog(x, shape, { cell });
        expect(features.values.every((value) => value >= 0 && value <= 1)).toBe(true);
        for (const energy of energies(features)) expect(energy).toBeLessThanOrEqual(1 + 1e-6);
      }),
    );
  });

  it('hardly change with the brightness', () => {
    fc.assert(
      fc.property(random, fc.integer({ min: 0, max: 60 }), ({ shape, cell, x }, lift) => {
        const dim: FeatureMatrix = { ...x, storage: 'uint8', values: Uint8Array.from(x.values, (value) => value & 63) };
        const bright: FeatureMatrix = { ...dim, values: Uint8Array.from(dim.values, (value) => 3 * value + lift) };
        const [one, other] = [hog(dim, shape, { cell }).values, hog(bright, shape, { cell }).values];
        expect(farthest(one, other)).toBeLessThan(0.02);
      }),
    );
  });

  it('of a mirrored image are the mirrored cells, orientations turned about', () => {
    fc.assert(
      fc.property(random, ({ shape, cell, x }) => {
        const [across, down] = [shape.width / cell - 1, shape.height / cell - 1];
        const [there, back] = [hog(x, shape, { cell }), hog(mirrored(shape, x), shape, { cell })];
        for (let by = 0; by < down; by++) {
          for (let bx = 0; bx < across; bx++) {
            for (const [cx, cy] of [
              [0, 0],
              [1, 0],
              [0, 1],
              [1, 1],
            ] as const) {
              const own = cellOf(there, across, [bx, by], [cx, cy]);
              const other = cellOf(back, across, [across - 1 - bx, by], [1 - cx, cy]);
              const turned = own.map((_, bin) => other[(bins - bin) % bins] ?? NaN);
              expect(farthest(own, turned)).toBeLessThan(1e-5);
            }
          }
        }
      }),
    );
  });
});

describe('in chunks', () => {
  it('they are the same, and nothing else is written', () => {
    const m = 7;
    const values = Uint8Array.from({ length: 784 * m }, (_, at) => (at * at * 31) % 251);
    const x: FeatureMatrix = { storage: 'uint8', n: 784, m, values };
    const whole = hog(x, fashion);
    const { n } = whole;
    const out = new Float32Array(n * m).fill(-1);
    hogInto(x, fashion, out, 2, 5);
    expect(out.subarray(0, 2 * n).every((value) => value === -1)).toBe(true);
    expect(out.subarray(5 * n).every((value) => value === -1)).toBe(true);
    hogInto(x, fashion, out, 0, 2);
    hogInto(x, fashion, out, 5, m);
    expect(out).toEqual(whole.values);
    expect(x.values).toBe(values);
  });
});
