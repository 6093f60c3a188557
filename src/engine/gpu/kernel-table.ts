/**
 * Every kernel: which files it is put together from, what each entry point binds, and the fields of its uniforms. A new
 * kernel is a file in `shaders/` and an entry here; a test compares both with the WGSL itself.
 */
import type { Bindings, Fields } from './bindings.ts';
import activationCode from '../../../shaders/activation.wgsl?raw';
import copyCode from '../../../shaders/copy.wgsl?raw';
import costCode from '../../../shaders/cost.wgsl?raw';
import fmaCode from '../../../shaders/fma.wgsl?raw';
import foldCode from '../../../shaders/fold.wgsl?raw';
import gatherCode from '../../../shaders/gather.wgsl?raw';
import gradientCode from '../../../shaders/gradient.wgsl?raw';
import activationsLib from '../../../shaders/lib/activations.wgsl?raw';
import bytesLib from '../../../shaders/lib/bytes.wgsl?raw';
import chunkFloat32Lib from '../../../shaders/lib/chunk-float32.wgsl?raw';
import chunkUint8Lib from '../../../shaders/lib/chunk-uint8.wgsl?raw';
import floatsLib from '../../../shaders/lib/floats.wgsl?raw';
import lossesLib from '../../../shaders/lib/losses.wgsl?raw';
import finishLib from '../../../shaders/lib/finish.wgsl?raw';
import matmulSumsLib from '../../../shaders/lib/matmul-sums.wgsl?raw';
import matmulLib from '../../../shaders/lib/matmul.wgsl?raw';
import oneOutputLib from '../../../shaders/lib/one-output.wgsl?raw';
import operandFloat32Lib from '../../../shaders/lib/operand-float32.wgsl?raw';
import operandFloat32QuadLib from '../../../shaders/lib/operand-float32-quad.wgsl?raw';
import operandUint8Lib from '../../../shaders/lib/operand-uint8.wgsl?raw';
import optimizerLib from '../../../shaders/lib/optimizer.wgsl?raw';
import quadLib from '../../../shaders/lib/quad.wgsl?raw';
import rngLib from '../../../shaders/lib/rng.wgsl?raw';
import texelsFloat32Lib from '../../../shaders/lib/texels-float32.wgsl?raw';
import texelsUint8Lib from '../../../shaders/lib/texels-uint8.wgsl?raw';
import twoPassForwardLib from '../../../shaders/lib/two-pass-forward.wgsl?raw';
import twoPassSlopesLib from '../../../shaders/lib/two-pass-slopes.wgsl?raw';
import twoPassGradientLib from '../../../shaders/lib/two-pass-gradient.wgsl?raw';
import traceLib from '../../../shaders/lib/trace.wgsl?raw';
import lossSurfaceCode from '../../../shaders/loss-surface.wgsl?raw';
import matmulRegisterCode from '../../../shaders/matmul-register.wgsl?raw';
import matmulTiledWideCode from '../../../shaders/matmul-tiled-wide.wgsl?raw';
import matmulTiledCode from '../../../shaders/matmul-tiled.wgsl?raw';
import matmulCode from '../../../shaders/matmul.wgsl?raw';
import onePassFinishCode from '../../../shaders/one-pass-finish.wgsl?raw';
import onePassOutputsCode from '../../../shaders/one-pass-outputs.wgsl?raw';
import onePassQuadsCode from '../../../shaders/one-pass-quads.wgsl?raw';
import onePassCode from '../../../shaders/one-pass.wgsl?raw';
import penaltyCode from '../../../shaders/penalty.wgsl?raw';
import tinyCode from '../../../shaders/tiny.wgsl?raw';
import twoPassFoldCode from '../../../shaders/two-pass-fold.wgsl?raw';
import twoPassForwardAloneCode from '../../../shaders/two-pass-forward-alone.wgsl?raw';
import twoPassGradientAloneCode from '../../../shaders/two-pass-gradient-alone.wgsl?raw';
import twoPassGradientBlocksCode from '../../../shaders/two-pass-gradient-blocks.wgsl?raw';
import twoPassForwardCode from '../../../shaders/two-pass-forward.wgsl?raw';
import twoPassGradientCode from '../../../shaders/two-pass-gradient.wgsl?raw';
import updateCode from '../../../shaders/update.wgsl?raw';

