/** Drawing from the grid on the GPU: shades, contours and strokes stand where they should; it frees what it took. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { LossSurface } from '../../src/engine/gpu/loss-surface.ts';
import { LossView, strokeFloats, type LossPanel } from '../../src/engine/gpu/loss-view.ts';
import { readBuffer } from '../support/dawn.ts';
import { gpuEngines } from '../support/gpu-engines.ts';

const size = 64;
const window = { w: [-4, 4], b: [-4, 4] } as const;
/** From above: w to the right, b upwards. */
const fromAbove = [0.25, 0, 0, 0, 0, 0.25, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1];

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open();
});

/** Red, green and blue of every pixel, row by row from the top. */
async function picture(
  panels: (surface: LossSurface) => readonly LossPanel[],
  samples: 1 | 4,
): Promise<(x: number, y: number) => number[]> {
  const { device } = gpu;
  const surface = await LossSurface.open(gpu.maker(), 128, 8);
  // x = 1, y = 1: J = softplus(−(w + b)) falls towards the upper right corner
  surface.compute({ loss: 'sigmoid/cross-entropy', x: [1], y: [1], ...window });
  const view = await LossView.open(gpu.maker().arena, 'rgba8unorm', samples);
  const texture = device.createTexture({
    label: 'test picture',
    size: [size, size],
    format: 'rgba8unorm',
    usage: GPUTextureUsage.RENDER_ATTACHMENT | GPUTextureUsage.COPY_SRC,
  });
  view.draw(texture, [0, 0, 1], panels(surface));
  const buffer = device.createBuffer({
    label: 'test pixels',
    size: size * size * 4,
    usage: GPUBufferUsage.COPY_DST | GPUBufferUsage.COPY_SRC,
  });
  const encoder = device.createCommandEncoder({ label: 'test pixels' });
  encoder.copyTextureToBuffer({ texture }, { buffer, bytesPerRow: size * 4 }, [size, size]);
  device.queue.submit([encoder.finish()]);
  const pixels = new Uint8Array(await readBuffer(device, buffer));
  for (const one of [texture, buffer]) one.destroy();
  view.dispose();
  surface.dispose();
  return (x, y) => [...pixels.subarray(4 * (y * size + x), 4 * (y * size + x) + 3)];
}

const panelOf = (surface: LossSurface): LossPanel => ({
  ...{ x: 0, y: 0, width: size, height: size, surface, window, matrix: fromAbove, levels: [1, 3], cells: 1 },
  ...{ heightPerCost: 0, top: 100, lift: 0.001, contourRadius: 1, low: [0, 0, 0], high: [1, 1, 1], contour: [1, 0, 0, 1] },
  lines: new Float32Array(0),
  marks: new Float32Array(0),
});

describe.each([1, 4] as const)('with %i samples a pixel', (samples) => {
  it('shades between the levels and draws a contour at each', async () => {
    const at = await picture((surface) => [panelOf(surface)], samples);
    // J = 0.0003 and 8: below the lowest level and above the highest
    expect(at(62, 1)).toEqual([0, 0, 0]);
    expect(at(1, 62)).toEqual([255, 255, 255]);
    // J = 1 where w + b = −log(e − 1) = −0.54, J = 3 at −2.95: along the diagonal from the lower left
    const diagonal = Array.from({ length: size }, (_, i) => at(i, size - 1 - i));
    const red = diagonal.flatMap(([r = 0, g = 0], i) => (r > 200 && g < 120 ? [((i + 0.5) / size) * 16 - 8] : []));
    expect(red.some((sum) => Math.abs(sum + 0.54) < 0.25)).toBe(true);
    expect(red.some((sum) => Math.abs(sum + 2.95) < 0.25)).toBe(true);
    expect(red.length).toBeLessThanOrEqual(6);
    // half way between the levels
    const middle = diagonal[Math.round(((-1.85 + 8) / 16) * size)] ?? [];
    expect(middle[0]).toBeGreaterThan(90);
    expect(middle[0]).toBeLessThan(170);
  });

  it('draws a panel where it belongs, strokes and dots upon it, and nothing beside it', async () => {
    const strokes = new Float32Array(2 * strokeFloats);
    // from (−3, 0) to (3, 0), and a dot at (0, 2)
    strokes.set([-3, 0, 1, 1.5, 3, 0, 1, 0, 0, 1, 0, 1]);
    strokes.set([0, 2, 0, 3, 0, 2, 0, 0, 1, 1, 0, 1], strokeFloats);
    const half = { x: 32, y: 32, width: 32, height: 32, lines: strokes.slice(0, strokeFloats), marks: strokes.slice(strokeFloats) };
    const at = await picture((surface) => [{ ...panelOf(surface), ...half }], samples);
    expect(at(10, 10)).toEqual([0, 0, 255]);
    expect(at(40, 10)).toEqual([0, 0, 255]);
    expect(at(48, 48)).toEqual([0, 255, 0]);
    expect(at(40, 47)).toEqual([0, 255, 0]);
    expect(at(48, 40)).toEqual([255, 255, 0]);
  });
});

it('frees every buffer', async () => {
  const before = { ...gpu.ledger };
  await picture((surface) => [panelOf(surface), panelOf(surface)], 1);
  expect(gpu.ledger).toEqual(before);
});
