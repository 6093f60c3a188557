/**
 * Draws surfaces of J from where they were computed, several panels into one texture: the ground with its contours, then
 * strokes and dots. What is drawn where, and through which matrix, is the caller's; nothing is read back.
 */
import { ShaderError } from '../errors.ts';
import type { Arena } from './arena.ts';
import { layoutEntry } from './bindings.ts';
import { unlessLost } from './loss.ts';
import type { LossSurface, SurfaceRequest } from './loss-surface.ts';
import { renderTable, vectorWords } from './render-table.ts';

/** Red, green, blue and, where it counts, opacity; 0 … 1. */
export type Color = readonly number[];

export interface LossPanel {
  /** In pixels of the texture. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly surface: LossSurface;
  readonly window: Pick<SurfaceRequest, 'w' | 'b'>;
  /** (w, b, J, 1) to clip space, column by column. */
  readonly matrix: ArrayLike<number>;
  /** At most sixteen, the lowest first: a contour at each, and shades between them. */
  readonly levels: readonly number[];
  /** Cells along each side of the mesh; 1 is enough from above. */
  readonly cells: number;
  /** Height of one unit of J where a side of the window is 2; 0 for a map without light. */
  readonly heightPerCost: number;
  /** Where the ground is cut off, in J. */
  readonly top: number;
  /** How far strokes are lifted towards the eye, in depth. */
  readonly lift: number;
  /** Half the width of a contour, in pixels. */
  readonly contourRadius: number;
  readonly low: Color;
  readonly high: Color;
  readonly contour: Color;
  /** `strokeFloats` values each: seen faintly where the surface hides them. */
  readonly lines: Float32Array<ArrayBuffer>;
  /** The same, never hidden. */
  readonly marks: Float32Array<ArrayBuffer>;
}

/** Values of a stroke: w, b, J, radius in pixels; w, b, J, unused; color. */
export const strokeFloats = 12;

const label = 'loss view';
const depthFormat = 'depth24plus';
const mostLevels = 16;
/** More than any J. */
const beyond = 3e38;
const { fields, bindings, source } = renderTable['loss-view'];

type Pipelines = Readonly<Record<'surface' | 'hidden' | 'line' | 'mark', GPURenderPipeline>>;

/** What one panel keeps on the GPU from frame to frame. */
interface Slot {
  readonly uniform: GPUBuffer;
  strokes: GPUBuffer;
}

export class LossView {
  readonly #arena: Arena;
  readonly #layout: GPUBindGroupLayout;
  readonly #pipelines: Pipelines;
  readonly #samples: number;
  readonly #slots: Slot[] = [];
  /** Corners of the triangles of square meshes, by cells along each side. */
  readonly #meshes = new Map<number, GPUBuffer>();
  #targets: { readonly width: number; readonly height: number; readonly depth: GPUTexture; readonly color: GPUTexture | null } | null =
    null;

  private constructor(arena: Arena, layout: GPUBindGroupLayout, pipelines: Pipelines, samples: number) {
    this.#arena = arena;
    this.#layout = layout;
    this.#pipelines = pipelines;
    this.#samples = samples;
  }

  /**
   * @param arena taken over
   * @param samples a pixel for smooth edges: 1 or 4
   * @throws ShaderError when a shader does not compile, DeviceLostError when the device goes away meanwhile
   */
  static async open(arena: Arena, format: GPUTextureFormat, samples: 1 | 4): Promise<LossView> {
    const { device } = arena;
    const layout = device.createBindGroupLayout({
      label,
      entries: Object.entries(bindings).map(([binding, kind]) =>
        layoutEntry(Number(binding), kind, GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT),
      ),
    });
    const pipelines = await unlessLost(device, makePipelines(device, layout, format, samples));
    return new LossView(arena, layout, pipelines, samples);
  }

