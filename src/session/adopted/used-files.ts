/** From the kernels that a trainer runs to those of their files that were edited. */
import type { Trainer } from '../../engine/contract.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { kernelTable, type KernelEntry } from '../../engine/gpu/kernel-table.ts';
import { filesOf, type Edits } from '../../engine/gpu/kernels.ts';
import { GpuTrainer } from '../../engine/gpu/trainer.ts';
import type { EditedUse } from './protocol.ts';

function editedIn(names: Iterable<string>, edits: Edits): readonly string[] {
  const table: Readonly<Record<string, KernelEntry>> = kernelTable;
  const files = [...names].flatMap((name) => (table[name] ? filesOf(table[name], {}).map(({ file }) => file) : []));
  return [...new Set(files)].filter((file) => file in edits).sort();
}

/** Edited files that this engine has turned into modules, whatever for. */
export function compiledEdits({ kernels, edits }: GpuEngine): readonly string[] {
  return editedIn(kernels.modules.keys(), edits);
}

/** Edited files that this trainer runs. */
export function editedUse(trainer: Trainer, edits: Edits): EditedUse {
  if (!(trainer instanceof GpuTrainer)) return { steps: [], beside: [] };
  // a use is named by kernel and entry point
  const steps = editedIn(
    trainer.plan.kernels.map(({ kernel }) => kernel.split(' ')[0] ?? ''),
    edits,
  );
  return { steps, beside: editedIn(trainer.kernels, edits).filter((file) => !steps.includes(file)) };
}
