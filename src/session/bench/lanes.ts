/** Our own lanes of a benchmark: every engine, for training, and the single kernels where an engine has them. */
import type { Engine, Trainer } from '../../engine/contract.ts';
import { WasmEngine } from '../../engine/cpu/wasm/engine.ts';
import { GpuEngine } from '../../engine/gpu/engine.ts';
import { SingleKernel } from '../../engine/gpu/single-kernel.ts';
import { sigmoid } from '../../math/activations.ts';
import { problemOf } from './input.ts';
import { NoTimeError } from './reason.ts';
import { tunedPlan, tunedTiles, type TuneWith } from './tuned.ts';
import { answeredSteps } from './workload.ts';
import type { BenchLane, LaneAnswer, MatmulWorkload, PreparedLane, TrainWorkload, Workload, WorkloadInput } from './workload.ts';

/**
 * A lane of one of our engines.
 * @param tuneWith what a search for the best plan takes; left out, there is none
 */
export function engineLane(engine: Engine, seed: number, tuneWith: TuneWith | null = null): BenchLane {
  return {
    name: engine.name,
    kind: engine.kind,
    peer: false,
    prepare(workload, input) {
      if (workload.kind === 'train') return trainingLane(engine, workload, input, seed, tuneWith);
      if (engine instanceof GpuEngine) return kernelLane(engine, workload, input, tuneWith);
      if (engine instanceof WasmEngine) return wasmKernelLane(engine, workload, input);
      if (engine.name === 'reference') return Promise.resolve(plainLane(workload, input));
      return Promise.reject(new NoTimeError('no-such-kernel'));
    },
  };
}

async function trainingLane(
  engine: Engine,
  workload: TrainWorkload,
  input: WorkloadInput,
  seed: number,
  tuneWith: TuneWith | null,
): Promise<PreparedLane> {
  const problem = problemOf(workload, input, seed);
  let searchMs = 0;
  let trainer: Trainer;
  if (engine instanceof GpuEngine) {
    const asked = workload.plan ?? null;
    const tuned = asked === null && tuneWith ? await tunedPlan(engine, problem, tuneWith) : null;
    searchMs = tuned?.searchMs ?? 0;
    trainer = await engine.prepare(problem, undefined, tuned?.choice ?? asked ?? 'auto');
  } else {
    trainer = await engine.prepare(problem);
  }
  return {
    searchMs,
    plan: trainer.plan.name,
    kernels: trainer.plan.kernels,
    bytesPerStep: trainer.plan.bytesPerStep,
    flopsPerStep: trainer.plan.flopsPerStep,
    dispatchesPerStep: trainer.plan.dispatchesPerStep,
    async answer(): Promise<LaneAnswer> {
      await trainer.step(answeredSteps);
      const last = (await trainer.costs(answeredSteps - 1)).at(-1);
      return { cost: last?.cost ?? Number.NaN, values: await trainer.parameters() };
    },
    rouse: () => trainer.rouse?.(),
    run: (steps) => trainer.step(steps),
    transfer: () => trainer.transfer(),
    dispose: () => {
      trainer.dispose();
    },
  };
}

/** Work of the single kernels: operands and result each moved once. */
export function kernelWork(workload: Exclude<Workload, TrainWorkload>): { readonly bytesPerStep: number; readonly flopsPerStep: number } {
  if (workload.kind === 'matmul') return { bytesPerStep: 3 * 4 * workload.size ** 2, flopsPerStep: 2 * workload.size ** 3 };
  return { bytesPerStep: 2 * 4 * workload.count, flopsPerStep: 0 };
}

async function kernelLane(
  engine: GpuEngine,
  workload: Exclude<Workload, TrainWorkload>,
  input: WorkloadInput,
  tuneWith: TuneWith | null,
): Promise<PreparedLane> {
  const x = Float32Array.from(input.x);
  const tuned = tuneWith && workload.kind === 'matmul' ? await tunedTiles(engine, workload, input, tuneWith) : null;
  const kernel =
    workload.kind === 'matmul'
      ? await SingleKernel.matmul(engine.maker(tuned?.choice), x, input.y, workload.size)
      : await SingleKernel.sigmoid(engine.maker(), x);
  return {
    searchMs: tuned?.searchMs ?? 0,
    plan: kernel.label,
    kernels: kernel.uses,
    ...kernelWork(workload),
    dispatchesPerStep: 1,
    async answer(): Promise<LaneAnswer> {
      await kernel.run(1);
      return { cost: null, values: await kernel.result() };
    },
    run: (steps) => kernel.run(steps),
    dispose: () => {
      kernel.dispose();
    },
  };
}

async function wasmKernelLane(engine: WasmEngine, workload: Exclude<Workload, TrainWorkload>, input: WorkloadInput): Promise<PreparedLane> {
  const x = Float32Array.from(input.x);
  const kernel = await (workload.kind === 'matmul' ? engine.matmul(x, input.y, workload.size) : engine.sigmoid(x));
  return {
    plan: kernel.label,
    kernels: kernel.uses,
    ...kernelWork(workload),
    dispatchesPerStep: 0,
    async answer(): Promise<LaneAnswer> {
      await kernel.run(1);
      return { cost: null, values: kernel.result() };
    },
    rouse: () => {
      kernel.rouse();
    },
    run: (steps) => kernel.run(steps),
    dispose: () => {
      kernel.dispose();
    },
  };
}

/** Plain TypeScript, what a tutorial writes, but with the loops in the order that memory likes. */
function plainLane(workload: Exclude<Workload, TrainWorkload>, input: WorkloadInput): PreparedLane {
  const x = Float32Array.from(input.x);
  const out = new Float32Array(x.length);
  const once = workload.kind === 'matmul' ? (): void => multiply(workload, x, input.y, out) : (): void => squash(x, out);
  return {
    plan: 'plain',
    kernels: [],
    ...kernelWork(workload),
    dispatchesPerStep: 0,
    answer(): Promise<LaneAnswer> {
      once();
      return Promise.resolve({ cost: null, values: out });
    },
    run(steps): Promise<void> {
      for (let step = 0; step < steps; step++) once();
      return Promise.resolve();
    },
    dispose(): void {
      // Arrays go with the closure.
    },
  };
}

function multiply({ size }: MatmulWorkload, a: Float32Array, b: Float32Array, c: Float32Array): void {
  c.fill(0);
  for (let i = 0; i < size; i++) {
    for (let k = 0; k < size; k++) {
      const factor = a[i * size + k] as number;
      for (let j = 0; j < size; j++)
        c[i * size + j] = Math.fround((c[i * size + j] as number) + Math.fround(factor * (b[k * size + j] as number)));
    }
  }
}

function squash(z: Float32Array, a: Float32Array): void {
  for (let i = 0; i < z.length; i++) a[i] = sigmoid(z[i] as number);
}
