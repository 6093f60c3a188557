/**
 * The worker that owns the GPU device and the canvas of the Loss lab: computes surfaces and draws them, one scene after the
 * other. It decides nothing about what is shown.
 */
import * as Comlink from 'comlink';
import { DeviceLostError } from '../../engine/errors.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { GpuKeeper, type GpuAccess } from '../gpu-access.ts';
import { landscapeOf, type Landscape } from './landscape.ts';
import type { LossScene, LossWorker, Shown } from './protocol.ts';
import { canvasScreen, copiedScreen, formatFor } from './screen.ts';
import { CpuStage, GpuStage, type Stage } from './stage.ts';

const clock = (): number => performance.now();

/** A canvas has one kind of context for life. */
type Context =
  { readonly kind: 'gpu'; readonly gpu: GPUCanvasContext } | { readonly kind: 'cpu'; readonly flat: OffscreenCanvasRenderingContext2D };

class Worker implements LossWorker {
  readonly #keeper = new GpuKeeper({ gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext }, clock);
  #canvas: OffscreenCanvas | null = null;
  #context: Context | null = null;
  #stage: { readonly stage: Stage; readonly access: GpuAccess } | null = null;
  /** Compiled before there is a scene to draw. */
  #opening: { readonly engine: GpuEngine; readonly stage: Promise<GpuStage> } | null = null;
  #onAgain: () => void = () => undefined;
  #losses = 0;
  #landscapes: { readonly shape: string; readonly all: readonly Landscape[] } = { shape: '', all: [] };

  constructor() {
    void this.#keeper.access().then(({ engine }) => {
      // why it fails is told when it is asked for
      if (engine) this.#open(engine).catch(() => undefined);
    });
  }

  attach(canvas: OffscreenCanvas, onAgain: () => void): void {
    this.#drop();
    this.#canvas = canvas;
    this.#context = null;
    this.#onAgain = onAgain;
  }

  async show(scene: LossScene): Promise<Shown | null> {
    try {
      return await this.#show(scene);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      // another device draws the same
      return this.#show(scene);
    }
  }

  async loseDevice(): Promise<void> {
    (await this.#keeper.access()).engine?.device.destroy();
  }

  async memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    const { engine } = await this.#keeper.access();
    return { buffers: engine?.ledger.buffers ?? 0, bytes: engine?.ledger.bytes ?? 0 };
  }

  async #show(scene: LossScene): Promise<Shown | null> {
    const access = await this.#keeper.access();
    const opening = this.#stageFor(access);
    // while the GPU compiles
    const landscapes = this.#landscapesOf(scene);
    const stage = await opening;
    if (!stage) return null;
    const { size: gridSize, isFinal } = await stage.draw(scene, landscapes);
    return {
      landscapes,
      gridSize,
      isFinal,
      processor: access.engine ? { kind: 'gpu', software: access.engine.adapter.software } : { kind: 'cpu', why: access.why },
      losses: this.#losses,
      lossDetail: this.#keeper.lastLoss,
    };
  }

  #landscapesOf({ points, costs, span }: LossScene): readonly Landscape[] {
    const shape = JSON.stringify([points, costs, span]);
    if (shape !== this.#landscapes.shape) this.#landscapes = { shape, all: costs.map((cost) => landscapeOf(points, cost, span)) };
    return this.#landscapes.all;
  }

  /** @returns null where the canvas served a GPU that is gone for good */
  async #stageFor(access: GpuAccess): Promise<Stage | null> {
    if (this.#stage?.access === access) return this.#stage.stage;
    this.#drop();
    const canvas = this.#canvas;
    if (!canvas) throw new Error('no canvas was attached');
    const { engine } = access;
    this.#context ??= contextOf(canvas, engine !== null && !engine.adapter.software);
    const context = this.#context;
    if (!engine) {
      if (context.kind === 'gpu') return null;
      this.#stage = { stage: new CpuStage(canvas, context.flat), access };
      return this.#stage.stage;
    }
    void engine.device.lost.then(() => {
      this.#losses++;
      this.#onAgain();
    });
    const stage = await this.#open(engine);
    const screen =
      context.kind === 'gpu' ? canvasScreen(engine, canvas, context.gpu, this.#format(engine)) : copiedScreen(engine, canvas, context.flat);
    stage.drawOn(screen);
    this.#opening = null;
    this.#stage = { stage, access };
    return stage;
  }

  #open(engine: GpuEngine): Promise<GpuStage> {
    if (this.#opening?.engine !== engine) this.#opening = { engine, stage: GpuStage.open(engine, this.#format(engine), clock) };
    return this.#opening.stage;
  }

  #format(engine: GpuEngine): GPUTextureFormat {
    return formatFor(engine, navigator.gpu.getPreferredCanvasFormat());
  }

  #drop(): void {
    this.#stage?.stage.dispose();
    this.#stage = null;
  }
}

/**
 * @param direct a GPU draws on the canvas itself, where the browser lets it
 * @throws Error where the browser draws on no canvas in a worker
 */
function contextOf(canvas: OffscreenCanvas, direct: boolean): Context {
  const gpu = direct ? canvas.getContext('webgpu') : null;
  if (gpu) return { kind: 'gpu', gpu };
  const flat = canvas.getContext('2d');
  if (!flat) throw new Error('this browser draws on no canvas in a worker');
  return { kind: 'cpu', flat };
}

Comlink.expose(new Worker());
