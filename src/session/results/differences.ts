/** In what the places differ where results were taken: one row for each thing that is not the same everywhere. Pure. */
import type { Environment } from '../environment.ts';

export const environmentKeys = [
  ...(['adapter', 'software', 'browser', 'host', 'platform', 'logicalCores', 'crossOriginIsolated'] as const),
  ...(['simd', 'relaxedSimd', 'threads', 'clockResolutionMs', 'readBackFloorMs', 'build', 'editedKernels'] as const),
];

export type EnvironmentKey = (typeof environmentKeys)[number];

/** Values as they stand in the file; flags and numbers as such, so that whoever shows them finds the words. */
export type EnvironmentValue = string | number | boolean | null;

export interface Difference {
  readonly key: EnvironmentKey;
  /** In the order of the environments. */
  readonly values: readonly EnvironmentValue[];
}

function adapterText({ adapter }: Environment): string | null {
  return adapter && [adapter.vendor, adapter.architecture, adapter.description].filter((part) => part !== '').join(', ');
}

function valueOf(environment: Environment, key: EnvironmentKey): EnvironmentValue {
  switch (key) {
    case 'adapter':
      return adapterText(environment);
    case 'software':
      return environment.adapter && environment.adapter.software;
    case 'simd':
    case 'relaxedSimd':
    case 'threads':
      return environment.wasm[key];
    case 'clockResolutionMs':
    case 'readBackFloorMs': {
      // two digits: what is measured anew in each run is never quite the same
      const ms = environment[key];
      return ms === null ? null : Number(ms.toPrecision(2));
    }
    case 'editedKernels':
      return environment.editedKernels?.map(({ file, hash }) => `${file} (${hash})`).join(', ') ?? null;
    default:
      return environment[key];
  }
}

export function environmentDifferences(environments: readonly Environment[]): readonly Difference[] {
  return environmentKeys
    .map((key) => ({ key, values: environments.map((one) => valueOf(one, key)) }))
    .filter(({ values }) => values.some((value) => value !== values[0]));
}
