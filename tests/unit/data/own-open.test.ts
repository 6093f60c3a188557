/** What is said and shown of files before they are used: those left out, one that has gone, pictures in planes. */
import { zipSync } from 'fflate';
import { expect, test } from 'vitest';
import { openOwn, type OwnFile } from '../../../src/data/own/open.ts';
import { lookAt } from '../../../src/data/own/preview.ts';
import { suggest } from '../../../src/data/own/suggest.ts';
import { fileOf } from '../../support/own-files.ts';
import { expectDataError, idxOfBytes } from './helpers.ts';

test('files beside a folder of pictures are left out, and named', async () => {
  const paths = ['a/cats/1.png', 'a/dogs/1.png', 'a/readme.txt', 'train.csv', 'a/.DS_Store'];
  const { contents, notes } = await openOwn(
    paths.map((path) => fileOf(path, 'x')),
    {},
  );
  expect(contents).toMatchObject({ kind: 'pictures', folders: { classNames: ['cats', 'dogs'] } });
  expect(notes).toEqual(['5 files: 2 files that are no pictures are left out: a/readme.txt, train.csv.']);
  const zip = zipSync({
    'cats/1.png': Uint8Array.of(1),
    'dogs/': new Uint8Array(0),
    'dogs/1.png': Uint8Array.of(2),
    'x.txt': Uint8Array.of(3),
  });
  expect((await openOwn([fileOf('t.zip', new Uint8Array(zip))], {})).notes).toEqual([
    't.zip: 1 file that is no picture is left out: x.txt.',
  ]);
});

test('a file that has gone since it was chosen is named', async () => {
  const blob = new Blob(['a,y\n1,2\n']);
  const gone = Object.assign(blob, {
    slice: () => Object.assign(new Blob(['']), { arrayBuffer: () => Promise.reject(new Error('it was not found')) }),
  });
  const file: OwnFile = { path: 'folder/t.csv', blob: gone };
  await expectDataError(() => openOwn([file], {}), 't.csv', 'it was not found', 'deleted', 'choose it again');
});

test.each([
  ['planes of red, green and blue', [3, 4, 5], (pixel: number, channel: number) => channel * 20 + pixel],
  ['pixels of three', [4, 5, 3], (pixel: number, channel: number) => 3 * pixel + channel],
  ['shades of grey', [4, 5, 1], (pixel: number) => pixel],
] as const)('a contact sheet of %s', async (_, shape, valueAt) => {
  const size = shape.reduce<number>((product, length) => product * length, 1);
  const images = fileOf(
    'x.idx',
    idxOfBytes(
      [2, ...shape],
      Uint8Array.from({ length: 2 * size }, (_value, at) => at),
    ),
  );
  const opened = await openOwn([images, fileOf('y.idx', idxOfBytes([2], Uint8Array.of(0, 1)))], {});
  const { sheet } = await lookAt(opened, suggest(opened), null);
  expect(sheet.map(({ label, width, height }) => [label, width, height])).toEqual([
    ['0', 5, 4],
    ['1', 5, 4],
  ]);
  const second = Array.from({ length: 20 }, (_value, pixel) => [0, 1, 2].map((channel) => size + valueAt(pixel, channel)));
  expect([...(sheet[1]?.pixels ?? [])]).toEqual(second.flatMap((pixel) => [...pixel, 255]));
});
