/** Compiled kernels of one device, each compiled once however many ask for it, and errors told with file and line. */
import { layoutEntry, type Bindings } from './bindings.ts';
import { ShaderError } from '../errors.ts';
import { kernelTable, type KernelEntry, type KernelName, type SourceFile } from './kernel-table.ts';
import { unlessLost } from './loss.ts';

export interface Kernel {
  readonly label: string;
  readonly pipeline: GPUComputePipeline;
  readonly layout: GPUBindGroupLayout;
  readonly bindings: Bindings;
}

export type Constants = Readonly<Record<string, number>>;

/** Texts in the place of files of `shaders/`, by path below it. */
export type Edits = Readonly<Record<string, string>>;

/** Where a composed shader's line came from. */
export interface Place {
  readonly file: string;
  readonly line: number;
  readonly source: string;
}

/** Files one after the other, as the compiler gets them. */
export function compose(files: readonly SourceFile[]): string {
  return files.map(({ code }) => code).join('\n');
}

/** A kernel's files in the order in which they are put together, with what was edited in its place. */
export function filesOf({ libraries, source }: KernelEntry, edits: Edits): readonly SourceFile[] {
  return [...libraries, source].map(({ file, code }) => ({ file, code: edits[file] ?? code }));
}

/** @param line counted from 1 in the composed shader */
export function locate(files: readonly SourceFile[], line: number): Place {
  let first = 1;
  for (const { file, code } of files) {
    const lines = code.split('\n');
    if (line < first + lines.length) return { file, line: line - first + 1, source: lines[line - first] ?? '' };
    first += lines.length;
  }
  return { file: files.at(-1)?.file ?? '', line, source: '' };
}

export class KernelLibrary {
  /** What was turned into modules here. */
  readonly modules = new Map<KernelName, GPUShaderModule>();
  readonly #device: GPUDevice;
  readonly #edits: Edits;
  readonly #tree: KernelLibrary | undefined;
  readonly #kernels = new Map<string, Promise<Kernel>>();

  /** @param tree where kernels come from that `edits` do not touch */
  constructor(device: GPUDevice, edits: Edits = {}, tree?: KernelLibrary) {
    this.#device = device;
    this.#edits = edits;
    this.#tree = tree;
  }

  /**
   * @param constants values of the kernel's `override`s
   * @throws ShaderError when the kernel does not compile, DeviceLostError when the device goes away meanwhile
   */
  get(name: KernelName, entryPoint: string, constants: Constants = {}): Promise<Kernel> {
    if (this.#tree && !filesOf(kernelTable[name], {}).some(({ file }) => file in this.#edits)) {
      return this.#tree.get(name, entryPoint, constants);
    }
    const key = `${name} ${entryPoint} ${JSON.stringify(constants)}`;
    const known = this.#kernels.get(key);
    if (known) return known;
    const kernel = unlessLost(this.#device, this.#compile(name, entryPoint, constants));
    this.#kernels.set(key, kernel);
    return kernel;
  }

  async #compile(name: KernelName, entryPoint: string, constants: Constants): Promise<Kernel> {
    const entry: KernelEntry = kernelTable[name];
    const bindings = entry.entryPoints[entryPoint];
    if (!bindings) throw new ShaderError(`kernel ${name} has no entry point ${entryPoint}`);
    const files = filesOf(entry, this.#edits);
    let module = this.modules.get(name);
    if (!module) {
      module = this.#device.createShaderModule({ label: name, code: compose(files) });
      this.modules.set(name, module);
    }
    const label = `${name} ${entryPoint}`;
    const layout = this.#device.createBindGroupLayout({
      label,
      entries: Object.entries(bindings).map(([binding, kind]) => layoutEntry(Number(binding), kind, GPUShaderStage.COMPUTE)),
    });
    try {
      const pipeline = await this.#device.createComputePipelineAsync({
        label,
        layout: this.#device.createPipelineLayout({ label, bindGroupLayouts: [layout] }),
        compute: { module, entryPoint, constants: { ...constants } },
      });
      return { label, pipeline, layout, bindings };
    } catch (cause) {
      throw await explain(label, module, files, cause);
    }
  }
}

async function explain(label: string, module: GPUShaderModule, files: readonly SourceFile[], cause: unknown): Promise<ShaderError> {
  const info = await module.getCompilationInfo();
  const messages = info.messages.filter((message) => message.type === 'error');
  if (messages.length === 0) return new ShaderError(`${label}: ${cause instanceof Error ? cause.message : String(cause)}`, { cause });
  const lines = messages.map((message) => {
    const place = locate(files, message.lineNum);
    return `shaders/${place.file}:${place.line}:${message.linePos}: ${message.message}\n    ${place.source.trim()}`;
  });
  return new ShaderError(lines.join('\n'), { cause });
}
