/**
 * How what a GPU has drawn comes onto a canvas. A graphics card draws on the canvas itself. A software GPU draws beside it
 * and its finished pixels are copied: browsers that compose pages without a graphics card cannot show a canvas of WebGPU,
 * and lose the device when asked to; and its memory is the processor's own, so that the copy costs little.
 */
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { OffScreen, offScreenFormat } from '../../engine/gpu/off-screen.ts';

export interface Screen {
  /** What to draw the next frame on, in pixels; the frame before stays in sight until this one is presented. */
  texture(width: number, height: number): GPUTexture;
  /** Resolves when the frame can be seen, or is sure to be. */
  present(): Promise<void>;
  dispose(): void;
}

/** @param preferred the browser's own choice for canvases */
export function formatFor({ adapter }: GpuEngine, preferred: GPUTextureFormat): GPUTextureFormat {
  return adapter.software ? offScreenFormat : preferred;
}

/** The canvas's own context, configured anew for this engine's device. */
export function canvasScreen({ device }: GpuEngine, canvas: OffscreenCanvas, context: GPUCanvasContext, format: GPUTextureFormat): Screen {
  context.configure({ device, format, alphaMode: 'opaque' });
  return {
    texture(width, height) {
      resize(canvas, width, height);
      return context.getCurrentTexture();
    },
    present: async () => undefined,
    dispose: () => context.unconfigure(),
  };
}

export function copiedScreen(engine: GpuEngine, canvas: OffscreenCanvas, context: OffscreenCanvasRenderingContext2D): Screen {
  const offScreen = new OffScreen(engine.maker().arena);
  return {
    texture: (width, height) => offScreen.texture(width, height),
    async present() {
      const { pixels, width, height } = await offScreen.read();
      // a canvas of another size is empty at first: it is filled in the same task
      resize(canvas, width, height);
      context.putImageData(new ImageData(pixels, width, height), 0, 0);
    },
    dispose: () => offScreen.dispose(),
  };
}

/** Empties a canvas only where its size changes. */
export function resize(canvas: OffscreenCanvas, width: number, height: number): void {
  if (canvas.width !== width) canvas.width = width;
  if (canvas.height !== height) canvas.height = height;
}
