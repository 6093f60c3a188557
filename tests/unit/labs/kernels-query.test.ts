/** The address of the Kernels lab: settings out and in again, and what a made-up link cannot ask for. */
import { describe, expect, it } from 'vitest';
import { readKernelsQuery, withNeeded, writeKernelsQuery } from '../../../src/labs/kernels/kernels-query.ts';
import { defaultKernels, type KernelsSettings } from '../../../src/labs/kernels/kernels-state.ts';
import { catalogue } from '../../../src/session/kernels/catalogue.ts';

const all = catalogue();

function throughUrl(settings: KernelsSettings): KernelsSettings {
  const contracts = all.files.find(({ file }) => file === settings.file)?.contracts ?? [];
  const contract = contracts.find(({ id }) => id === settings.contract) ?? contracts[0] ?? null;
  const { settings: read, notes } = readKernelsQuery(writeKernelsQuery(settings, contract), all);
  expect(notes).toEqual([]);
  return read;
}

it('brings back every file, contract and shape, with sizes at their bounds and all features', () => {
  for (const { file, contracts } of all.files) {
    for (const { id, timed, sizes } of contracts) {
      for (const shape of timed.keys()) {
        const most = Object.fromEntries(
          (sizes[shape] ?? []).flatMap(({ name, most: value }) => (value === timed[shape]?.[name] ? [] : [[name, value]])),
        );
        for (const own of [{}, most]) {
          const settings = { file, contract: id, shape, sizes: own, on: ['shader-f16', 'subgroups'] } as const;
          expect(throughUrl(settings)).toEqual(settings);
        }
      }
    }
  }
});

it('is short where nothing was changed, and names one size with the others around it', () => {
  const matmul = all.files.find(({ file }) => file === 'matmul.wgsl')?.contracts[0] ?? null;
  expect(writeKernelsQuery(defaultKernels, matmul)).toBe('');
  expect(writeKernelsQuery({ ...defaultKernels, shape: 3, sizes: { rows: 7 }, on: ['subgroups'] }, matmul)).toBe(
    'shape=3&sizes=7x64x784&with=subgroups',
  );
});

describe('what cannot be', () => {
  it.each([
    ['sizes=0x1x1', /rows of 1 … 65,535 x columns of 1 … 16,384 x depth of 1 … 16,384 was expected/],
    ['sizes=1e12x1x1', /rows of/],
    ['sizes=-5x1x1', /rows of/],
    ['sizes=100', /rows of/],
    ['sizes=99999x1x1', /rows of/],
    ['sizes=999999999999999999x1x1', /rows of/],
    ['file=loss-view.wgsl&sizes=100x100', /has no sizes/],
  ])('%s', (query, sentence) => {
    const { settings, notes } = readKernelsQuery(query, all);
    expect(settings.sizes).toEqual({});
    expect(notes).toMatchObject([{ key: 'sizes', expected: { kind: 'said', sentence: expect.stringMatching(sentence) as string } }]);
  });

  it('a feature of no such name', () => {
    const { settings, notes } = readKernelsQuery('with=magic.f16', all);
    expect(settings.on).toEqual([]);
    expect(notes).toMatchObject([{ key: 'with', value: 'magic.f16' }]);
  });
});

it('a file that runs nowhere without a feature has it switched on, and no other file has', () => {
  for (const { file } of all.files) {
    const needs = /^(lib[/](operand-float32-quad|quad|texels-.*)|one-pass-quads)[.]wgsl$/.test(file);
    expect(withNeeded({ ...defaultKernels, file }, all).on, file).toEqual(needs ? ['subgroups'] : []);
    expect(withNeeded({ ...defaultKernels, file, on: ['shader-f16'] }, all).on).toEqual(
      needs ? ['shader-f16', 'subgroups'] : ['shader-f16'],
    );
  }
});