export interface SourceFile {
  readonly file: string;
  readonly code: string;
}

export interface KernelEntry {
  readonly source: SourceFile;
  readonly libraries: readonly SourceFile[];
  readonly entryPoints: Readonly<Record<string, Bindings>>;
  /** By binding number. */
  readonly uniforms: Readonly<Record<number, Fields>>;
  /** What a device must have for this kernel, beyond what every device has. */
  readonly feature?: GPUFeatureName;
}

const lib = (file: string, code: string): SourceFile => ({ file: `lib/${file}`, code });
const libraries = {
  activations: lib('activations.wgsl', activationsLib),
  losses: lib('losses.wgsl', lossesLib),
  finish: lib('finish.wgsl', finishLib),
  matmul: lib('matmul.wgsl', matmulLib),
  matmulSums: lib('matmul-sums.wgsl', matmulSumsLib),
  twoPassForward: lib('two-pass-forward.wgsl', twoPassForwardLib),
  twoPassGradient: lib('two-pass-gradient.wgsl', twoPassGradientLib),
  twoPassSlopes: lib('two-pass-slopes.wgsl', twoPassSlopesLib),
  oneOutput: lib('one-output.wgsl', oneOutputLib),
  operandFloat32: lib('operand-float32.wgsl', operandFloat32Lib),
  operandFloat32Quad: lib('operand-float32-quad.wgsl', operandFloat32QuadLib),
  operandUint8: lib('operand-uint8.wgsl', operandUint8Lib),
  optimizer: lib('optimizer.wgsl', optimizerLib),
  quad: lib('quad.wgsl', quadLib),
  rng: lib('rng.wgsl', rngLib),
  trace: lib('trace.wgsl', traceLib),
} as const;

/** X by chunks of sixteen features, out of a buffer or a texture. */
const chunks = {
  float32: [lib('floats.wgsl', floatsLib), lib('chunk-float32.wgsl', chunkFloat32Lib)],
  uint8: [lib('bytes.wgsl', bytesLib), lib('chunk-uint8.wgsl', chunkUint8Lib)],
} as const;
const texels = {
  float32: [lib('floats.wgsl', floatsLib), lib('texels-float32.wgsl', texelsFloat32Lib)],
  uint8: [lib('bytes.wgsl', bytesLib), lib('texels-uint8.wgsl', texelsUint8Lib)],
} as const;
type Chunks = readonly SourceFile[];

const optimizerFields = {
  kind: 'u32',
  learningRate: 'f32',
  beta1: 'f32',
  beta2: 'f32',
  epsilon: 'f32',
  l2: 'f32',
  logBeta1: 'f32',
  logBeta2: 'f32',
} as const satisfies Fields;

const matmulFields = {
  rows: 'u32',
  columns: 'u32',
  depth: 'u32',
  depthPerSplit: 'u32',
  rowStrideP: 'u32',
  depthStrideP: 'u32',
  offsetP: 'u32',
  depthStrideQ: 'u32',
  columnStrideQ: 'u32',
  offsetQ: 'u32',
  rowStrideC: 'u32',
  columnStrideC: 'u32',
  offsetBias: 'u32',
  hasBias: 'u32',
} as const satisfies Fields;

const oneOutputFields = {
  examples: 'u32',
  chunks: 'u32',
  kind: 'u32',
  ringSize: 'u32',
  parts: 'u32',
  firstPart: 'u32',
  outputs: 'u32',
} as const satisfies Fields;

/** The operand comes first: it may have to enable a feature. */
function matmulEntry(file: string, code: string, operand: SourceFile, sums: readonly SourceFile[] = []): KernelEntry {
  return {
    source: { file, code },
    libraries: [operand, libraries.matmul, ...sums],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read', 4: 'write' } },
    uniforms: { 0: matmulFields },
  };
}

