/**
 * TensorFlow.js as two lanes, `tfjs-webgpu` and `tfjs-wasm` (SIMD, and threads where the page is isolated). The library
 * holds one backend at a time: a lane puts its own in before it computes.
 */
import * as tf from '@tensorflow/tfjs-core';
import '@tensorflow/tfjs-backend-webgpu';
import { getThreadsCount, setThreadsCount, setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import plainWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm.wasm?url';
import simdWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-simd.wasm?url';
import threadedWasm from '@tensorflow/tfjs-backend-wasm/dist/tfjs-backend-wasm-threaded-simd.wasm?url';
import { kernelWork } from '../../src/session/bench/lanes.ts';
import type { BenchLane, LaneAnswer, PreparedLane, TrainWorkload, Workload, WorkloadInput } from '../../src/session/bench/workload.ts';
import { answeredSteps } from '../../src/session/bench/workload.ts';
import { fastestFormulation } from './formulation.ts';
import { tfjsFormulations } from './tfjs-training.ts';

type Backend = 'webgpu' | 'wasm';

/** The library's pool has this many threads at the most. That version 4.22 then uses one, whatever is set, is its issue 8513. */
const mostThreads = 8;

setThreadsCount(Math.min(mostThreads, navigator.hardwareConcurrency));
setWasmPaths({
  'tfjs-backend-wasm.wasm': plainWasm,
  'tfjs-backend-wasm-simd.wasm': simdWasm,
  'tfjs-backend-wasm-threaded-simd.wasm': threadedWasm,
});

async function use(backend: Backend): Promise<void> {
  if (tf.getBackend() === backend) return;
  // Where its start fails the library only says so on the console.
  if (!(await tf.setBackend(backend))) throw new Error(`TensorFlow.js could not start its ${backend} backend`);
  await tf.ready();
}

function planName(backend: Backend, name: string): string {
  if (backend === 'webgpu') return name;
  const threads = getThreadsCount();
  return `${name}; ${threads} ${threads === 1 ? 'thread' : 'threads'}`;
}

async function training(backend: Backend, workload: TrainWorkload, input: WorkloadInput): Promise<PreparedLane> {
  const formulation = await fastestFormulation(tfjsFormulations, workload, input);
  const peer = formulation.begin(workload, input);
  return {
    kernels: [],
    plan: planName(backend, formulation.name),
    bytesPerStep: 0,
    flopsPerStep: 0,
    dispatchesPerStep: backend === 'wasm' ? 0 : null,
    async answer() {
      await use(backend);
      for (let step = 0; step < answeredSteps; step++) peer.step();
      return peer.answer();
    },
    async run(steps) {
      await use(backend);
      for (let step = 0; step < steps; step++) peer.step();
      await peer.settle();
    },
    dispose() {
      peer.dispose();
    },
  };
}

function kernel(backend: Backend, workload: Exclude<Workload, TrainWorkload>, input: WorkloadInput): PreparedLane {
  const x = Float32Array.from(input.x);
  const operands =
    workload.kind === 'matmul'
      ? [tf.tensor2d(x, [workload.size, workload.size]), tf.tensor2d(input.y, [workload.size, workload.size])]
      : [tf.tensor1d(x)];
  const [a, b] = operands;
  const once = (): tf.Tensor => {
    if (a === undefined) throw new Error('there is no operand');
    return b === undefined ? tf.sigmoid(a) : tf.matMul(a, b);
  };
  return {
    kernels: [],
    plan: planName(backend, workload.kind === 'matmul' ? 'matMul' : 'sigmoid'),
    ...kernelWork(workload),
    dispatchesPerStep: backend === 'wasm' ? 0 : null,
    async answer(): Promise<LaneAnswer> {
      await use(backend);
      const result = once();
      const values = await result.data();
      result.dispose();
      return { cost: null, values };
    },
    async run(steps) {
      await use(backend);
      for (let step = 1; step < steps; step++) once().dispose();
      const last = once();
      const corner = tf.tidy(() => tf.slice(tf.reshape(last, [last.size]), 0, 1));
      await corner.data();
      tf.dispose([last, corner]);
    },
    dispose() {
      tf.dispose(operands);
    },
  };
}

export function tfjsLane(backend: Backend): BenchLane {
  return {
    name: `tfjs-${backend}`,
    kind: backend === 'wasm' ? 'cpu' : 'gpu',
    peer: true,
    async prepare(workload, input) {
      await use(backend);
      return workload.kind === 'train' ? training(backend, workload, input) : kernel(backend, workload, input);
    },
  };
}
