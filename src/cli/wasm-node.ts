/** What the wasm lanes need of Node: binaries from the disk and threads from `worker_threads`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { BinaryName } from '../engine/cpu/wasm/binaries.ts';
import type { Thread } from '../engine/cpu/wasm/pool.ts';
import type { ThreadNews } from '../engine/cpu/wasm/thread.ts';
import { cacheFolder } from './root.ts';

const folder = join(cacheFolder, 'wasm');

export async function loadBinary(name: BinaryName): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await readFile(join(folder, `${name}.wasm`)));
}

/** @param script another script than the usual one, for tests */
export function makeNodeThread(script: string = join(folder, 'thread.mjs')): Thread {
  const worker = new Worker(script);
  return {
    send: (order) => worker.postMessage(order),
    listen: (receive, fail) => {
      worker.on('message', (news: ThreadNews) => receive(news));
      worker.on('error', (error) => fail(error instanceof Error ? error.message : String(error)));
      worker.on('exit', (code) => fail(`it left with code ${code}`));
    },
    terminate: () => void worker.terminate(),
  };
}