const onePass = {
  one: { file: 'one-pass.wgsl', code: onePassCode },
  few: { file: 'one-pass-outputs.wgsl', code: onePassOutputsCode },
  quads: { file: 'one-pass-quads.wgsl', code: onePassQuadsCode },
} as const;

const twoPass = {
  forward: { file: 'two-pass-forward.wgsl', code: twoPassForwardCode },
  forwardAlone: { file: 'two-pass-forward-alone.wgsl', code: twoPassForwardAloneCode },
  gradient: { file: 'two-pass-gradient.wgsl', code: twoPassGradientCode },
  gradientAlone: { file: 'two-pass-gradient-alone.wgsl', code: twoPassGradientAloneCode },
} as const;

function forwardEntry(chunk: Chunks, source: SourceFile): KernelEntry {
  return {
    source,
    libraries: [libraries.activations, libraries.losses, libraries.trace, libraries.oneOutput, ...chunk, libraries.twoPassForward],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read', 4: 'write', 5: 'write', 6: 'write' } },
    uniforms: { 0: oneOutputFields },
  };
}

function backwardEntry(chunk: Chunks, source: SourceFile, slopes: SourceFile): KernelEntry {
  return {
    source,
    libraries: [libraries.optimizer, libraries.trace, libraries.oneOutput, libraries.finish, ...chunk, slopes],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'uniform', 3: 'write', 4: 'read', 5: 'read', 6: 'read', 7: 'write' } },
    uniforms: { 0: oneOutputFields, 2: optimizerFields },
  };
}

function blocksEntry(chunk: Chunks): KernelEntry {
  return {
    source: { file: 'two-pass-gradient-blocks.wgsl', code: twoPassGradientBlocksCode },
    libraries: [libraries.oneOutput, ...chunk, libraries.twoPassSlopes],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 3: 'write', 4: 'read', 5: 'read' } },
    uniforms: { 0: oneOutputFields },
  };
}

function onePassEntry(source: SourceFile, chunk: Chunks): KernelEntry {
  return {
    source,
    libraries: [libraries.activations, libraries.losses, libraries.trace, libraries.oneOutput, ...chunk],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'read', 4: 'write', 6: 'write' } },
    uniforms: { 0: oneOutputFields },
  };
}

/** What enables a feature comes first. */
function quadsEntry(storage: keyof typeof texels): KernelEntry {
  const entry = onePassEntry(onePass.quads, texels[storage]);
  const x = storage === 'uint8' ? 'texels-uint' : 'texels-float';
  return {
    ...entry,
    libraries: [libraries.quad, ...entry.libraries],
    entryPoints: { main: { ...entry.entryPoints['main'], 1: x } },
    feature: 'subgroups',
  };
}

function tinyEntry(operand: SourceFile): KernelEntry {
  return {
    source: { file: 'tiny.wgsl', code: tinyCode },
    libraries: [libraries.activations, libraries.losses, libraries.optimizer, libraries.trace, operand],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'uniform', 3: 'read', 4: 'write', 5: 'read', 6: 'write', 7: 'uniform' } },
    uniforms: {
      0: { examples: 'u32', features: 'u32', stride: 'u32', kind: 'u32', ringSize: 'u32' },
      2: optimizerFields,
      7: { count: 'u32' },
    },
  };
}

