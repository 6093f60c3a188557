/** The model of a race as it is between two blocks, in a file; null where there is none. */
import type { Inspected } from '../inside/look.ts';
import { exportBytes } from './files.ts';
import type { ExportKind } from './kinds.ts';

export async function takeModel(race: Inspected | null, kind: ExportKind): Promise<Uint8Array<ArrayBuffer> | null> {
  const { loaded } = race ?? {};
  if (!race || !loaded) return null;
  const model = await race.visits.ask(async ({ trainer }) => ({
    ...loaded,
    parameters: await trainer.parameters(),
    steps: trainer.stepsDone,
    costs: await trainer.costs(0),
  }));
  return model && exportBytes(kind, model);
}
