/** What a tuner may choose: a plan, and sizes inside it. Only types. */
import type { GpuPlanName } from '../contract.ts';

/** What may be tuned inside a plan; left out, the plan decides by the shape. */
export interface PlanTuning {
  /** Threads that share an example or a slice of features (two-pass): a power of two up to 64. */
  readonly lanes?: number;
  /** Workgroups, and so partial gradients (one-pass). */
  readonly groups?: number;
  /** Which of the tiled matmuls (layered). */
  readonly matmul?: 'tiled' | 'register';
}

export interface Candidate {
  readonly plan: GpuPlanName;
  readonly tuning: PlanTuning;
}
