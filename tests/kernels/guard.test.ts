/** The first net on a GPU: loops without end are left and named, and the kernel as written is never run. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Ledger } from '../../src/engine/gpu/arena.ts';
import { contractsOfFile } from '../../src/session/kernels/catalogue.ts';
import { passGate } from '../../src/session/kernels/gate-run.ts';
import { lessons } from '../../src/session/kernels/lessons.ts';
import type { GateFinding } from '../../src/session/kernels/protocol.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';

let device: GPUDevice;
const ledger = new Ledger();
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

const file = 'lesson/row-sum.wgsl';
const right = lessons.find(({ name }) => name === 'row-sum')?.solution ?? '';

function gate(text: string): Promise<GateFinding> {
  return passGate(contractsOfFile(file), { device, ledger, edit: { file, text }, chosen: {}, seed: 1 });
}

/** The solution with something before its sum. */
const withLoop = (loop: string): string => right.replace('  var sum = 0.0;', `  var sum = 0.0;\n${loop}`);

describe('a loop without end', () => {
  const line = right.split('\n').findIndex((text) => text.includes('var sum = 0.0;')) + 2;

  it.each([
    ['plain', '  while (true) { sum += 1.0; }', line, 'while'],
    ['plain, with an end that is never reached', '  loop { sum += 1.0; if (sum < 0.0) { break; } }', line, 'loop'],
    ['nested, the inner one', '  for (var i = 0u; i < 3u; i++) {\n    while (true) { sum += 1.0; }\n  }', line + 1, 'while'],
    ['nested, the outer one', '  while (sum < 1e30) {\n    for (var i = 0u; i < 5u; i++) { sum += 0.0; }\n  }', line, 'while'],
    ['whose condition depends on data', '  for (var i = 0u; x[0] != 0.0; i++) { sum += x[i % 2u]; }', line, 'for'],
    ['that threads leave one by one but for one', '  while (local == 5u || sum > 1.0) { sum = 0.0; }', line, 'while'],
    ['with a barrier inside', '  for (;;) { workgroupBarrier(); }', line, 'for'],
    ['whose counter never arrives', '  for (var i = 1u; i != 0u; i += 2u) { sum += 1.0; }', line, 'for'],
  ] as const)('%s', async (_, loop, where, keyword) => {
    expect(await gate(withLoop(loop))).toMatchObject({ kind: 'endless', file, line: where, keyword });
  });

  const spin = 'fn spin() {\n  loop { workgroupBarrier(); }\n}\n';

  it('with a barrier, in a function that another such loop calls again and again', async () => {
    const text = spin + withLoop('  loop { spin(); }');
    expect(await gate(text)).toMatchObject({ kind: 'endless', file, line: 2, keyword: 'loop' });
  });

  it('nested, in front of a barrier that all have to reach', async () => {
    const inner = 'loop { n |= 1u; if (n == 0u) { break; } }';
    const loop = `  var n = shape.columns; loop { n |= 1u; ${inner} if (n == 0u) { break; } }\n  if (n > 3u) { workgroupBarrier(); }`;
    expect(await gate(withLoop(loop))).toMatchObject({ kind: 'endless', file, line, keyword: 'loop' });
  });

  it('whatever the text calls its own variables', async () => {
    const text = withLoop('  let downhillBudget = 4294967295u; let downhill2_Budget = downhillBudget; while (x[0] < 1e30) { sum += 1.0; }');
    expect(await gate(text)).toMatchObject({ kind: 'endless', file, line, keyword: 'while' });
  });

  it('that has no end only when the kernel runs once more on what it left', async () => {
    const text = right.replace(
      '    sums[group.x] = parts[0];',
      '    while (abs(sums[group.x] - parts[0]) < 1e-6) { parts[0] += 0.0; }\n    sums[group.x] = parts[0];',
    );
    expect(await gate(text)).toMatchObject({ kind: 'endless', file, keyword: 'while' });
  });

  it('the device goes on, and nothing is left on it', async () => {
    expect(await gate(right)).toMatchObject({ kind: 'right' });
    expect([ledger.buffers, ledger.bytes]).toEqual([0, 0]);
  });
});

