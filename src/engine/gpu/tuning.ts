/** What a tuner may choose: a plan, and sizes inside it. */
import type { GpuPlanName, PlanName } from '../contract.ts';

const gpuPlans: readonly string[] = ['layered', 'two-pass', 'one-pass', 'tiny'] satisfies readonly GpuPlanName[];

export function isGpuPlan(name: PlanName): name is GpuPlanName {
  return gpuPlans.includes(name);
}

/** What may be tuned inside a plan; left out, the plan decides by the shape. */
export interface PlanTuning {
  /** Threads that share an example or a slice of features (two-pass): a power of two up to 64. */
  readonly lanes?: number;
  /** Workgroups with barriers, and so partial gradients (one-pass). */
  readonly groups?: number;
  /** Which of the tiled matmuls (layered). */
  readonly matmul?: MatmulTiles;
}

/**
 * `tiled`: 4 × 4 sums a thread, operands by way of workgroup memory; `tiled-wide`: 8 × 4 of them; `register`: 8 × 4 and no
 * workgroup memory; `quad`: the same, four threads of a subgroup reading for each other.
 */
export type MatmulTiles = 'tiled' | 'tiled-wide' | 'register' | 'quad';

export interface Candidate {
  readonly plan: GpuPlanName;
  readonly tuning: PlanTuning;
}
