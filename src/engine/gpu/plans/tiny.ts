/** The tiny plan: a whole problem in one workgroup, and many steps in one dispatch, with barriers between them. */
import type { Problem } from '../../contract.ts';
import { batchSizeOf, lossName } from '../../layout.ts';
import { stepWork } from '../../work.ts';
import { kernelUses } from '../dispatch.ts';
import { wholeBuffer } from '../features.ts';
import { lossCodes } from '../kernel-table.ts';
import { hasOneOutput } from './one-output.ts';
import { optimizerValues } from './optimizer-values.ts';
import type { ParameterPlace, Prepared, StepPlan } from './plan.ts';

/**
 * Threads of the one workgroup. A software GPU does four at a time on one core, and compiles the clearing of workgroup memory,
 * of which each thread has its share, word by word.
 */
const threads = { hardware: 64, software: 16 } as const;
/** Its sums, for each thread, must fit 16 KB of workgroup memory. */
const mostFeatures = 4096 / threads.hardware - 2;
/** Beyond this one workgroup is no match for many. */
const mostExamples = 4096;
const mostStepsInDispatch = 2048;
/** A dispatch costs as much as many such steps. */
const leastStepsInDispatch = 100;

/** One output, few features, few examples, all of them in every step. */
export function tinyFits(problem: Problem): boolean {
  const { n, m } = problem.train.x;
  return hasOneOutput(problem) && n <= mostFeatures && m <= mostExamples && batchSizeOf(problem) === m;
}

export async function tinyPlan(prepared: Prepared): Promise<StepPlan> {
  const { problem, layout, trace, maker, arena, x, y, ringSize } = prepared;
  const { n } = problem.train.x;
  const workgroupSize = threads[maker.software ? 'software' : 'hardware'];
  const section = n + 1;
  const model = arena.storage('model', 4 * section * 4);
  const folded = arena.storage('folded model', section * 4);
  const scaling = arena.filled('scaling', n * 8, (bytes) => {
    const pairs = new Float32Array(bytes);
    for (let k = 0; k < n; k++) pairs.set([problem.scaling.scale[k] ?? 1, problem.scaling.shift[k] ?? 0], 2 * k);
  });
  const steps = arena.uniform('steps of a dispatch', Uint32Array.of(1).buffer);
  const shape = { examples: x.m, features: n, stride: x.stride, kind: lossCodes[lossName(problem.model)], ringSize };
  const dispatch = await maker.make({
    kernel: `tiny/${x.storage}`,
    entryPoint: 'main',
    segment: 'fused-step',
    bindings: { 0: shape, 1: wholeBuffer(x), 2: optimizerValues(problem), 3: y, 4: model, 5: scaling, 6: trace, 7: steps },
    groups: [1, 1, 1],
    constants: { workgroupSize, sums: workgroupSize * (n + 2) },
  });
  // evaluation reads folded weights from a buffer of their own
  const refold = [
    await maker.make({
      kernel: 'fold',
      entryPoint: 'weights',
      segment: 'fused-step',
      bindings: { 0: { units: 1, inputs: n }, 1: model, 2: scaling, 3: folded },
      groups: [1, 1, 1],
    }),
    await maker.make({
      kernel: 'fold',
      entryPoint: 'biases',
      segment: 'fused-step',
      bindings: { 0: { units: 1, inputs: n }, 1: model, 2: scaling, 3: folded },
      groups: [1, 1, 1],
    }),
  ];
  const place = (index: number): ParameterPlace => ({
    buffer: model,
    layers: [{ weightsAt: index * section, biasesAt: index * section + n }],
  });
  const { kind } = problem.optimizer;
  return {
    info: {
      name: 'tiny',
      segments: ['fused-step'],
      kernels: kernelUses([dispatch]),
      dispatchesPerStep: 1 / leastStepsInDispatch,
      ...stepWork(problem, layout, 1),
    },
    dispatches: [dispatch],
    parameters: place(0),
    gradient: place(1),
    moment1: kind === 'gradient-descent' ? null : place(2),
    moment2: kind === 'adam' ? place(3) : null,
    folded: null,
    forward: [{ buffer: folded, weightsAt: 0, biasesAt: n }],
    refold,
    renewX: null,
    mutable: [model, trace],
    counted: { steps, least: leastStepsInDispatch, most: mostStepsInDispatch },
  };
}
