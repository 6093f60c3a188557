/** Where guards are put: every loop, with its line, whatever stands around it; and what the guard's buffer says afterwards. */
import { expect, it } from 'vitest';
import { firedLoop, guardLoops, guardWords } from '../../../../src/session/kernels/guard.ts';
import { contracts } from '../../../../src/session/kernels/gate/table.ts';
import { compose } from '../../../../src/engine/gpu/kernels.ts';

const code = `// for (in a comment) {
fn helper() {
  workgroupBarrier();
}
/* while /* nested */ (x) { */
@compute @workgroup_size(64)
fn main() {
  for (var i = 0u; i < 4u; i++) { if (i > 2u) { continue; } }
  while ((a[b(1)] < 3)) {
    loop {
      break;
    }
  }
  for (;;) {
    helper();
    for (var j = 0u; j < 2u; j++) {}
  }
}
`;

it('finds each loop and nothing else, on its line', () => {
  const { loops } = guardLoops(code);
  expect(loops).toEqual([
    { keyword: 'for', line: 8 },
    { keyword: 'while', line: 9 },
    { keyword: 'loop', line: 10 },
    { keyword: 'for', line: 14 },
    { keyword: 'for', line: 16 },
  ]);
});

it('keeps every line where it is', () => {
  const guarded = guardLoops(code).code.split('\n');
  for (const [index, line] of code.split('\n').entries()) expect(guarded[index]).toContain(line.trim().slice(0, 6));
});

it('counts the turns of a loop that reaches a barrier through a function in a way that the compiler can follow', () => {
  const lines = guardLoops(code).code.split('\n');
  expect(lines[13]).toContain('downhillHere > downhillBudget');
  expect(lines[13]).not.toContain('downhillTurns');
  expect(lines[15]).toContain('downhillTurns > downhillBudget');
});

it('leaves code without loops, and code that is none, as it is', () => {
  for (const text of ['fn main() { let x = 1; }', 'for while loop {{{', 'not WGSL at all }}} (', '', '/* never closed', 'fn f( {']) {
    expect(guardLoops(text).code).toBe(text);
  }
});

it('names the loop with the most turns of its own, not those around it', () => {
  const guarded = guardLoops(code);
  expect(guardWords(guarded)).toBe(6);
  expect(firedLoop(guarded, Uint32Array.of(0, 0, 0, 0, 0, 0))).toBeNull();
  expect(firedLoop(guarded, Uint32Array.of(1, 0, 3, 70_000, 0, 2))).toEqual({ keyword: 'loop', line: 10 });
});

it.each(contracts.map(({ id, files }) => [id, compose(files)] as const))('%s: as many guards as loops', (_, text) => {
  const bare = text.replaceAll(/\/\/.*/g, '');
  expect(guardLoops(text).loops).toHaveLength([...bare.matchAll(/\b(for|while)\s*\(|\bloop\s*\{/g)].length);
});
