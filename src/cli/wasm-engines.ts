/** The CPU's fast engines in Node, from the folder where their binaries and the script of their threads lie. */
import { readFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { WasmEngine, type WasmOptions } from '../engine/cpu/wasm/engine.ts';
import { makeNodeThread } from './wasm-node.ts';

export function wasmEngines(folder: string, { clock, breathe }: Pick<WasmOptions, 'clock' | 'breathe'>): readonly WasmEngine[] {
  const load: WasmOptions['load'] = async (name) => new Uint8Array(await readFile(join(folder, `${name}.wasm`)));
  const threads = { count: availableParallelism(), make: () => makeNodeThread(join(folder, 'thread.mjs')) };
  return [null, threads].map((these) => new WasmEngine({ clock, breathe, load, threads: these }));
}
