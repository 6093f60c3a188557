/** Trains in this process, page or Node: what both hosts hand to `session`. */
import type { ByteSource } from '../data/dataset.ts';
import type { TrainProgress, TrainReport, TrainRequest } from './train-contract.ts';

export interface Surroundings {
  readonly gpu: GPU | undefined;
  readonly source: ByteSource;
  readonly environment: Readonly<Record<string, unknown>>;
}

export function trainHere(
  _request: TrainRequest,
  _surroundings: Surroundings,
  _onProgress: (progress: TrainProgress) => void,
): Promise<TrainReport> {
  return Promise.reject(new Error('Training from a terminal does not work yet.'));
}
