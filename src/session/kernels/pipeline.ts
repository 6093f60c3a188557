/** A kernel's text compiled against its contract's bindings: a pipeline, or the compiler's complaints with their places. */
import { layoutEntry } from '../../engine/gpu/bindings.ts';
import { unlessLost } from '../../engine/gpu/loss.ts';
import { locate } from '../../engine/gpu/kernels.ts';
import type { SourceFile } from '../../engine/gpu/kernel-table.ts';
import type { Constants, Contract } from './gate/contract.ts';
import { guardLoops, guardWords, takenName, type GuardedCode, type GuardMode } from './guard.ts';
import type { Complaint } from './protocol.ts';
import { composeWithDirectives } from './switches.ts';

export type Compiled = Bound &
  ({ readonly computes: GPUComputePipeline; readonly draws?: never } | { readonly computes?: never; readonly draws: GPURenderPipeline });

interface Bound {
  readonly layout: GPUBindGroupLayout;
  /** Present in a guarded copy that has loops. */
  readonly guard: { readonly layout: GPUBindGroupLayout; readonly code: GuardedCode } | null;
}

export type CompileResult =
  | { readonly compiled: Compiled; readonly complaints: readonly Complaint[] }
  | { readonly compiled: null; readonly complaints: readonly Complaint[] };

/** One file's text in the place of what the tree has. */
export interface Edit {
  readonly file: string;
  readonly text: string;
}

export function filesOf(contract: Contract, edit: Edit | null): readonly SourceFile[] {
  return contract.files.map((file) => (edit && file.file === edit.file ? { file: file.file, code: edit.text } : file));
}

/** The module's messages, each with its file and its place there. */
export async function complaintsOf(device: GPUDevice, files: readonly SourceFile[]): Promise<readonly Complaint[]> {
  return messagesOf(device, moduleOf(device, composeWithDirectives(files)), files);
}

function moduleOf(device: GPUDevice, code: string): GPUShaderModule {
  // what is wrong with the code is asked for, and not to be told to the console as well
  device.pushErrorScope('validation');
  const module = device.createShaderModule({ label: 'edited kernel', code });
  device.popErrorScope().catch(() => null);
  return module;
}

async function messagesOf(device: GPUDevice, module: GPUShaderModule, files: readonly SourceFile[]): Promise<readonly Complaint[]> {
  const { messages } = await unlessLost(device, module.getCompilationInfo());
  return messages.map((message) => {
    const place = locate(files, Math.max(1, message.lineNum));
    const kind = message.type === 'error' ? 'error' : 'warning';
    return {
      kind,
      file: place.file,
      line: place.line,
      column: Math.max(1, message.linePos),
      length: message.length,
      words: message.message,
    };
  });
}

/** Dawn adds its own call stack, which says nothing to a reader. */
function plainWords(message: string): string {
  return message
    .split(/\n\s*- While /)[0]
    ?.replaceAll(/\[(ShaderModule|ComputePipeline|BindGroupLayout|PipelineLayout|Device) "([^"]*)"\]/g, '$2')
    .trim() as string;
}

function visibilityOf({ draw }: Contract): number {
  return draw ? GPUShaderStage.VERTEX | GPUShaderStage.FRAGMENT : GPUShaderStage.COMPUTE;
}

function layoutOf(device: GPUDevice, contract: Contract): GPUBindGroupLayout {
  return device.createBindGroupLayout({
    label: contract.id,
    entries: Object.entries(contract.bindings).map(([binding, kind]) => layoutEntry(Number(binding), kind, visibilityOf(contract))),
  });
}

export const pictureFormat = 'rgba8unorm';
export const depthFormat = 'depth24plus';

/** As `engine/gpu/loss-view.ts` draws it. */
const over: GPUBlendState = {
  color: { srcFactor: 'src-alpha', dstFactor: 'one-minus-src-alpha' },
  alpha: { srcFactor: 'one', dstFactor: 'one-minus-src-alpha' },
};