export const kernelTable = {
  'matmul/float32': matmulEntry('matmul.wgsl', matmulCode, libraries.operandFloat32),
  'matmul/uint8': matmulEntry('matmul.wgsl', matmulCode, libraries.operandUint8),
  'matmul-register/float32': matmulEntry('matmul-register.wgsl', matmulRegisterCode, libraries.operandFloat32, [libraries.matmulSums]),
  'matmul-register/float32-quad': {
    ...matmulEntry('matmul-register.wgsl', matmulRegisterCode, libraries.operandFloat32Quad, [libraries.matmulSums]),
    feature: 'subgroups',
  },
  'matmul-register/uint8': matmulEntry('matmul-register.wgsl', matmulRegisterCode, libraries.operandUint8, [libraries.matmulSums]),
  'matmul-tiled/float32': matmulEntry('matmul-tiled.wgsl', matmulTiledCode, libraries.operandFloat32),
  'matmul-tiled/uint8': matmulEntry('matmul-tiled.wgsl', matmulTiledCode, libraries.operandUint8),
  'matmul-tiled-wide/float32': matmulEntry('matmul-tiled-wide.wgsl', matmulTiledWideCode, libraries.operandFloat32, [libraries.matmulSums]),
  'matmul-tiled-wide/uint8': matmulEntry('matmul-tiled-wide.wgsl', matmulTiledWideCode, libraries.operandUint8, [libraries.matmulSums]),
  activation: {
    source: { file: 'activation.wgsl', code: activationCode },
    libraries: [libraries.activations],
    entryPoints: {
      forward: { 0: 'uniform', 1: 'read', 2: 'write' },
      backward: { 0: 'uniform', 1: 'read', 2: 'write', 3: 'write' },
    },
    uniforms: { 0: { count: 'u32', kind: 'u32' } },
  },
  copy: {
    source: { file: 'copy.wgsl', code: copyCode },
    libraries: [],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'write' } },
    uniforms: { 0: { vectors: 'u32' } },
  },
  cost: {
    source: { file: 'cost.wgsl', code: costCode },
    libraries: [libraries.activations, libraries.losses, libraries.trace],
    entryPoints: {
      losses: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write', 4: 'write' },
      predict: { 0: 'uniform', 1: 'read', 3: 'write' },
      total: { 0: 'uniform', 4: 'write', 5: 'write' },
    },
    uniforms: { 0: { examples: 'u32', outputs: 'u32', kind: 'u32', layers: 'u32', firstTarget: 'u32', ringSize: 'u32' } },
  },
  fma: {
    source: { file: 'fma.wgsl', code: fmaCode },
    libraries: [],
    entryPoints: { main: { 0: 'uniform', 1: 'write' } },
    uniforms: { 0: { threads: 'u32', steps: 'u32', growth: 'f32', decay: 'f32', addend: 'f32' } },
  },
  gradient: {
    source: { file: 'gradient.wgsl', code: gradientCode },
    libraries: [],
    entryPoints: {
      biasPartials: { 0: 'uniform', 2: 'read', 3: 'write' },
      finish: { 0: 'uniform', 1: 'read', 3: 'write', 4: 'read', 5: 'read', 6: 'write' },
    },
    uniforms: {
      0: {
        units: 'u32',
        inputs: 'u32',
        examples: 'u32',
        splits: 'u32',
        examplesPerSplit: 'u32',
        biasSplits: 'u32',
        weightsAt: 'u32',
        biasesAt: 'u32',
        scaled: 'u32',
        l2: 'f32',
      },
    },
  },
  update: {
    source: { file: 'update.wgsl', code: updateCode },
    libraries: [libraries.optimizer, libraries.trace],
    entryPoints: { main: { 0: 'uniform', 1: 'uniform', 2: 'write', 3: 'read', 4: 'write', 5: 'read' } },
    uniforms: { 0: { count: 'u32' }, 1: optimizerFields },
  },
  fold: {
    source: { file: 'fold.wgsl', code: foldCode },
    libraries: [],
    entryPoints: {
      weights: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write' },
      biases: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write' },
    },
    uniforms: { 0: { units: 'u32', inputs: 'u32' } },
  },
  gather: {
    source: { file: 'gather.wgsl', code: gatherCode },
    libraries: [libraries.rng, libraries.trace],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'read', 3: 'write', 4: 'write', 5: 'read' } },
    uniforms: { 0: { examples: 'u32', batch: 'u32', batchesPerEpoch: 'u32', halfBits: 'u32', seed: 'u32', words: 'u32' } },
  },
  'loss-surface': {
    source: { file: 'loss-surface.wgsl', code: lossSurfaceCode },
    libraries: [libraries.activations, libraries.losses],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'write' } },
    uniforms: {
      0: {
        columns: 'u32',
        rows: 'u32',
        examples: 'u32',
        kind: 'u32',
        firstW: 'f32',
        stepW: 'f32',
        firstB: 'f32',
        stepB: 'f32',
      },
    },
  },
  'one-pass/float32': onePassEntry(onePass.one, chunks.float32),
  'one-pass/uint8': onePassEntry(onePass.one, chunks.uint8),
  'one-pass-outputs/float32': onePassEntry(onePass.few, chunks.float32),
  'one-pass-outputs/uint8': onePassEntry(onePass.few, chunks.uint8),
  'one-pass-quads/float32': quadsEntry('float32'),
  'one-pass-quads/uint8': quadsEntry('uint8'),
  'one-pass-finish': {
    source: { file: 'one-pass-finish.wgsl', code: onePassFinishCode },
    libraries: [libraries.optimizer, libraries.trace, libraries.oneOutput, libraries.finish],
    entryPoints: { main: { 0: 'uniform', 2: 'uniform', 3: 'write', 4: 'read', 6: 'read', 7: 'write' } },
    uniforms: { 0: oneOutputFields, 2: optimizerFields },
  },
  penalty: {
    source: { file: 'penalty.wgsl', code: penaltyCode },
    libraries: [libraries.trace],
    entryPoints: { main: { 0: 'uniform', 1: 'read', 2: 'write' } },
    uniforms: { 0: { first: 'u32', count: 'u32', layer: 'u32', l2: 'f32' } },
  },
  'tiny/float32': tinyEntry(libraries.operandFloat32),
  'tiny/uint8': tinyEntry(libraries.operandUint8),
  'two-pass-fold': {
    source: { file: 'two-pass-fold.wgsl', code: twoPassFoldCode },
    libraries: [libraries.optimizer, libraries.trace, libraries.oneOutput],
    entryPoints: { main: { 0: 'uniform', 1: 'uniform', 2: 'write', 3: 'read', 4: 'write' } },
    uniforms: { 0: oneOutputFields, 1: optimizerFields },
  },
  'two-pass-forward/float32': forwardEntry(chunks.float32, twoPass.forward),
  'two-pass-forward/uint8': forwardEntry(chunks.uint8, twoPass.forward),
  'two-pass-forward-alone/float32': forwardEntry(chunks.float32, twoPass.forwardAlone),
  'two-pass-forward-alone/uint8': forwardEntry(chunks.uint8, twoPass.forwardAlone),
  'two-pass-gradient/float32': backwardEntry(chunks.float32, twoPass.gradient, libraries.twoPassGradient),
  'two-pass-gradient/uint8': backwardEntry(chunks.uint8, twoPass.gradient, libraries.twoPassGradient),
  'two-pass-gradient-alone/float32': backwardEntry(chunks.float32, twoPass.gradientAlone, libraries.twoPassSlopes),
  'two-pass-gradient-alone/uint8': backwardEntry(chunks.uint8, twoPass.gradientAlone, libraries.twoPassSlopes),
  'two-pass-gradient-blocks/float32': blocksEntry(chunks.float32),
  'two-pass-gradient-blocks/uint8': blocksEntry(chunks.uint8),
} as const satisfies Record<string, KernelEntry>;

export type KernelName = keyof typeof kernelTable;
export type EntryPoint<Name extends KernelName> = keyof (typeof kernelTable)[Name]['entryPoints'] & string;

/** Numbers by which the kernels know activations, losses and optimisers; the same order as in the WGSL constants. */
export const activationCodes = { sigmoid: 0, tanh: 1, relu: 2, 'leaky-relu': 3, identity: 4 } as const;
export const lossCodes = {
  'sigmoid/cross-entropy': 0,
  'sigmoid/squared-error': 1,
  'linear/squared-error': 2,
  'linear/hinge': 3,
  'softmax/cross-entropy': 4,
} as const;
export const optimizerCodes = { 'gradient-descent': 0, momentum: 1, nesterov: 2, adam: 3 } as const;
