/**
 * What one canvas is drawn with: by a GPU from grids that stay on it, or by the processor with canvas 2-D. Computes a grid
 * again only when what it shows has changed, coarsely while something moves that a slow GPU could not follow.
 */
import type { Clock } from '../../engine/contract.ts';
import { float32 } from '../../engine/cpu/arithmetic.ts';
import { lossSurface } from '../../engine/cpu/kernels/loss-surface.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { workDone } from '../../engine/gpu/waiting.ts';
import { LossSurface } from '../../engine/gpu/loss-surface.ts';
import { LossView, strokeFloats } from '../../engine/gpu/loss-view.ts';
import { examplesOf, lossOfCost } from './descent.ts';
import type { Landscape } from './landscape.ts';
import { paint, type PaintedGrid } from './painter.ts';
import { planOf, type Stroke } from './plan.ts';
import { resize, type Screen } from './screen.ts';
import type { LossScene } from './protocol.ts';
import { lossRanges, type LossCost } from './settings.ts';

/** Grid points along each side: at rest, and while points are dragged on a slow GPU or without one. */
const gpuSizes = { fine: 512, coarse: 128 } as const;
const cpuSizes = { fine: 256, coarse: 64 } as const;
/** Cells along each side of the surface in space. */
const meshCells = { card: 256, software: 64, coarse: 32 } as const;
/** A GPU whose fine grids take longer than this is slow. */
const slowMs = 20;

export interface Drawn {
  /** Grid points along each side. */
  readonly size: number;
  /** False: the same scene, shown again, would be finer. */
  readonly isFinal: boolean;
}

export interface Stage {
  draw(scene: LossScene, landscapes: readonly Landscape[]): Promise<Drawn>;
  dispose(): void;
}

const shapeOf = ({ points, span }: LossScene): string => JSON.stringify([points, span]);

const floats = (strokes: readonly Stroke[]): Float32Array<ArrayBuffer> => {
  const values = new Float32Array(strokes.length * strokeFloats);
  strokes.forEach(({ from, to, radius, color }, at) => values.set([...from, radius, ...to, 0, ...color], at * strokeFloats));
  return values;
};

interface GpuGrid {
  readonly cost: LossCost;
  readonly surface: LossSurface;
  shape: string;
}

export class GpuStage implements Stage {
  readonly #engine: GpuEngine;
  readonly #view: LossView;
  readonly #clock: Clock;
  readonly #grids = new Map<string, Promise<GpuGrid>>();
  #hasDrawn = false;
  /** What all fine grids took; null before the first. */
  #fineMs: number | null = null;
  #target: Screen | null = null;

  private constructor(engine: GpuEngine, view: LossView, clock: Clock) {
    this.#engine = engine;
    this.#view = view;
    this.#clock = clock;
  }

  /** Compiles what draws on screens of this format; it needs no canvas yet. */
  static async open(engine: GpuEngine, format: GPUTextureFormat, clock: Clock): Promise<GpuStage> {
    // both are compiled at once: whoever waits for a first picture waits for the longer one
    const kernel = LossSurface.open(engine.maker(), gpuSizes.coarse, 1);
    const view = await LossView.open(engine.maker().arena, format, engine.adapter.software ? 1 : 4);
    (await kernel).dispose();
    return new GpuStage(engine, view, clock);
  }

  /** @param screen taken over */
  drawOn(screen: Screen): void {
    this.#target?.dispose();
    this.#target = screen;
  }

