/** `--host node`: trains in this process, the GPU through Dawn. */
import { join } from 'node:path';
import { nodeSource } from '../../data/node-source.ts';
import { installGpuGlobals, openNodeGpu } from '../node-gpu.ts';
import { root } from '../root.ts';
import type { TrainProgress, TrainReport, TrainRequest } from '../train-contract.ts';

export async function trainInNode(request: TrainRequest, onProgress: (progress: TrainProgress) => void): Promise<TrainReport> {
  await installGpuGlobals();
  // Only now: what it imports wants to see the globals.
  const { trainHere } = await import('../train-here.ts');
  const node = request.lanes.includes('gpu') ? await openNodeGpu({ software: false }) : null;
  try {
    const environment = { node: process.version, platform: `${process.platform} ${process.arch}` };
    return await trainHere(request, { gpu: node?.gpu, source: nodeSource(join(root, 'src', 'data', 'files')), environment }, onProgress);
  } finally {
    node?.close();
  }
}
