/** The wasm lanes under Node. */
import { loadBinary, makeNodeThread } from '../../src/cli/wasm-node.ts';
import { WasmEngine, type WasmOptions } from '../../src/engine/cpu/wasm/engine.ts';

export const clock = (): number => performance.now();

/** @param threads 1 for the lane without a pool */
export function wasmEngine(threads: number, more: Partial<WasmOptions> = {}): WasmEngine {
  const pool = threads > 1 ? { count: threads, make: () => makeNodeThread() } : null;
  return new WasmEngine({ clock, breathe: () => undefined, load: loadBinary, threads: pool, ...more });
}