  async draw(scene: LossScene, landscapes: readonly Landscape[]): Promise<Drawn> {
    const isFirst = !this.#hasDrawn;
    if (isFirst || (scene.moving && (this.#fineMs ?? slowMs) >= slowMs)) {
      this.#hasDrawn = true;
      return { size: await this.#drawAt(gpuSizes.coarse, scene, landscapes), isFinal: scene.moving };
    }
    if (this.#fineMs === null) await this.#timeFine(scene);
    return { size: await this.#drawAt(gpuSizes.fine, scene, landscapes), isFinal: true };
  }

  /** Once, when a first picture stands and all is compiled. */
  async #timeFine(scene: LossScene): Promise<void> {
    const grids = await this.#surfaces(gpuSizes.fine, scene);
    await workDone(this.#engine.device);
    const beganMs = this.#clock();
    for (const grid of grids) this.#compute(grid, scene, true);
    await workDone(this.#engine.device);
    this.#fineMs = this.#clock() - beganMs;
  }

  dispose(): void {
    this.#view.dispose();
    for (const grid of this.#grids.values()) {
      grid.then(
        ({ surface }) => surface.dispose(),
        () => undefined,
      );
    }
    this.#target?.dispose();
  }

  async #drawAt(size: number, scene: LossScene, landscapes: readonly Landscape[]): Promise<number> {
    if (!this.#target) throw new Error('no canvas to draw on');
    const screen = this.#target;
    const grids = await this.#surfaces(size, scene);
    for (const grid of grids) this.#compute(grid, scene);
    const { software } = this.#engine.adapter;
    const ratio = software ? Math.min(1, scene.ratio) : scene.ratio;
    const panels = planOf(scene, landscapes, ratio).flatMap((plan) => {
      const grid = grids[scene.costs.indexOf(plan.cost)];
      if (!grid) return [];
      const window = { w: [-plan.span, plan.span], b: [-plan.span, plan.span] } as const;
      const inSpace = software ? (size === gpuSizes.fine ? meshCells.software : meshCells.coarse) : meshCells.card;
      const cells = plan.heightPerCost > 0 ? inSpace : 1;
      return [{ ...plan, surface: grid.surface, window, cells, lines: floats(plan.lines), marks: floats(plan.marks) }];
    });
    this.#view.draw(screen.texture(...pixelsOf(scene, ratio)), scene.colors.card, panels);
    await screen.present();
    return size;
  }

  #surfaces(size: number, { costs }: LossScene): Promise<readonly GpuGrid[]> {
    return Promise.all(
      costs.map((cost) => {
        const key = `${cost} ${size}`;
        const known = this.#grids.get(key);
        if (known) return known;
        const [, most] = lossRanges.points;
        const grid = LossSurface.open(this.#engine.maker(), size, most).then((surface) => ({ cost, surface, shape: '' }));
        this.#grids.set(key, grid);
        return grid;
      }),
    );
  }

  #compute(grid: GpuGrid, scene: LossScene, again = false): void {
    const shape = shapeOf(scene);
    if (grid.shape === shape && !again) return;
    grid.shape = shape;
    const { span, points } = scene;
    grid.surface.compute({
      loss: lossOfCost[grid.cost],
      ...examplesOf(points),
      w: [-span, span],
      b: [-span, span],
    });
  }
}

export class CpuStage implements Stage {
  readonly #canvas: OffscreenCanvas;
  readonly #context: OffscreenCanvasRenderingContext2D;
  readonly #grids = new Map<LossCost, PaintedGrid & { readonly shape: string }>();

  constructor(canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D) {
    this.#canvas = canvas;
    this.#context = context;
  }

  async draw(scene: LossScene, landscapes: readonly Landscape[]): Promise<Drawn> {
    const size = scene.moving ? cpuSizes.coarse : cpuSizes.fine;
    const ratio = Math.min(1.5, scene.ratio);
    const [width, height] = pixelsOf(scene, ratio);
    const panels = planOf(scene, landscapes, ratio).map((plan) => [plan, this.#grid(plan.cost, size, scene)] as const);
    resize(this.#canvas, width, height);
    paint(this.#context, { width, height }, scene.colors.card, panels);
    return { size, isFinal: true };
  }

  dispose(): void {
    this.#grids.clear();
  }

  #grid(cost: LossCost, size: number, scene: LossScene): PaintedGrid {
    const shape = `${shapeOf(scene)} ${size}`;
    const known = this.#grids.get(cost);
    if (known?.shape === shape) return known;
    const { span, points } = scene;
    const step = (2 * span) / (size - 1);
    const grid = { columns: size, rows: size, firstW: -span, stepW: step, firstB: -span, stepB: step };
    const made = { size, shape, values: lossSurface(lossOfCost[cost], examplesOf(points), grid, float32) };
    this.#grids.set(cost, made);
    return made;
  }
}

/** Pixels of a canvas for a scene. */
function pixelsOf({ width, height }: LossScene, ratio: number): readonly [width: number, height: number] {
  return [Math.max(1, Math.round(width * ratio)), Math.max(1, Math.round(height * ratio))];
}
