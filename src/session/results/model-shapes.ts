/** Names and shapes that the schemas of several kinds of results share: engines, plans, layers, how features are stored. */
import type { HiddenLayer, LaneName, PlanName } from '../../engine/contract.ts';
import { costNames, hiddenActivations, optimizerNames, outputActivations, ranges } from '../settings.ts';
import { list, oneOf, shape, wholeBetween, type Reader } from './shapes.ts';

/** Every name of a type: one that is left out, or one too many, does not compile. */
export function namesOf<T extends string>(table: Readonly<Record<T, true>>): readonly T[] {
  return Object.keys(table) as T[];
}

export const laneName = oneOf(
  namesOf<LaneName>({ gpu: true, wasm: true, 'wasm-threads': true, reference: true, 'reference-float64': true }),
);

export const planName = oneOf(
  namesOf<PlanName>({
    layered: true,
    'two-pass': true,
    'one-pass': true,
    tiny: true,
    reference: true,
    'wasm-one-pass': true,
    'wasm-layered': true,
  }),
);

export const storage = oneOf(['uint8', 'float32']);
export const output = oneOf(outputActivations);
export const cost = oneOf(costNames);
export const optimizer = oneOf(optimizerNames);
export const seed = wholeBetween(...ranges.seed);

export const hiddenLayers: Reader<readonly HiddenLayer[]> = list(
  shape<HiddenLayer>({ units: wholeBetween(...ranges.units), activation: oneOf(hiddenActivations) }),
);
