/** What a plan hands to the trainer: the dispatches of one step, and where on the GPU its parameters and costs are. */
import type { Problem, PlanInfo } from '../../contract.ts';
import type { ParameterLayout } from '../../layout.ts';
import type { Arena } from '../arena.ts';
import type { PlanTuning } from '../tuning.ts';
import type { Dispatch, DispatchMaker } from '../dispatch.ts';
import type { Features } from '../features.ts';

/** In floats from the start of a buffer. */
export interface LayerPlace {
  readonly weightsAt: number;
  readonly biasesAt: number;
  /** From a unit's weights to the next unit's; left out, they lie one behind the other. */
  readonly rowLength?: number;
}

/** Where one row of parameters (values, gradient, or a moment) lies, layer by layer, in floats from the start of a buffer. */
export interface ParameterPlace {
  readonly buffer: GPUBuffer;
  readonly layers: readonly LayerPlace[];
}

/** Everything of a problem that is on the GPU already and that all plans share. */
export interface Prepared {
  readonly problem: Problem;
  readonly layout: ParameterLayout;
  readonly arena: Arena;
  readonly maker: DispatchMaker;
  /** The whole training part. */
  readonly x: Features;
  readonly y: GPUBuffer;
  /** What a step works on: the whole part, or the gathered batch. */
  readonly batchX: Features;
  readonly batchY: GPUBuffer;
  /** Brings the batch together; empty when the batch is the whole part. */
  readonly gather: readonly Dispatch[];
  /** Steps done, penalties and the ring of costs: `lib/trace.wgsl`. */
  readonly trace: GPUBuffer;
  readonly ringSize: number;
  readonly tuning: PlanTuning;
  /** Most bytes of X in one buffer. */
  readonly shardBytes: number;
}

export interface StepPlan {
  readonly info: PlanInfo;
  /** One step. */
  readonly dispatches: readonly Dispatch[];
  readonly parameters: ParameterPlace;
  readonly gradient: ParameterPlace;
  readonly moment1: ParameterPlace | null;
  readonly moment2: ParameterPlace | null;
  /** What a forward pass multiplies raw values with: the first layer with scaling inside, the others as they are. */
  readonly forward: readonly (LayerPlace & { readonly buffer: GPUBuffer })[];
  /** A copy of the parameters with the scaling folded in that only a step renews: to be written along with them. */
  readonly folded: ParameterPlace | null;
  /** To be done before `forward` can be relied on, after parameters were written or a step changed them. */
  readonly refold: readonly Dispatch[];
  /** Brings X anew to where the plan keeps it a second time, after it was written; null where it does not. */
  readonly renewX: (() => void) | null;
  /** Buffers that a step changes and that matter to the next one. */
  readonly mutable: readonly GPUBuffer[];
  /** Where one dispatch does as many steps as a uniform says: that uniform, and the fewest and the most that it should say. */
  readonly counted: { readonly steps: GPUBuffer; readonly least: number; readonly most: number } | null;
}

/** Bytes of the trace in front of its ring. */
export const traceHeaderBytes = 4 * (4 + 16);
