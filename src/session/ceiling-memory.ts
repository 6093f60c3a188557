/** The ceilings of the machine, kept for as long as the session lives: they are no race's. */
import type { Ceilings, Rates } from './protocol.ts';

export class CeilingMemory {
  /** undefined: not measured yet; null: cannot be had. */
  gpu: Rates | null | undefined;
  cpu: Ceilings['cpu'] | undefined;
}
