/** Mutants that no input can tell from the kernel, and why. */
import type { Mutant } from './mutants.ts';

/** Not equivalent, and yet not to be seen: wrong only where threads run in another order than on the GPU of the tests. */
const races: readonly { readonly file: string; readonly line: number; readonly why: string }[] = [
  {
    file: 'one-pass-outputs.wgsl',
    line: 101,
    why: 'a race: threads of the upper half write what the lower half reads, after it on this GPU',
  },
  { file: 'tiny.wgsl', line: 123, why: 'a race: the first thread folds the bias before the others read it, on this GPU' },
  { file: 'two-pass-fold.wgsl', line: 31, why: 'a race: the first thread has added the sums before others write the next, on this GPU' },
];

interface Equivalent {
  readonly files: readonly string[];
  /** The changed line. */
  readonly after: string;
  /** Where other lines look the same. */
  readonly line?: number;
  readonly why: string;
}

const tiled = ['matmul-tiled.wgsl', 'matmul-tiled-wide.wgsl'];
const oneThread = 'one thread does it for all; which one does not matter';
const order = 'only the lengths of the runs change in which the same terms are added';

const equivalents: readonly Equivalent[] = [
  { files: ['one-pass-outputs.wgsl'], after: '', line: 182, why: 'every turn of the loop before it ends with a barrier already' },
  { files: ['gather.wgsl', 'fold.wgsl', 'tiny.wgsl'], after: 'if (local == 1u) {', why: oneThread },
  ...['shape.rows >= 1u', 'shape.rows > 2u'].map((bound) => ({
    files: ['matmul.wgsl'],
    after: `let rowsNeighbour = shape.rowStrideC == 1u && ${bound};`,
    why: 'only the order in which threads take the outputs changes; all are taken',
  })),
  { files: ['matmul.wgsl'], after: 'let stop = min(end, k + 65u);', why: order },
  { files: ['lib/two-pass-gradient.wgsl'], after: 'let stop = min(shape.examples, j + 65u * step);', why: order },
  { files: ['lib/two-pass-slopes.wgsl'], after: 'let stop = min(end, j + 65u);', why: order },
  { files: ['one-pass.wgsl'], after: 'if (16u % turns == 0u) {', why: order },
  ...[70, 82].map((line) => ({
    files: ['one-pass-quads.wgsl'],
    after: 'if (false) {',
    line,
    why: 'places behind the last one hold zeros, which change no sum; they are left out to be faster',
  })),
  ...[
    'textureLoad(x, first, 1),',
    'textureLoad(x, first + vec2u(2u, 0u), 1),',
    'return chunkInPlace(textureLoad(x, example + vec2u(chunk, 0u), 1));',
  ].map((after) => ({
    files: ['lib/texels-uint8.wgsl', 'lib/texels-float32.wgsl'],
    after,
    why: 'the texture has one level, and what is asked of a level behind it is read from it',
  })),
  {
    files: tiled,
    after: 'if (false) {',
    why: 'past the depth the other operand is zero; rows and columns past the end are not stored',
  },
  { files: tiled, after: 'if (j > shape.columns || k >= end) {', why: 'columns past the end are not stored' },
  { files: tiled, after: 'return 0.125;', why: 'past the depth the other operand is zero; rows and columns past the end are not stored' },
  ...['if (tile > tilesAcross * tilesDown) {', 'if (false) {'].map((after) => ({
    files: ['matmul-register.wgsl'],
    after,
    why: 'rows past the end are not stored: `store` looks at them again',
  })),
  {
    files: ['matmul-register.wgsl'],
    after: 'let lastColumn = 1u - shape.columns;',
    why: 'columns past the end read something else, and are not stored',
  },
  {
    files: ['copy.wgsl'],
    after: 'for (var turn = 0u; turn <= vectorsPerThread; turn++) {',
    why: 'the vector of the next thread’s first turn is copied twice, the same both times',
  },
  {
    files: ['fma.wgsl'],
    after: 'for (var step = 1u; step < shape.steps; step += 4u) {',
    why: 'the number of turns is the same for every multiple of four, which `steps` is',
  },
  ...['if (true) {', 'if (lanes >= 1u) {'].map((after) => ({
    files: ['two-pass-forward.wgsl', 'two-pass-gradient.wgsl'],
    after,
    why: 'with one lane the tree has nothing to add',
  })),
  ...['if (false) {', 'if (first > shape.examples) {'].map((after) => ({
    files: ['two-pass-forward-alone.wgsl'],
    after,
    why: 'examples past the end are not stored: `finish` looks at them again',
  })),
  {
    files: ['two-pass-forward-alone.wgsl'],
    after: 'return min(vec4u(first, first + 1u, first + 2u, first + 3u), vec4u(1u - shape.examples)) * shape.chunks;',
    why: 'examples past the end read something else, and are not stored',
  },
  {
    files: ['one-pass.wgsl'],
    after: 'for (var c = 0u; c <= chunksPerThread; c++) {',
    why: 'there is no chunk for one turn more: the threads’ chunks cover an example',
  },
  ...['if (first + e <= shape.examples) {', 'if (true) {'].map((after) => ({
    files: ['one-pass.wgsl'],
    after,
    why: 'past the last example dz is zero',
  })),
  {
    files: ['one-pass-outputs.wgsl'],
    after: 'for (var k = 0u; k <= outputs; k++) {',
    why: 'z of one output more is formed, and nothing reads it',
  },
  ...['if (k <= shape.features) {', 'if (true) {'].map((after) => ({
    files: ['tiny.wgsl'],
    after,
    why: 'the place of the folded bias is written over by `foldBias` before anything reads it',
  })),
  {
    files: ['lib/activations.wgsl'],
    after: 'return select(whole, series, size <= 0.2);',
    why: 'both branches give the same there, to less than float32’s rounding',
  },
  { files: ['lib/optimizer.wgsl'], after: 'if x <= -0.1 {', why: 'both branches give the same there, to less than float32’s rounding' },
  { files: ['lib/losses.wgsl'], after: 'let error = y - z;', why: 'the error is squared' },
  { files: ['loss-view.wgsl'], after: 'var passed = vec4f(0.125);', why: 'the whole number of levels is the same' },
  {
    files: ['loss-view.wgsl'],
    after: 'for (var i = 0u; i <= 4u; i++) {',
    why: 'the fifth four are read as the fourth: levels beyond any J',
  },
  ...[
    'passed += select(vec4f(0.0), vec4f(1.0), vec4f(value) > panel.levels[i]);',
    'if (found.x >= panel.limits.x) {',
    'let along = select(vec2f(1.0, 0.0), (end - start) / max(length, 1e-6), length >= 1e-6);',
  ].map((after) => ({ files: ['loss-view.wgsl'], after, why: 'both sides meet at the value itself' })),
  {
    files: ['loss-view.wgsl'],
    after: 'let high = levelAt(min(above, 1u - count));',
    why: 'above the highest level nothing of it is used',
  },
  {
    files: ['loss-view.wgsl'],
    after: 'return vec2f((f32(max(above, 1u)) - 1.0 + share) / steps, min(abs(value - low), abs(high - value)));',
    why: 'a distance has no sign',
  },
  { files: ['loss-view.wgsl'], after: 'return panel.levels[index / 4u][index % 5u];', why: 'the first four of four are not changed by it' },
  {
    files: ['loss-view.wgsl'],
    after: 'return vec4f(mix(ground, panel.contour.rgb, line * panel.contour.a), 1.25);',
    why: 'opacity ends at 1',
  },
  {
    files: ['loss-view.wgsl'],
    after: 'let along = select(vec2f(1.0, 0.125), (end - start) / max(length, 1e-6), length > 1e-6);',
    why: 'a dot is round: its square may be turned',
  },
];

export function reasonFor({ file, after, line }: Mutant): string | null {
  return equivalents.find((known) => known.files.includes(file) && known.after === after && (known.line ?? line) === line)?.why ?? null;
}

export function raceOf({ file, line }: Mutant): string | null {
  return races.find((race) => race.file === file && race.line === line)?.why ?? null;
}
