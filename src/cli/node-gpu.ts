/**
 * WebGPU in Node, by way of Dawn (package `webgpu`): the globals that WebGPU code expects, a GPU on the system's own
 * driver or on the software one, and an end that lets Node exit. What is done with the adapter is the caller's.
 */
import { findSoftwareVulkan } from './vulkan-driver.ts';

export interface NodeGpu {
  readonly gpu: GPU;
  readonly adapter: GPUAdapter;
  /** Drops the GPU; Node does not exit while one is held. Destroy the devices first. */
  close(): void;
}

/** Thrown where Node finds no GPU, not even a software one. */
export class NoNodeGpuError extends Error {
  override readonly name = 'NoNodeGpuError';

  constructor(reason: string) {
    super(
      `There is no WebGPU adapter in Node: ${reason}. Install Chromium (it brings a software GPU) and libvulkan1, or use --host browser.`,
    );
  }
}

/**
 * Puts `GPUBufferUsage`, `GPUShaderStage` and their like on `globalThis`, and a stand-in for `Float16Array` where Node
 * has none (`webgpu-utils` wants to see one when it is imported). Call it before importing `engine/gpu`.
 */
export async function installGpuGlobals(): Promise<void> {
  const { globals } = await import('webgpu');
  Object.assign(globalThis, globals);
  if (!('Float16Array' in globalThis)) {
    Object.defineProperty(globalThis, 'Float16Array', { value: class Float16Array extends Uint16Array {}, configurable: true });
  }
}

/** @param toggles Dawn's own switches, each `enable-dawn-features=NAME` */
async function tryGpu(toggles: readonly string[]): Promise<{ readonly gpu: GPU; readonly adapter: GPUAdapter } | null> {
  const { create } = await import('webgpu');
  const gpu = create([...toggles]);
  const adapter = await gpu.requestAdapter({ powerPreference: 'high-performance' });
  return adapter === null ? null : { gpu, adapter };
}

/**
 * SwiftShader compiles the clearing of workgroup memory to one store a word, which takes ten times as long as the rest
 * of a kernel. Tests do without it, and so see too whether a kernel writes what it reads there.
 */
const testToggles = ['enable-dawn-features=disable_workgroup_init'];

/**
 * Opens a GPU. `software` is for tests: where the environment names no Vulkan driver, it takes SwiftShader at once, so
 * that they see the same processor everywhere; otherwise that is the last resort.
 * @throws NoNodeGpuError
 */
export async function openNodeGpu(how: { readonly software: boolean }): Promise<NodeGpu> {
  await installGpuGlobals();
  const driver =
    process.env['VK_ICD_FILENAMES'] === undefined && process.env['VK_DRIVER_FILES'] === undefined ? findSoftwareVulkan() : null;
  const toggles = how.software ? testToggles : [];
  let opened: { readonly gpu: GPU; readonly adapter: GPUAdapter } | null = null;
  if (!how.software || driver === null) opened = await tryGpu(toggles);
  if (opened === null && driver !== null) {
    process.env['VK_ICD_FILENAMES'] = driver;
    opened = await tryGpu(toggles);
  }
  if (opened === null) throw new NoNodeGpuError(driver === null ? 'no software driver was found either' : `not with ${driver} either`);
  const held: { gpu: GPU | null } = { gpu: opened.gpu };
  const { adapter } = opened;
  return {
    get gpu(): GPU {
      if (held.gpu === null) throw new NoNodeGpuError('this one was closed');
      return held.gpu;
    },
    adapter,
    close() {
      held.gpu = null;
    },
  };
}

/** The GPU that there is; where there is none, the reason goes to standard error. */
export async function gpuOrNone(): Promise<NodeGpu | null> {
  try {
    return await openNodeGpu({ software: false });
  } catch (error) {
    if (!(error instanceof NoNodeGpuError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}
