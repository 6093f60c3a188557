/** The text of every twin, to be read beside its kernel. */
import activation from '../../engine/cpu/kernels/activation.ts?raw';
import copy from '../../engine/cpu/kernels/copy.ts?raw';
import cost from '../../engine/cpu/kernels/cost.ts?raw';
import fma from '../../engine/cpu/kernels/fma.ts?raw';
import fold from '../../engine/cpu/kernels/fold.ts?raw';
import lossSurface from '../../engine/cpu/kernels/loss-surface.ts?raw';
import matmul from '../../engine/cpu/kernels/matmul.ts?raw';
import update from '../../engine/cpu/kernels/update.ts?raw';
import rng from '../../math/rng.ts?raw';
import examples from './twins/examples.ts?raw';
import lessons from './twins/lessons.ts?raw';
import lossView from './twins/loss-view.ts?raw';
import oneOutput from './twins/one-output.ts?raw';
import tiny from './twins/tiny.ts?raw';

/** By path below `src/`. */
export const twinSources: Readonly<Record<string, string>> = {
  'engine/cpu/kernels/activation.ts': activation,
  'engine/cpu/kernels/copy.ts': copy,
  'engine/cpu/kernels/cost.ts': cost,
  'engine/cpu/kernels/fma.ts': fma,
  'engine/cpu/kernels/fold.ts': fold,
  'engine/cpu/kernels/loss-surface.ts': lossSurface,
  'engine/cpu/kernels/matmul.ts': matmul,
  'engine/cpu/kernels/update.ts': update,
  'math/rng.ts': rng,
  'session/kernels/twins/examples.ts': examples,
  'session/kernels/twins/lessons.ts': lessons,
  'session/kernels/twins/loss-view.ts': lossView,
  'session/kernels/twins/one-output.ts': oneOutput,
  'session/kernels/twins/tiny.ts': tiny,
};
