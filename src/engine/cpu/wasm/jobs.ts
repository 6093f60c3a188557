/**
 * What the wasm lanes can compute apart from any training, for the kernels of the GPU to be timed beside: products of any
 * shape, activations and their slopes, an optimiser's update, a copy. Operands are laid out beforehand as suits the lane.
 */
import type { HiddenActivation, Optimizer } from '../../contract.ts';
import type { WasmEngine } from './engine.ts';
import * as f from './fields.ts';
import { panelBytes, patienceWaits, runKernel } from './single-kernel.ts';

export type Operand = Float32Array | Uint8Array | Uint32Array;

/** A job in a memory of its own, on all threads of its lane. */
export interface WasmJob {
  /** So many times over. @throws when a thread has failed */
  run(times: number): Promise<void>;
  /** Has all threads awake. */
  rouse(): void;
  /** Operands as they were at first. */
  reset(): void;
  /** Values in the order in which the job names its results. */
  result(): Float32Array<ArrayBuffer>;
  dispose(): void;
}

interface Section {
  /** The word that holds its address. */
  readonly word: number;
  readonly values: Operand;
}

interface JobPlan {
  readonly command: number;
  readonly sections: readonly Section[];
  readonly words: Readonly<Record<number, number>>;
  readonly reals: Readonly<Record<number, number>>;
  /** The word of each section that makes up the answer, where in it, and how many floats. */
  readonly results: readonly (readonly [word: number, first: number, length: number])[];
}

/** Rows of floats that bytes of A become, behind the panel in a thread's scratch. */
const spreadBytes = 4 * 32 * 256;
const scratchBytes = panelBytes + spreadBytes + 64;
const lineBytes = 64;

async function makeJob(engine: WasmEngine, { command, sections, words, reals, results }: JobPlan): Promise<WasmJob> {
  const { threads } = engine;
  const at = new Map<number, number>();
  let end = f.dataAt + threads * scratchBytes;
  for (const { word, values } of sections) {
    at.set(word, end);
    end += Math.ceil((values.byteLength + lineBytes) / lineBytes) * lineBytes;
  }
  const all = {
    [f.wordThreads]: threads,
    [f.wordPatience]: patienceWaits,
    [f.wordScratch]: f.dataAt,
    [f.wordScratchBytes]: scratchBytes,
    [f.wordScratchPanel]: 0,
    [f.wordScratchX]: panelBytes,
    ...Object.fromEntries(at),
    ...words,
  };
  const room = {
    threads,
    pages: Math.ceil(end / 65536),
    words: Object.entries(all).map(([word, value]) => [f.headAt + 4 * Number(word), value] as const),
  };
  const { memory, exports, pool } = await engine.room(room);
  const view = new DataView(memory.buffer);
  for (const [real, value] of Object.entries(reals)) view.setFloat64(f.realsAt + 8 * Number(real), value, true);
  const fill = (): void => {
    for (const { word, values } of sections) {
      const bytes = new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
      new Uint8Array(memory.buffer, at.get(word), values.byteLength).set(bytes);
    }
  };
  fill();
  return {
    run: (times) => runKernel(exports, pool, command, times),
    rouse: () => {
      if (pool && !pool.failure) exports.kernel(f.commandMeet, 1);
    },
    reset: fill,
    result: () => {
      const found = new Float32Array(results.reduce((sum, [, , length]) => sum + length, 0));
      let to = 0;
      for (const [word, first, length] of results) {
        found.set(new Float32Array(memory.buffer, (at.get(word) ?? 0) + 4 * first, length), to);
        to += length;
      }
      return found;
    },
    dispose: () => pool?.dispose(),
  };
}

export interface Product {
  readonly rows: number;
  readonly columns: number;
  readonly depth: number;
  /** (rows, depth), row by row; bytes become floats on the way. */
  readonly a: Float32Array | Uint8Array;
  /** B(k, j). */
  readonly b: (k: number, j: number) => number;
  /** By column; null for none. */
  readonly bias: Float32Array | null;
}

