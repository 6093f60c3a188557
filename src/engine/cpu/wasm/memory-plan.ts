/**
 * Where everything lies in a wasm lane's memory: sizes, strides and addresses for one problem, and the words by which the
 * kernels find them.
 */
import type { Problem } from '../../contract.ts';
import { CapacityError } from '../../errors.ts';
import { batchesPerEpoch, batchSizeOf, lossName, type LayerLayout, type ParameterLayout } from '../../layout.ts';
import { cutOf, spreadRowsOf } from './cut.ts';
import * as f from './fields.ts';

export type WasmPlanName = 'wasm-one-pass' | 'wasm-layered';

export interface MemoryPlan {
  readonly name: WasmPlanName;
  readonly threads: number;
  /** How examples are cut: groups with a partial gradient each, examples in a group, examples that are worked on at once. */
  readonly sizes: Readonly<Record<'groups' | 'groupSize' | 'blockSize', number>>;
  readonly pages: number;
  /** Address and value of each word that the kernels read. */
  readonly words: readonly (readonly [address: number, value: number])[];
  /** Blocks of examples in a step. */
  readonly blocks: number;
  readonly tiny: boolean;
  /** Bytes may be multiplied as integers: see `assembly/digit-sums.ts`. */
  readonly takesDigits: boolean;
  /** Floats between two features' rows of X in the tiny plan. */
  readonly featureStride: number;
  readonly costRing: number;
  readonly x: number;
  readonly y: number;
  readonly scale: number;
  readonly shift: number;
  readonly parameters: number;
  readonly gradient: number;
  readonly moment1: number;
  readonly moment2: number;
  readonly costs: number;
  /** Room for one block of raw examples, its targets and its ŷ. */
  readonly staging: { readonly examples: number; readonly raw: number; readonly y: number; readonly yHat: number };
}

const pageBytes = 65536;
const mostPages = 65536;
/** Costs that are kept; older ones make room. A power of two. */
const costRing = 65536;
/** Below so many operations a step, waking others costs more than they do. */
const threadsFrom = 400_000;
/** The tiny plan keeps a few sums a feature in the first-level cache. */
const tinyFeatures = 8;

const losses = {
  'sigmoid/cross-entropy': f.lossSigmoidCrossEntropy,
  'sigmoid/squared-error': f.lossSigmoidSquaredError,
  'softmax/cross-entropy': f.lossSoftmax,
  'linear/squared-error': f.lossLinearSquaredError,
  'linear/hinge': f.lossHinge,
} as const;

const optimizers = {
  'gradient-descent': f.optimizerDescent,
  momentum: f.optimizerMomentum,
  nesterov: f.optimizerNesterov,
  adam: f.optimizerAdam,
} as const;

const activations = {
  identity: f.activationIdentity,
  sigmoid: f.activationSigmoid,
  tanh: f.activationTanh,
  relu: f.activationRelu,
  'leaky-relu': f.activationLeakyRelu,
} as const;

const roundUp = (value: number, multiple: number): number => Math.ceil(value / multiple) * multiple;

/** Floats in a padded row: an odd number of cache lines, so that neighbouring rows do not fall upon the same cache sets. */
function rowStride(length: number): number {
  const lines = Math.ceil(length / 16);
  return 16 * (lines % 2 === 0 ? lines + 1 : lines);
}

/** Hands out addresses one after the other, each on a cache line. */
class Space {
  #end: number;

  constructor(start: number) {
    this.#end = start;
  }

  get end(): number {
    return this.#end;
  }

  take(bytes: number): number {
    const at = this.#end;
    this.#end = roundUp(at + bytes, 64);
    return at;
  }

  floats(count: number): number {
    return this.take(4 * count + 64);
  }
}

interface LayerPlan {
  readonly layer: LayerLayout;
  readonly inputStride: number;
  readonly outputStride: number;
  readonly gradientStride: number;
  readonly gradient: number;
  readonly biasGradient: number;
  readonly piecesPerRow: number;
  readonly firstPiece: number;
}

function layerPlans(layers: readonly LayerLayout[]): {
  readonly plans: readonly LayerPlan[];
  readonly partialBytes: number;
  readonly pieces: number;
} {
  const partial = new Space(0);
  let pieces = 0;
  const plans = layers.map((layer, index) => {
    const next = layers[index + 1];
    const gradientStride = roundUp(layer.inputs, 16);
    const piecesPerRow = Math.ceil(layer.inputs / f.pieceLength);
    const firstPiece = pieces;
    pieces += layer.units * piecesPerRow + 1;
    return {
      layer,
      inputStride: rowStride(layer.inputs),
      outputStride: next ? rowStride(next.inputs) : layer.units === 1 ? 1 : roundUp(layer.units, 4),
      gradientStride,
      gradient: partial.floats(layer.units * gradientStride),
      biasGradient: partial.floats(layer.units),
      piecesPerRow,
      firstPiece,
    };
  });
  // an odd number of cache lines again: partial gradients are read side by side
  const lines = partial.end / 64;
  return { plans, partialBytes: 64 * (lines % 2 === 0 ? lines + 1 : lines), pieces };
}