  /** Submits one frame. @param background what is seen where no panel is, and behind them */
  draw(texture: GPUTexture, background: Color, panels: readonly LossPanel[]): void {
    const { device } = this.#arena;
    const { color, depth } = this.#targetsFor(texture);
    const view = texture.createView({ label });
    const encoder = device.createCommandEncoder({ label });
    const [r = 0, g = 0, b = 0] = background;
    const pass = encoder.beginRenderPass({
      label,
      colorAttachments: [
        {
          view: color ? color.createView({ label }) : view,
          ...(color && { resolveTarget: view }),
          clearValue: { r, g, b, a: 1 },
          loadOp: 'clear',
          storeOp: color ? 'discard' : 'store',
        },
      ],
      depthStencilAttachment: { view: depth.createView({ label }), depthClearValue: 1, depthLoadOp: 'clear', depthStoreOp: 'discard' },
    });
    panels.forEach((panel, at) => this.#encode(pass, panel, this.#slot(at)));
    pass.end();
    device.queue.submit([encoder.finish()]);
  }

  dispose(): void {
    this.#dropTargets();
    this.#arena.dispose();
  }

  #encode(pass: GPURenderPassEncoder, panel: LossPanel, slot: Slot): void {
    const { x, y, width, height, cells, lines, marks } = panel;
    const { surface, hidden, line, mark } = this.#pipelines;
    this.#write(panel, slot);
    pass.setViewport(x, y, width, height, 0, 1);
    pass.setScissorRect(Math.ceil(x), Math.ceil(y), Math.floor(width), Math.floor(height));
    pass.setBindGroup(0, this.#bindGroup(panel, slot));
    pass.setPipeline(surface);
    pass.setIndexBuffer(this.#mesh(cells), 'uint32');
    pass.drawIndexed(6 * cells * cells);
    const [lineCount, markCount] = [lines.length / strokeFloats, marks.length / strokeFloats];
    if (lineCount > 0 && panel.heightPerCost > 0) {
      pass.setPipeline(hidden);
      pass.draw(6, lineCount);
    }
    if (lineCount > 0) {
      pass.setPipeline(line);
      pass.draw(6, lineCount);
    }
    if (markCount === 0) return;
    pass.setPipeline(mark);
    pass.draw(6, markCount, 0, lineCount);
  }

  #bindGroup({ surface }: LossPanel, { uniform, strokes }: Slot): GPUBindGroup {
    const buffers = [uniform, surface.buffer, strokes];
    const entries = buffers.map((buffer, binding) => ({ binding, resource: { buffer } }));
    return this.#arena.device.createBindGroup({ label, layout: this.#layout, entries });
  }

  #write(panel: LossPanel, slot: Slot): void {
    const { queue } = this.#arena.device;
    const { window, levels, surface, cells, heightPerCost, width, height, lift, contourRadius, lines, marks } = panel;
    const words = vectorWords(fields, {
      matrix: panel.matrix,
      levels: Array.from({ length: mostLevels }, (_, at) => levels[at] ?? beyond),
      window: [...window.w, ...window.b],
      shape: [surface.size, cells, levels.length, heightPerCost],
      screen: [width, height, lift, contourRadius],
      limits: [panel.top],
      low: panel.low,
      high: panel.high,
      contour: panel.contour,
    });
    queue.writeBuffer(slot.uniform, 0, words);
    const sizeBytes = lines.byteLength + marks.byteLength;
    if (slot.strokes.size < sizeBytes) {
      this.#arena.free(slot.strokes);
      slot.strokes = this.#arena.storage(`${label} strokes`, 2 * sizeBytes);
    }
    queue.writeBuffer(slot.strokes, 0, lines);
    queue.writeBuffer(slot.strokes, lines.byteLength, marks);
  }

  #mesh(cells: number): GPUBuffer {
    const known = this.#meshes.get(cells);
    if (known) return known;
    const corners = new Uint32Array(6 * cells * cells);
    for (let cell = 0; cell < cells * cells; cell++) {
      const first = Math.floor(cell / cells) * (cells + 1) + (cell % cells);
      const next = first + cells + 1;
      corners.set([first, first + 1, next, next, first + 1, next + 1], 6 * cell);
    }
    const mesh = this.#arena.create(`${label} mesh`, corners.byteLength, GPUBufferUsage.INDEX | GPUBufferUsage.COPY_DST);
    this.#arena.device.queue.writeBuffer(mesh, 0, corners);
    this.#meshes.set(cells, mesh);
    return mesh;
  }

  #slot(at: number): Slot {
    const known = this.#slots[at];
    if (known) return known;
    const sizeBytes = Object.values(fields).reduce((sum, kind) => sum + (kind === 'vec4f' ? 16 : 64), 0);
    const slot = {
      uniform: this.#arena.uniform(`${label} panel ${at}`, new ArrayBuffer(sizeBytes)),
      strokes: this.#arena.storage(`${label} strokes`, 64 * strokeFloats * 4),
    };
    this.#slots[at] = slot;
    return slot;
  }

  #targetsFor({ width, height, format }: GPUTexture): { readonly depth: GPUTexture; readonly color: GPUTexture | null } {
    if (this.#targets?.width === width && this.#targets.height === height) return this.#targets;
    this.#dropTargets();
    const { device } = this.#arena;
    const common = { size: [width, height], sampleCount: this.#samples, usage: GPUTextureUsage.RENDER_ATTACHMENT };
    const depth = device.createTexture({ label: `${label} depth`, format: depthFormat, ...common });
    const color = this.#samples > 1 ? device.createTexture({ label: `${label} samples`, format, ...common }) : null;
    this.#targets = { width, height, depth, color };
    return this.#targets;
  }

  #dropTargets(): void {
    this.#targets?.depth.destroy();
    this.#targets?.color?.destroy();
    this.#targets = null;
  }
}

const blend: GPUBlendState = {
  color: { srcFactor: 'src-alpha', dstFactor: 'one-minus-src-alpha' },
  alpha: { srcFactor: 'one', dstFactor: 'one-minus-src-alpha' },
};

/** Lines are drawn twice: where the surface hides them faintly, then where it does not. */
const hiddenOpacity = 0.2;

async function makePipelines(device: GPUDevice, group: GPUBindGroupLayout, format: GPUTextureFormat, samples: number): Promise<Pipelines> {
  const module = device.createShaderModule({ label, code: source.code });
  const layout = device.createPipelineLayout({ label, bindGroupLayouts: [group] });
  const make = (what: 'surface' | 'stroke', depthCompare: GPUCompareFunction, constants: Record<string, number> = {}) =>
    device.createRenderPipelineAsync({
      label: `${label} ${what}`,
      layout,
      vertex: { module, entryPoint: `${what}Vertex` },
      fragment: {
        module,
        entryPoint: `${what}Fragment`,
        constants,
        targets: [what === 'surface' ? { format } : { format, blend }],
      },
      primitive: { topology: 'triangle-list' },
      depthStencil: { format: depthFormat, depthWriteEnabled: what === 'surface', depthCompare },
      multisample: { count: samples },
    });
  try {
    const [surface, hidden, line, mark] = await Promise.all([
      make('surface', 'less'),
      make('stroke', 'always', { opacity: hiddenOpacity }),
      make('stroke', 'less-equal'),
      make('stroke', 'always'),
    ]);
    return { surface, hidden, line, mark };
  } catch (cause) {
    throw new ShaderError(`shaders/${source.file}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  }
}
