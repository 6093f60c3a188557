/** Mutants that no input can tell from the kernel, and why. */
import type { Mutant } from './mutants.ts';

interface Equivalent {
  readonly file: string;
  /** The changed line. */
  readonly after: string;
  readonly why: string;
}

const equivalents: readonly Equivalent[] = [
  { file: 'gather.wgsl', after: 'if (local == 1u) {', why: 'one thread of the workgroup copies y; which one does not matter' },
];

export function reasonFor({ file, after }: Mutant): string | null {
  return equivalents.find((known) => known.file === file && known.after === after)?.why ?? null;
}