/**
 * @param mostThreads threads that may be used; small problems use one
 * @param flopsPerStep as from `stepWork`
 * @throws CapacityError when 4 GiB do not hold the problem
 */
export function planMemory(problem: Problem, layout: ParameterLayout, mostThreads: number, flopsPerStep: number): MemoryPlan {
  const { x } = problem.train;
  const { n, m } = x;
  const { outputs } = problem.model;
  const batch = batchSizeOf(problem);
  const single = layout.layers.length === 1 && outputs === 1;
  const tiny = single && n <= tinyFeatures;
  const { plans, partialBytes, pieces } = layerPlans(layout.layers);
  const stride = rowStride(n);
  const spreadRows = spreadRowsOf(stride);
  const rowPieces = Math.ceil(n / f.pieceLength);
  const cut = cutOf(
    {
      plan: tiny ? 'tiny' : single ? 'one-pass' : 'layered',
      batch,
      rowBytes: n * (x.storage === 'uint8' ? 1 : 4),
      rowPieces,
      parameters: layout.length,
      partialBytes,
      spreadRows,
    },
    flopsPerStep < threadsFrom ? 1 : mostThreads,
  );
  const { columns, threads } = cut;
  const parts = rowPieces * cut.rowsAtOnce;

  const space = new Space(f.dataAt);
  const words: (readonly [number, number])[] = [];
  const set = (word: number, value: number): void => void words.push([f.headAt + 4 * word, value]);
  const floats = (word: number, count: number): number => {
    const at = space.floats(count);
    set(word, at);
    return at;
  };

  const parameters = floats(f.wordParameters, layout.length);
  const gradient = floats(f.wordGradient, layout.length);
  const { kind } = problem.optimizer;
  const moment1 = floats(f.wordMoment1, kind === 'gradient-descent' ? 0 : layout.length);
  const moment2 = floats(f.wordMoment2, kind === 'adam' ? layout.length : 0);
  const scale = floats(f.wordScale, n + 16);
  const shift = floats(f.wordShift, n + 16);
  const costs = floats(f.wordCosts, 2 * costRing);
  floats(f.wordGroupLosses, 2 * cut.groups);
  floats(f.wordPieceSquares, 2 * pieces);
  floats(f.wordPieceDots, 2 * pieces);
  set(f.wordPartials, space.take(cut.groups * partialBytes));
  set(f.wordPartialBytes, partialBytes);

  const scratch = new Space(0);
  const depth = Math.max(spreadRows, ...layout.layers.map((layer) => layer.units));
  const inputs = plans.map((plan) => scratch.floats(spreadRows * plan.inputStride));
  const spread = inputs[0] ?? 0;
  const outsides = plans.map((plan) => ({
    z: scratch.floats(spreadRows * plan.outputStride),
    dz: scratch.floats(spreadRows * plan.outputStride),
  }));
  set(f.wordScratchX, tiny ? scratch.floats(n * cut.blockSize) : spread);
  set(f.wordScratchY, scratch.floats(Math.max(cut.blockSize, spreadRows)));
  set(f.wordScratchPanel, scratch.floats(8 * Math.max(f.packedRows, depth)));
  set(f.wordScratchRows, scratch.floats(Math.max(64, 3 * cut.rowsAtOnce)));
  set(f.wordScratchParts, scratch.floats(columns ? 0 : parts));
  set(f.wordScratchPiece, scratch.floats(f.pieceLength));
  set(f.wordScratchDigits, scratch.floats(2 * cut.rowsAtOnce));
  set(f.wordScratchTurn, scratch.take(64));
  // pages of their own: threads do not share a cache line, nor a page of memory near another processor
  const scratchBytes = roundUp(scratch.end, 4096) + 64;
  set(f.wordScratchBytes, scratchBytes);
  set(f.wordScratch, space.take(threads * scratchBytes));

  for (const [index, plan] of plans.entries()) {
    const { layer } = plan;
    const values: readonly (readonly [number, number])[] = [
      [f.layerInputs, layer.inputs],
      [f.layerUnits, layer.units],
      [f.layerActivation, activations[layer.activation ?? 'identity']],
      [f.layerWeights, layer.weights],
      [f.layerBiases, layer.biases],
      [f.layerPacked, space.floats(layer.units * plan.inputStride)],
      [f.layerPackedBiases, space.floats(layer.units + 8)],
      [f.layerInputStride, plan.inputStride],
      [f.layerOutputStride, plan.outputStride],
      [f.layerGradient, plan.gradient],
      [f.layerBiasGradient, plan.biasGradient],
      [f.layerGradientStride, plan.gradientStride],
      [f.layerA, inputs[index] ?? 0],
      [f.layerZ, outsides[index]?.z ?? 0],
      [f.layerDz, outsides[index]?.dz ?? 0],
      [f.layerPiecesPerRow, plan.piecesPerRow],
      [f.layerFirstPiece, plan.firstPiece],
    ];
    for (const [field, value] of values) words.push([f.layersAt + 4 * (index * f.layerWords + field), value]);
  }

  const takesDigits = x.storage === 'uint8' && single && !tiny;
  // whole thirty-twos, with zeros behind the last feature
  floats(f.wordDigits, takesDigits ? roundUp(n, 32) : 0);
  floats(f.wordUnits, rowPieces);
  floats(f.wordParts, columns ? 2 * parts : 0);
  set(f.wordRowsAtOnce, cut.rowsAtOnce);
  const elementBytes = x.storage === 'uint8' ? 1 : 4;
  const staging = {
    examples: spreadRows,
    raw: space.take(spreadRows * n * 4 + 64),
    y: space.floats(spreadRows),
    yHat: space.floats(spreadRows * outputs),
  };
  const fixedBytes = space.end;
  const featureStride = roundUp(m, 4) + 16;
  const y = floats(f.wordY, m + 16);
  const xAt = space.take((tiny ? n * featureStride * 4 : n * m * elementBytes) + 64);
  set(f.wordX, xAt);

  set(f.wordThreads, threads);
  set(f.wordPlan, tiny ? f.planTiny : columns ? f.planColumns : single ? f.planOnePass : f.planLayered);
  set(f.wordStorage, x.storage === 'uint8' ? f.storageUint8 : f.storageFloat32);
  set(f.wordN, n);
  set(f.wordM, m);
  set(f.wordBatch, batch);
  set(f.wordBatchesPerEpoch, batchesPerEpoch(problem));
  set(f.wordSeed, problem.seed);
  set(f.wordGroups, cut.groups);
  set(f.wordEights, cut.eights);
  set(f.wordBlockSize, cut.blockSize);
  set(f.wordBlocksPerGroup, cut.blocksPerGroup);
  set(f.wordLayers, layout.layers.length);
  set(f.wordLoss, losses[lossName(problem.model)]);
  set(f.wordOptimizer, optimizers[kind]);
  set(f.wordHasShift, problem.scaling.shift.some((value) => value !== 0) ? 1 : 0);
  set(f.wordCostMask, costRing - 1);
  set(f.wordFeatureStride, featureStride);

  const pages = Math.ceil(space.end / pageBytes);
  if (pages > mostPages) throw tooLarge(problem, space.end, fixedBytes);
  return {
    name: layout.layers.length === 1 && outputs <= 16 ? 'wasm-one-pass' : 'wasm-layered',
    threads,
    sizes: { groups: cut.groups, groupSize: cut.groupSize, blockSize: cut.blockSize },
    pages,
    words,
    blocks: cut.groups * cut.blocksPerGroup,
    tiny,
    takesDigits,
    featureStride,
    costRing,
    x: xAt,
    y,
    scale,
    shift,
    parameters,
    gradient,
    moment1,
    moment2,
    costs,
    staging,
  };
}

/** What to say when 4 GiB, or what the page may have of them, are not enough. */
export function tooLarge(problem: Problem, bytes: number, fixedBytes: number, cause?: unknown): CapacityError {
  const { n, m, storage } = problem.train.x;
  const gibibytes = (bytes / 2 ** 30).toFixed(1);
  const fits = Math.floor((mostPages * pageBytes - fixedBytes) / (n * (storage === 'uint8' ? 1 : 4) + 4));
  const way =
    cause !== undefined
      ? 'this page was not given that much: take fewer examples'
      : fits < 1
        ? 'the model alone is too large: take fewer units'
        : `it holds m = ${Math.min(fits, m)} of these examples`;
  return new CapacityError(`m = ${m} examples of ${n} features need ${gibibytes} GiB, and WebAssembly's memory ends at 4 GiB: ${way}`, {
    cause,
  });
}