/** C = bias + A · B, of shape (rows, columns); the answer is C row by row. */
export async function productJob(engine: WasmEngine, { rows, columns, depth, a, b, bias }: Product): Promise<WasmJob> {
  const wide = Math.ceil(columns / 8) * 8;
  const padded = new Float32Array(depth * wide);
  for (let k = 0; k < depth; k++) for (let j = 0; j < columns; j++) padded[k * wide + j] = b(k, j);
  const sections: Section[] = [
    { word: f.wordKernelA, values: a },
    { word: f.wordKernelB, values: padded },
    { word: f.wordKernelC, values: new Float32Array(rows * wide) },
  ];
  if (bias) {
    const ends = new Float32Array(wide);
    ends.set(bias.subarray(0, columns));
    sections.push({ word: f.wordKernelBias, values: ends });
  }
  const words = {
    [f.wordKernelRows]: rows,
    [f.wordKernelSize]: wide,
    [f.wordKernelDepth]: depth,
    [f.wordStorage]: a instanceof Uint8Array ? f.storageUint8 : f.storageFloat32,
  };
  const results = Array.from({ length: rows }, (_, row) => [f.wordKernelC, row * wide, columns] as const);
  return makeJob(engine, { command: f.commandProduct, sections, words, reals: {}, results });
}

const activationCodes = {
  identity: f.activationIdentity,
  sigmoid: f.activationSigmoid,
  tanh: f.activationTanh,
  relu: f.activationRelu,
  'leaky-relu': f.activationLeakyRelu,
} as const satisfies Record<HiddenActivation, number>;

/** a = g(z). */
export function activationJob(engine: WasmEngine, activation: HiddenActivation, z: Float32Array): Promise<WasmJob> {
  return makeJob(engine, {
    command: f.commandActivate,
    sections: [
      { word: f.wordKernelA, values: z },
      { word: f.wordKernelC, values: new Float32Array(z.length) },
    ],
    words: { [f.wordKernelSize]: z.length, [f.wordKernelActivation]: activationCodes[activation] },
    reals: {},
    results: [[f.wordKernelC, 0, z.length]],
  });
}

/** dz = da ∘ g′(z). */
export function slopesJob(
  engine: WasmEngine,
  activation: HiddenActivation,
  z: Float32Array,
  a: Float32Array,
  da: Float32Array,
): Promise<WasmJob> {
  // dz stands behind da, at a multiple of sixteen floats
  const behind = Math.ceil(z.length / 16) * 16;
  const both = new Float32Array(2 * behind);
  both.set(da);
  return makeJob(engine, {
    command: f.commandActivateBackward,
    sections: [
      { word: f.wordKernelA, values: z },
      { word: f.wordKernelB, values: a },
      { word: f.wordKernelC, values: both },
    ],
    words: {
      [f.wordKernelSize]: z.length,
      [f.wordKernelActivation]: activationCodes[activation],
      [f.wordKernelStep]: 4 * behind,
    },
    reals: {},
    results: [[f.wordKernelC, behind, z.length]],
  });
}

const optimizerCodes = {
  'gradient-descent': f.optimizerDescent,
  momentum: f.optimizerMomentum,
  nesterov: f.optimizerNesterov,
  adam: f.optimizerAdam,
} as const satisfies Record<Optimizer['kind'], number>;

export interface Update {
  /** The first is 1. */
  readonly step: number;
  readonly parameters: Float32Array;
  readonly gradient: Float32Array;
  readonly moment1: Float32Array;
  readonly moment2: Float32Array;
}

/** w ← w − α · step(dw); the answer is the parameters, then both moments. */
export function updateJob(engine: WasmEngine, optimizer: Optimizer, update: Update): Promise<WasmJob> {
  const { step, parameters, gradient, moment1, moment2 } = update;
  const { length } = parameters;
  const sections = [
    { word: f.wordParameters, values: parameters },
    { word: f.wordGradient, values: gradient },
    { word: f.wordMoment1, values: moment1 },
    { word: f.wordMoment2, values: moment2 },
  ];
  return makeJob(engine, {
    command: f.commandUpdate,
    sections,
    words: { [f.wordKernelSize]: length, [f.wordKernelStep]: step - 1, [f.wordOptimizer]: optimizerCodes[optimizer.kind] },
    reals: {
      [f.realLearningRate]: optimizer.learningRate,
      [f.realBeta1]: optimizer.beta1,
      [f.realBeta2]: optimizer.beta2,
      [f.realEpsilon]: optimizer.epsilon,
    },
    results: [f.wordParameters, f.wordMoment1, f.wordMoment2].map((word) => [word, 0, length] as const),
  });
}

/** The same words at another place. */
export function copyJob(engine: WasmEngine, source: Uint32Array): Promise<WasmJob> {
  return makeJob(engine, {
    command: f.commandCopy,
    sections: [
      { word: f.wordKernelA, values: source },
      { word: f.wordKernelC, values: new Uint32Array(source.length) },
    ],
    words: { [f.wordKernelSize]: source.length },
    reals: {},
    results: [[f.wordKernelC, 0, source.length]],
  });
}
