/** Completion of the Kernels lab's editor: names that are declared, with what they are, and nothing that only looks like one. */
import { readFileSync } from 'node:fs';
import { CompletionContext } from '@codemirror/autocomplete';
import { EditorState } from '@codemirror/state';
import { expect, it } from 'vitest';
import { completeWgsl, inFront } from '../../../src/labs/kernels/wgsl-language.ts';
import { namesIn } from '../../../src/labs/kernels/wgsl-names.ts';

const text = `enable f16;
struct Shape {
  rows: u32,
  @align(16) columns: vec2<f32>,
}
// fn commented() {}
@group(0) @binding(0) var<uniform> shape: Shape;
@group(0) @binding(1) var<storage, read_write> sums: array<vec4<f32>>;
var<workgroup> parts: array<f32, 64>;
override workgroupSize = 64u;
const half = 32u;
fn helper(first: u32, @builtin(vertex_index) second: vec2f) -> f32 {
  let inside = 1.0;
  return inside;
}
@compute @workgroup_size(workgroupSize)
fn main(@builtin(local_invocation_index) local: u32) {
  var sum = 0.0;
  HERE
  let later = 1;
}
`;

it('finds what is declared, and where it is bound', () => {
  const found = namesIn(
    text,
    ['fn activate(kind: u32, z: f32) -> f32 {\n  let hidden = 1;\n}\nstruct Trace { steps: u32 }'],
    text.indexOf('HERE'),
  );
  const byName = Object.fromEntries(found.map(({ label, type, detail }) => [label, [type, detail]]));
  expect(byName).toEqual({
    local: ['variable', undefined],
    sum: ['variable', undefined],
    shape: ['variable', 'Shape · binding 0, uniform'],
    sums: ['variable', 'array<vec4<f32>> · binding 1, storage, read_write'],
    parts: ['variable', 'array<f32, 64> · var<workgroup>'],
    workgroupSize: ['constant', 'override = 64u'],
    half: ['constant', undefined],
    Shape: ['type', 'struct'],
    rows: ['property', 'u32 · Shape'],
    columns: ['property', 'vec2<f32> · Shape'],
    helper: ['function', '→ f32'],
    main: ['function', 'fn'],
    activate: ['function', '→ f32'],
    Trace: ['type', 'struct'],
    steps: ['property', 'u32 · Trace'],
  });
});

it('reads every file of the tree: each binding, override, struct and function', () => {
  for (const file of ['matmul.wgsl', 'one-pass.wgsl', 'tiny.wgsl', 'loss-view.wgsl', 'lib/matmul.wgsl', 'lib/optimizer.wgsl']) {
    const code = readFileSync(`shaders/${file}`, 'utf8');
    const declared = [...code.matchAll(/^(?:@.*\) )?(?:var<[^>]*>|override|struct|fn) (\w+)/gm)].map(([, name]) => name);
    expect(declared.length).toBeGreaterThan(1);
    expect(namesIn(code, [], 0).map(({ label }) => label)).toEqual(expect.arrayContaining(declared));
  }
});

function options(typed: string): readonly string[] {
  const doc = text.replace('HERE', typed);
  const pos = text.indexOf('HERE') + typed.length;
  const state = EditorState.create({ doc, extensions: inFront.of(['fn activate(z: f32) -> f32 {}']) });
  return completeWgsl(new CompletionContext(state, pos, false))?.options.map(({ label }) => label) ?? [];
}

it('offers names and words of the language after letters, and members after a dot', () => {
  expect(options('su')).toEqual(expect.arrayContaining(['sums', 'sum', 'shape', 'activate', 'helper', 'workgroupBarrier', 'f16']));
  expect(options('su')).not.toContain('rows');
  expect(options('shape.')).toEqual(['rows', 'columns']);
  expect(options('+ ')).toEqual([]);
});
