/** Everything that can be opened: the files of `shaders/`, the exercises, their contracts and their twins. */
import { kernelTable, type KernelEntry, type KernelName } from '../../engine/gpu/kernel-table.ts';
import type { Contract } from './gate/contract.ts';
import { freeSizes } from './gate/sizes.ts';
import { contracts, contractsFor, shaderFiles } from './gate/table.ts';
import { lessons } from './lessons.ts';
import type { Catalogue, ContractInfo, KernelFile } from './protocol.ts';
import { twinSources } from './twin-sources.ts';

function infoOf(contract: Contract): ContractInfo {
  const { id, entryPoint, formula, twin, bindings, uniforms, sliders = {}, timed, files, feature = null } = contract;
  return {
    ...{ id, entryPoint, formula, twin, sliders, timed, feature },
    bindings: Object.entries(bindings).map(([key, kind]) => {
      const binding = Number(key);
      return { binding, kind, fields: Object.entries(uniforms[binding] ?? {}).map(([name, type]) => `${name}: ${type}`) };
    }),
    sizes: timed.map((shape) => freeSizes(contract, shape)),
    libraries: files.slice(0, -1).map(({ file }) => file),
  };
}

function textOf(file: string): string {
  for (const { files } of contracts) for (const one of files) if (one.file === file) return one.code;
  return '';
}

/** Kernels that no plan dispatches: the ceilings' and the Loss lab's. */
const besideTraining: readonly KernelName[] = ['copy', 'fma', 'loss-surface'];

const trainedBy: ReadonlySet<string> = new Set(
  Object.entries<KernelEntry>(kernelTable)
    .filter(([name]) => !besideTraining.some((other) => other === name))
    .flatMap(([, { source, libraries }]) => [source, ...libraries].map(({ file }) => file)),
);

/** Contracts of a file, of the tree or of an exercise. */
export function contractsOfFile(file: string): readonly Contract[] {
  const lesson = lessons.find(({ contract }) => contract.files.at(-1)?.file === file);
  return lesson ? [lesson.contract] : contractsFor(file);
}

export function catalogue(): Catalogue {
  const tree = shaderFiles.map((file): KernelFile => {
    const own = contractsFor(file);
    const kind = file.startsWith('lib/') ? 'shared' : own.some(({ draw }) => draw) ? 'drawn' : 'kernel';
    return { file, kind, text: textOf(file), contracts: own.map(infoOf), trains: trainedBy.has(file), solution: null };
  });
  const exercises = lessons.map(({ contract, solution }): KernelFile => {
    const { file = '', code = '' } = contract.files.at(-1) ?? {};
    return { file, kind: 'lesson', text: code, contracts: [infoOf(contract)], trains: false, solution };
  });
  return { files: [...tree, ...exercises], twins: twinSources };
}
