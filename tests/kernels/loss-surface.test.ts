/** J on a grid: the kernel and its float32 twin against float64, at random grid points; and its memory. */
import { beforeAll, describe, expect, it } from 'vitest';
import { float32, float64 } from '../../src/engine/cpu/arithmetic.ts';
import { costAt, lossSurface, type SurfaceLoss } from '../../src/engine/cpu/kernels/loss-surface.ts';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { LossSurface } from '../../src/engine/gpu/loss-surface.ts';
import { hash, streams } from '../../src/math/rng.ts';
import { gpuEngines } from '../support/gpu-engines.ts';

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open();
});

const losses: readonly SurfaceLoss[] = ['sigmoid/cross-entropy', 'sigmoid/squared-error'];

/** Sets of points: mixed, separable, several basins, far out, a single one, none. */
const sets: Readonly<Record<string, readonly (readonly [x: number, y: number])[]>> = {
  mixed: [-3, -2, -1.5, -0.5, 0.5, 1, 1.5, 2.5].map((x, j) => [x, j % 3 === 0 ? 1 : 0]),
  separable: [-2, -1, 1, 2].map((x) => [x, x > 0 ? 1 : 0]),
  basins: [
    [3, 0],
    [2, 1],
    [-1.5, 1],
    [-4, 0],
    [3.2, 0],
  ],
  far: [-50, 40, 45, 50].map((x, j) => [x, j % 2]),
  one: [[1, 1]],
  none: [],
};

/** Points of the grid, the same in every run. */
const randomPoints = (count: number): readonly number[] => Array.from({ length: 1000 }, (_, at) => hash(7, streams.synthetic, at) % count);

/**
 * float32 against float64 at the same (w, b): each loss is off by a few units in the last place, and so is z, of which
 * |dL/dz| ≤ 1 passes on what is no more than its own size. Together they stay far below 1e-5 of J, with 1e-7 to spare for
 * costs that are almost 0.
 */
const within = (found: number, truth: number): boolean => Math.abs(found - truth) <= 1e-5 * (truth + 0.01);

describe.each(losses)('%s', (loss) => {
  it.each(Object.keys(sets))('%s: equals float64 at 1,000 points of a grid of 512 × 512, and so does the twin', async (name) => {
    const points = sets[name] ?? [];
    const examples = { x: points.map(([x]) => x), y: points.map(([, y]) => y) };
    const surface = await LossSurface.open(gpu.maker(), 512, 64);
    surface.compute({ loss, ...examples, w: [-6, 6], b: [-6, 6] });
    const found = await surface.read();
    const stepW = Math.fround(12 / 511);
    const grid = { columns: 512, rows: 512, firstW: -6, stepW, firstB: -6, stepB: stepW };
    const twin = lossSurface(loss, examples, grid, float32);
    const x = examples.x.map(Math.fround);
    for (const at of randomPoints(512 * 512)) {
      const w = Math.fround(-6 + Math.fround((at % 512) * stepW));
      const b = Math.fround(-6 + Math.fround(Math.floor(at / 512) * stepW));
      const truth = costAt(loss, { x, y: examples.y }, w, b, float64);
      expect(within(found[at] ?? Number.NaN, truth), `GPU ${found[at]}, float64 ${truth} at w = ${w}, b = ${b}`).toBe(true);
      expect(within(twin[at] ?? Number.NaN, truth), `twin ${twin[at]}, float64 ${truth} at w = ${w}, b = ${b}`).toBe(true);
    }
    surface.dispose();
  });
});

it('computes again in the same buffers, refuses more than it holds, and frees what it took', async () => {
  const before = { ...gpu.ledger };
  const surface = await LossSurface.open(gpu.maker(), 64, 4);
  const window = { w: [-1, 1], b: [-1, 1] } as const;
  surface.compute({ loss: 'sigmoid/cross-entropy', x: [1, 2], y: [1, 0], ...window });
  surface.compute({ loss: 'sigmoid/cross-entropy', x: [0], y: [1], ...window });
  // x = 0: J = softplus(−b) whatever w is
  expect((await surface.read())[10]).toBeCloseTo(Math.log1p(Math.exp(1)), 5);
  expect(() => surface.compute({ loss: 'sigmoid/squared-error', x: [0, 1, 2, 3, 4], y: [0, 0, 0, 0, 0], ...window })).toThrow(RangeError);
  surface.dispose();
  expect(gpu.ledger).toEqual(before);
});
