/** WebAssembly as far as the lanes use it: the engine is compiled without the browser's names, and this one it needs. */

/** A compiled module; only handed on. */
export interface WasmModule {
  readonly [Symbol.toStringTag]?: string;
}

export interface WasmMemory {
  readonly buffer: ArrayBufferLike;
}

interface WebAssemblyFunctions {
  readonly validate: (bytes: Uint8Array<ArrayBuffer>) => boolean;
  readonly compile: (bytes: Uint8Array<ArrayBuffer>) => Promise<WasmModule>;
  readonly Memory: new (descriptor: { initial: number; maximum: number; shared: boolean }) => WasmMemory;
  readonly Instance: new (module: WasmModule, imports: { env: { memory: WasmMemory } }) => { readonly exports: unknown };
}

const { WebAssembly: functions } = globalThis as unknown as { readonly WebAssembly: WebAssemblyFunctions };

export const { validate, compile } = functions;

export function makeMemory(pages: number, shared: boolean): WasmMemory {
  return new functions.Memory({ initial: pages, maximum: pages, shared });
}

/** @returns the module's exports, whose types the caller knows */
export function instantiate(module: WasmModule, memory: WasmMemory): unknown {
  return new functions.Instance(module, { env: { memory } }).exports;
}
