/** Arrays in several files or groups: which are features and labels, and which are a test part that must not be overlooked. */
import { zipSync } from 'fflate';
import { describe, expect, test } from 'vitest';
import { chooseOwn, type ChooseTools } from '../../../src/data/own/choose.ts';
import { openOwn, type OwnFile } from '../../../src/data/own/open.ts';
import type { OwnData } from '../../../src/data/own/own-data.ts';
import { nameApart, partOf } from '../../../src/data/own/part-names.ts';
import { lookAt } from '../../../src/data/own/preview.ts';
import { suggest } from '../../../src/data/own/suggest.ts';
import { readOwn } from '../../../src/session/own/read-own.ts';
import { fileOf, fixture, npyOf } from '../../support/own-files.ts';
import { idxOfBytes } from './helpers.ts';

const tools: ChooseTools = { decode: null };

const featuresOf = (m: number, shift = 0): Uint8Array<ArrayBuffer> =>
  npyOf(
    Array.from({ length: 3 * m }, (_, at) => at + shift),
    [m, 3],
  );
const labelsOf = (m: number): Uint8Array<ArrayBuffer> =>
  npyOf(
    Array.from({ length: m }, (_, at) => at % 2),
    [m],
  );
const archiveOf = (path: string, arrays: Readonly<Record<string, Uint8Array>>): OwnFile =>
  fileOf(path, new Uint8Array(zipSync(Object.fromEntries(Object.entries(arrays).map(([name, array]) => [`${name}.npy`, array])))));

async function readAll(...files: readonly OwnFile[]): Promise<OwnData> {
  const opened = await openOwn(files, tools);
  return chooseOwn(opened, null, suggest(opened), tools);
}

const sizesOf = ({ train, test: itsTest }: OwnData): readonly (number | undefined)[] => [train.m, itsTest?.m];

describe('features and labels in files of their own', () => {
  const files = [fileOf('X.npy', featuresOf(8)), fileOf('ids.npy', labelsOf(8)), fileOf('y.npy', labelsOf(8))];

  test('open together, though each matrix alone is a table', async () => {
    const data = await readAll(...files);
    expect(data).toMatchObject({ task: 'binary', n: 3, targetName: 'y.npy', train: { m: 8 } });
    expect((await openOwn([fileOf('X.npy', featuresOf(8))], tools)).contents.kind).toBe('table');
    // what a file browser leaves beside it does not count
    const beside = await openOwn([fileOf('.DS_Store', 'x'), fileOf('X.npy', featuresOf(8))], tools);
    expect(beside.contents.kind).toBe('table');
  });

  test('the label goes by the name of its file', async () => {
    const data = await readOwn({ files, test: null, label: 'ids.npy' }, tools);
    expect(data).toMatchObject({ targetName: 'ids.npy', n: 3 });
  });
});

describe('a test part', () => {
  const archive = (names: readonly string[]): OwnFile => {
    const [x = '', y = '', testX = '', testY = ''] = names;
    return archiveOf('t.npz', { [x]: featuresOf(9), [y]: labelsOf(9), [testX]: featuresOf(4), [testY]: labelsOf(4) });
  };

  test.each([
    [['x_train', 'y_train', 'x_test', 'y_test']],
    [['x', 'y', 'x_val', 'y_val']],
    [['X', 'y', 'Xval', 'yval']],
    [['trainX', 'trainY', 'validX', 'validY']],
    [['images', 'labels', 'validation/images', 'validation/labels']],
    [['data/images', 'data/labels', 'val/images', 'val/labels']],
  ])('in one archive: %s', async (names) => {
    const opened = await openOwn([archive(names)], tools);
    expect((await lookAt(opened, suggest(opened), null)).testArray).toBe(names[2]);
    expect(sizesOf(await readAll(archive(names)))).toEqual([9, 4]);
  });

  test.each([[['latest_x', 'latest_y', 'x', 'y']], [['x', 'y', 'interval_x', 'interval_y']]])('is none in %s', async (names) => {
    expect(sizesOf(await readAll(archive(names)))[1]).toBeUndefined();
  });

  test('goes before one for validation', async () => {
    const both = { x: featuresOf(9), y: labelsOf(9), x_val: featuresOf(3), y_val: labelsOf(3), x_test: featuresOf(4), y_test: labelsOf(4) };
    expect(sizesOf(await readAll(archiveOf('t.npz', both)))).toEqual([9, 4]);
  });

  test('in a file beside, whose arrays are called by their part as well', async () => {
    const part = (name: string, m: number): OwnFile =>
      archiveOf(`${name}.npz`, { [`${name}_set_x`]: featuresOf(m), [`${name}_set_y`]: labelsOf(m) });
    expect(sizesOf(await readAll(part('test', 4), part('train', 9)))).toEqual([9, 4]);
  });

  test('of MNIST, in four files', async () => {
    const part = (name: string, m: number): readonly OwnFile[] => [
      fileOf(`${name}-images-idx3-ubyte`, idxOfBytes([m, 5, 5], new Uint8Array(25 * m))),
      fileOf(
        `${name}-labels-idx1-ubyte`,
        idxOfBytes(
          [m],
          Uint8Array.from({ length: m }, (_, at) => at % 3),
        ),
      ),
    ];
    const data = await readAll(...part('t10k', 6), ...part('train', 9));
    expect(sizesOf(data)).toEqual([9, 6]);
    expect(data).toMatchObject({ image: { width: 5, height: 5 }, targetName: 'train-labels-idx1-ubyte' });
  });
});

test('links to groups around, in an HDF5 file, are not followed', async () => {
  const { contents } = await openOwn([fixture('halves.h5')], tools);
  const names = contents.kind === 'arrays' ? contents.arrays.map(({ name, type }) => `${name} ${type}`) : [];
  expect(names.sort()).toEqual(['big-endian float16', 'other/alias float16', 'x float16', 'y uint8']);
});

test.each([
  ['train.h5/train_set_x', 'train', 'set/x'],
  ['test.h5/test_set_x', 'test', 'set/x'],
  ['t10k-labels-idx1-ubyte.gz', 'test', 'labels/idx1/ubyte'],
  ['split_train_test.npz/xTrain', 'train', 'split/x'],
  ['yval', 'validation', 'y'],
  ['latest/values', null, 'latest/values'],
] as const)('%s belongs to %s', (name, part, apart) => {
  expect([partOf(name), nameApart(name)]).toEqual([part, apart]);
});
