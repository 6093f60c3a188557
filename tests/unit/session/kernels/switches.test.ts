/** Features that can be switched on, and `enable` brought to the front without a line moving; sizes that a shape may have. */
import { describe, expect, it } from 'vitest';
import { locate } from '../../../../src/engine/gpu/kernels.ts';
import { constantsOf } from '../../../../src/session/kernels/gate/contract.ts';
import { contracts } from '../../../../src/session/kernels/gate/table.ts';
import { freeSizes, roomOf, shapeWith } from '../../../../src/session/kernels/gate/sizes.ts';
import { lessons } from '../../../../src/session/kernels/lessons.ts';
import { composeWithDirectives, known, without } from '../../../../src/session/kernels/switches.ts';

describe('directives', () => {
  const library = { file: 'lib/a.wgsl', code: 'enable subgroups;\n// a library\nfn a() {}' };
  const kernel = {
    file: 'b.wgsl',
    code: '// enable magic;\n/* two\nlines */ enable f16, subgroups;\nenable\n  f16; diagnostic(off, x);\nfn b() {\n  // enable nothing;\n}',
  };

  it('stand first, each once, and every line stays where it was', () => {
    const code = composeWithDirectives([library, kernel]);
    const lines = code.split('\n');
    expect(lines[0]?.trimEnd()).toBe('enable subgroups; enable f16, subgroups; enable f16; diagnostic(off, x);');
    expect(lines).toHaveLength(11);
    const at = lines.findIndex((line) => line.includes('fn b()')) + 1;
    expect(locate([library, kernel], at)).toMatchObject({ file: 'b.wgsl', line: 6 });
    expect(lines.slice(1).join('\n')).not.toMatch(/^\s*(enable|f16)/m);
    expect(code).toContain('// enable magic;');
  });

  it('that there are none of leave files as they are', () => {
    expect(
      composeWithDirectives([
        { file: 'x', code: 'fn x() {}' },
        { file: 'y', code: 'fn y() {}\nenable f16;' },
      ]),
    ).toBe('fn x() {}\nfn y() {}\nenable f16;');
  });
});

it('a choice of features is the same whatever its order, and holds only what can be switched', () => {
  expect(known(['shader-f16', 'timestamp-query', 'subgroups'])).toEqual(known(['subgroups', 'shader-f16']));
  expect(without(known(['subgroups']))).toEqual(['shader-f16']);
});

describe('sizes', () => {
  const room = { bytes: 2 ** 28, flops: 2 ** 31 };

  it.each([...contracts, ...lessons.map(({ contract }) => contract)].map((contract) => [contract.id, contract] as const))(
    '%s: what is listed fits a common device, and nothing beyond the bounds of a size is taken',
    (_, contract) => {
      for (const listed of contract.timed) {
        expect(shapeWith(contract, listed, {}, { bytes: 2 ** 27, flops: 2 ** 29 })).toEqual(listed);
        const most = freeSizes(contract, listed);
        if (most.length === 0) continue;
        const [first] = most;
        for (const value of [0, -1, 1.5, Number.NaN, Infinity, (first?.most ?? 0) + 1]) {
          expect(() => shapeWith(contract, listed, { [first?.name ?? '']: value }, room)).toThrow(/whole number from 1 to/);
        }
      }
    },
  );

  it.each(contracts.map((contract) => [contract.id, contract] as const))(
    '%s: what is taken needs no more memory than is said',
    (_, contract) => {
      const small = { bytes: 2 ** 19, flops: 2 ** 22 };
      const [listed = {}] = contract.timed;
      const least = Object.fromEntries(
        freeSizes(contract, listed).map(({ name }) => [name, name === 'steps' ? 4 : name === 'columns' ? 16 : 1]),
      );
      for (const { name, most } of freeSizes(contract, listed)) {
        for (let value = 16; value <= most; value *= 4) {
          const sizes = { ...least, [name]: value, ...(name === 'batch' ? { examples: value } : {}) };
          let shape;
          try {
            shape = shapeWith(contract, listed, sizes, small);
          } catch {
            break;
          }
          const { buffers } = contract.make(shape, constantsOf(contract, { shape }, {}), 1);
          const bytes = Object.values(buffers).reduce((sum, values) => sum + values.byteLength, 0);
          // paddings of rows, margins and traces of small sizes
          expect(bytes, `${name} = ${value}`).toBeLessThan(8 * small.bytes);
        }
      }
    },
  );

  it('are refused together where each alone would do', () => {
    const copy = contracts.find(({ id }) => id === 'copy');
    if (!copy) throw new Error('no copy');
    expect(() => shapeWith(copy, { vectors: 1 }, { vectors: 2 ** 22 }, { bytes: 2 ** 26, flops: 1 })).toThrow(
      /134.2 MB, and here at most 67.1 MB/,
    );
    const limits = { maxBufferSize: 2 ** 20, maxStorageBufferBindingSize: 2 ** 30 } as GPUSupportedLimits;
    expect(roomOf(limits, true)).toEqual({ bytes: 2 ** 20, flops: 2 ** 29 });
  });
});
