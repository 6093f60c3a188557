/** jax-js as two lanes, `jax-webgpu` and `jax-wasm` (threads where the page is isolated). */
import { blockUntilReady, defaultDevice, init, jit, nn, numpy as np } from '@jax-js/jax';
import { kernelWork } from '../../src/session/bench/lanes.ts';
import type { BenchLane, LaneAnswer, PreparedLane, TrainWorkload, Workload, WorkloadInput } from '../../src/session/bench/workload.ts';
import { answeredSteps } from '../../src/session/bench/workload.ts';
import { fastestFormulation } from './formulation.ts';
import { floatsOf, jaxFormulations } from './jax-training.ts';

type Backend = 'webgpu' | 'wasm';

/** Work is queued for so many steps before it is waited for: the library's reference advises not to queue too much. */
const stepsInFlight = 64;
const resultsInFlight = 16;

async function training(device: Backend, workload: TrainWorkload, input: WorkloadInput): Promise<PreparedLane> {
  const formulation = await fastestFormulation(jaxFormulations(device), workload, input);
  const peer = formulation.begin(workload, input);
  return {
    kernels: [],
    plan: formulation.name,
    bytesPerStep: 0,
    flopsPerStep: 0,
    dispatchesPerStep: device === 'wasm' ? 0 : null,
    async answer() {
      defaultDevice(device);
      for (let step = 0; step < answeredSteps; step++) peer.step();
      await peer.settle();
      return peer.answer();
    },
    async run(steps) {
      defaultDevice(device);
      for (let step = 1; step <= steps; step++) {
        peer.step();
        if (step % stepsInFlight === 0) await peer.settle();
      }
      await peer.settle();
    },
    dispose() {
      peer.dispose();
    },
  };
}

function kernel(device: Backend, workload: Exclude<Workload, TrainWorkload>, input: WorkloadInput): PreparedLane {
  const x = Float32Array.from(input.x);
  const shape = workload.kind === 'matmul' ? [workload.size, workload.size] : [workload.count];
  const a = np.array(x, { shape, device });
  const b = workload.kind === 'matmul' ? np.array(input.y, { shape, device }) : null;
  const product = jit(np.matmul);
  const sigmoid = jit(nn.sigmoid);
  const once = (): np.Array => (b === null ? sigmoid(a.ref) : product(a.ref, b.ref));
  return {
    kernels: [],
    plan: workload.kind === 'matmul' ? 'jit, matmul' : 'jit, sigmoid',
    ...kernelWork(workload),
    dispatchesPerStep: device === 'wasm' ? 0 : null,
    async answer(): Promise<LaneAnswer> {
      defaultDevice(device);
      return { cost: null, values: await floatsOf(once()) };
    },
    async run(steps) {
      defaultDevice(device);
      // A result that nobody waits for is never computed, so every one is waited for, some at a time.
      for (let done = 0; done < steps; done += resultsInFlight) {
        const results = Array.from({ length: Math.min(resultsInFlight, steps - done) }, once);
        await blockUntilReady(results);
        for (const result of results) result.dispose();
      }
    },
    dispose() {
      a.dispose();
      b?.dispose();
      product.dispose();
      sigmoid.dispose();
    },
  };
}

export function jaxLane(device: Backend): BenchLane {
  return {
    name: `jax-${device}`,
    kind: device === 'wasm' ? 'cpu' : 'gpu',
    peer: true,
    async prepare(workload, input) {
      const started = await init(device);
      if (!started.includes(device)) throw new Error(`jax-js could not start its ${device} device`);
      defaultDevice(device);
      return workload.kind === 'train' ? training(device, workload, input) : kernel(device, workload, input);
    },
  };
}
