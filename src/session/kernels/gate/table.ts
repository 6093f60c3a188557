/** Every record of the gate, and which of them a file of `shaders/` has to pass. */
import { arrayContracts } from './arrays.ts';
import type { Contract } from './contract.ts';
import { costContracts } from './costs.ts';
import { drawnContracts } from './drawn.ts';
import { layerContracts } from './layers.ts';
import { matmulContracts } from './matmul.ts';
import { oneOutputContracts } from './one-output.ts';

export const contracts: readonly Contract[] = [
  ...matmulContracts,
  ...arrayContracts,
  ...costContracts,
  ...layerContracts,
  ...oneOutputContracts,
  ...drawnContracts,
];

/** Files by path below `shaders/`, kernels first. */
export const shaderFiles: readonly string[] = [
  ...new Set([
    ...contracts.map(({ files }) => files.at(-1)?.file ?? ''),
    ...contracts.flatMap(({ files }) => files.map(({ file }) => file)),
  ]),
];

/** What a file has to pass: all of its own entry points; of a shared file, those of the kernels that it serves, each once. */
export function contractsFor(file: string): readonly Contract[] {
  const own = contracts.filter(({ files }) => files.at(-1)?.file === file);
  if (own.length > 0) return own;
  const hosts = new Map<string, Contract>();
  for (const contract of contracts) {
    const key = `${contract.files.at(-1)?.file ?? ''} ${contract.entryPoint}`;
    if (contract.files.some((one) => one.file === file) && !hosts.has(key)) hosts.set(key, contract);
  }
  return [...hosts.values()];
}