async function makePipeline(
  device: GPUDevice,
  { id: label, draw, entryPoint }: Contract,
  module: GPUShaderModule,
  layout: GPUPipelineLayout,
  constants: Constants,
): Promise<{ readonly computes: GPUComputePipeline } | { readonly draws: GPURenderPipeline }> {
  if (!draw) {
    const compute = { module, entryPoint, constants: { ...constants } };
    return { computes: await device.createComputePipelineAsync({ label, layout, compute }) };
  }
  const draws = await device.createRenderPipelineAsync({
    label,
    layout,
    vertex: { module, entryPoint: draw.vertex },
    fragment: {
      module,
      entryPoint: draw.fragment,
      targets: [draw.blends ? { format: pictureFormat, blend: over } : { format: pictureFormat }],
    },
    primitive: { topology: 'triangle-list' },
    depthStencil: { format: depthFormat, depthWriteEnabled: !draw.blends, depthCompare: 'less' },
  });
  return { draws };
}

/** @param guarded a copy that leaves loops without end; else the kernel as written */
export async function compile(
  device: GPUDevice,
  contract: Contract,
  files: readonly SourceFile[],
  constants: Constants,
  guarded: boolean,
): Promise<CompileResult> {
  if (!guarded) return compileCode(device, contract, files, constants, null);
  const code = composeWithDirectives(files);
  const taken = takenName(code);
  if (taken) {
    const words = `the guard against loops without end needs the name ${taken.name}: choose another one here`;
    const complaint = { kind: 'error', ...locate(files, taken.line), column: 1, length: 0, words } as const;
    return { compiled: null, complaints: [complaint] };
  }
  // counters that differ from thread to thread are too much for some kernels
  const modes: readonly GuardMode[] = ['free', 'summed', 'apart'];
  let result: CompileResult = { compiled: null, complaints: [] };
  for (const mode of modes) {
    result = await compileCode(device, contract, files, constants, guardLoops(code, mode));
    if (result.compiled) break;
  }
  return result;
}

async function compileCode(
  device: GPUDevice,
  contract: Contract,
  files: readonly SourceFile[],
  constants: Constants,
  guarded: GuardedCode | null,
): Promise<CompileResult> {
  const module = moduleOf(device, guarded?.code ?? composeWithDirectives(files));
  const label = contract.id;
  const layout = layoutOf(device, contract);
  // nothing is written from where vertices are placed: a loop there cannot be guarded, and so does not run
  const visibility = contract.draw ? GPUShaderStage.FRAGMENT : GPUShaderStage.COMPUTE;
  const guardLayout =
    guarded && guardWords(guarded) > 1
      ? device.createBindGroupLayout({
          label: 'guard',
          entries: [
            { binding: 0, visibility, buffer: { type: 'storage' } },
            { binding: 1, visibility, buffer: { type: 'uniform' } },
          ],
        })
      : null;
  const bindGroupLayouts = guardLayout ? [layout, guardLayout] : [layout];
  const [messages, made] = await Promise.all([
    messagesOf(device, module, files),
    unlessLost(device, makePipeline(device, contract, module, device.createPipelineLayout({ label, bindGroupLayouts }), constants)).then(
      (pipeline) => ({ pipeline }),
      (error: unknown) => ({ error: error instanceof Error ? error : new Error(String(error)) }),
    ),
  ]);
  if ('pipeline' in made) {
    return {
      complaints: messages,
      compiled: { ...made.pipeline, layout, guard: guarded && guardLayout ? { layout: guardLayout, code: guarded } : null },
    };
  }
  if (made.error.name === 'DeviceLostError') throw made.error;
  if (messages.some(({ kind }) => kind === 'error')) return { compiled: null, complaints: messages };
  const file = files.at(-1)?.file ?? '';
  return {
    compiled: null,
    complaints: [...messages, { kind: 'error', file, line: 0, column: 0, length: 0, words: plainWords(made.error.message) }],
  };
}