describe('what else can be wrong with a text', () => {
  it.each([
    ['not WGSL at all', 'Dear compiler, please add up my rows.', 'not-compiled'],
    ['empty', '', 'not-compiled'],
    ['an entry point of another name', right.replace('fn main', 'fn other'), 'not-compiled'],
    ['a binding that is not there', right.replace('@binding(1)', '@binding(7)'), 'not-compiled'],
    ['a binding of another kind', right.replace('<storage, read> x', '<storage, read_write> x'), 'not-compiled'],
    ['a workgroup too large', right.replace('@workgroup_size(64)', '@workgroup_size(4096)'), 'not-compiled'],
    ['too much workgroup memory', right.replace('array<f32, 64>', 'array<f32, 100000>'), 'not-compiled'],
    ['a name that the guard needs', `fn atomicStore(a: u32) {}\n${right}`, 'not-compiled'],
    ['NaN everywhere', right.replace('= parts[0];', '= parts[0] / (parts[0] - parts[0]);'), 'wrong'],
    ['what a lesson starts with', contractsOfFile(file)[0]?.files[0]?.code ?? '', 'wrong'],
  ] as const)('%s', async (_, text, kind) => {
    const found = await gate(text);
    expect(found.kind).toBe(kind);
    if (found.kind === 'not-compiled') expect(found.complaints.map(({ words }) => words).join('')).not.toBe('');
  });

  it('says where the first difference is, and maps the error of a matrix', async () => {
    const tile = 'lesson/tile.wgsl';
    const text = (contractsOfFile(tile)[0]?.files[0]?.code ?? '').replace('= sum;', '= sum + select(0.0, 1.0, id.y == 3u && id.x == 5u);');
    const found = await passGate(contractsOfFile(tile), { device, ledger, edit: { file: tile, text }, chosen: {}, seed: 1 });
    expect(found).toMatchObject({ kind: 'wrong', shape: { rows: 9 }, comparison: { wrong: 1, first: { row: 3, column: 5, region: 'C' } } });
    const map = found.kind === 'wrong' ? found.comparison.map : null;
    expect([...(map?.cells ?? [])].flatMap((size, at) => (size > 1 ? [at] : []))).toEqual([3 * 7 + 5]);
  });
});

describe('what draws', () => {
  const view = 'loss-view.wgsl';
  const code = contractsOfFile(view)[0]?.files[0]?.code ?? '';

  it.each([
    ['a shade that is off by a fiftieth', 'steps, min(', 'steps * 0.98, min(', { kind: 'wrong', contract: 'loss-view surface' }],
    ['a stroke that is too thin', 'point.radius + 0.5', 'point.radius + 0.3', { kind: 'wrong', contract: 'loss-view stroke' }],
    [
      'a loop without end for each pixel',
      'var passed = vec4f(0.0);',
      'var passed = vec4f(0.0); while (passed.x < 1.0) { passed.y = 0.0; }',
      { kind: 'endless', file: view, keyword: 'while' },
    ],
    [
      'a loop where corners are placed',
      'let radius = stroke.start.w;',
      'var radius = 0.0; while (radius < stroke.start.w) { radius += 1.0; }',
      { kind: 'refused', words: 'a loop in a vertex shader cannot be guarded against having no end' },
    ],
  ] as const)('%s', async (_, from, to, finding) => {
    const text = code.replace(from, to);
    expect(text).not.toBe(code);
    expect(await passGate(contractsOfFile(view), { device, ledger, edit: { file: view, text }, chosen: {}, seed: 1 })).toMatchObject(
      finding,
    );
    expect([ledger.buffers, ledger.bytes]).toEqual([0, 0]);
  });
});

it.each(lessons)(
  'the solution of $name is right, and its start is not, but for the one to make faster',
  async ({ name, solution, contract }) => {
    const own = contract.files[0]?.file ?? '';
    const options = { device, ledger, chosen: {}, seed: 1 };
    expect(await passGate([contract], { ...options, edit: { file: own, text: solution } })).toMatchObject({ kind: 'right' });
    expect((await passGate([contract], { ...options, edit: null })).kind).toBe(name === 'tile' ? 'right' : 'wrong');
  },
);
