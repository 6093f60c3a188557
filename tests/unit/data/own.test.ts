/** Files of a user's: read as the tools that wrote them meant them, each defect in a sentence, damaged ones never a crash. */
import { zipSync } from 'fflate';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { decodePicture } from '../../../src/cli/decode-picture.ts';
import { DatasetLoader } from '../../../src/data/load.ts';
import { chooseOwn } from '../../../src/data/own/choose.ts';
import { openOwn, type Opened, type OwnFile } from '../../../src/data/own/open.ts';
import type { OwnChoice, OwnData } from '../../../src/data/own/own-data.ts';
import { readOwnLine } from '../../../src/data/own/own-text.ts';
import { lookAt, previewOf } from '../../../src/data/own/preview.ts';
import { reopenOwn } from '../../../src/data/own/reopen.ts';
import { suggest } from '../../../src/data/own/suggest.ts';
import { Zip } from '../../../src/data/readers/zip.ts';
import { readOwn } from '../../../src/session/own/read-own.ts';
import { Random } from '../../../src/math/rng.ts';
import { DataError } from '../../../src/data/errors.ts';
import { fileOf, fixture, fixtureBytes } from '../../support/own-files.ts';
import { builtIn, expectDataError, idxOfBytes, request } from './helpers.ts';

const tools = { decode: decodePicture };
const open = (...files: readonly OwnFile[]): Promise<Opened> => openOwn(files, {});
const read = (file: OwnFile, label: string | null = null, testFile: OwnFile | null = null): Promise<OwnData> =>
  readOwn({ files: [file], test: testFile && [testFile], label }, tools);

async function arrayOf(name: string, array?: string): Promise<readonly (number | string)[]> {
  const { contents } = await open(fixture(name));
  if (contents.kind === 'table') return contents.table.columns.flatMap((column) => [...(column.kind === 'number' ? column.values : [])]);
  if (contents.kind !== 'arrays') throw new Error(contents.kind);
  const found = array === undefined ? contents.arrays[0] : contents.arrays.find((one) => one.name === array);
  return [...(found?.read() ?? [])];
}

describe('arrays that NumPy and h5py wrote', () => {
  test.each([
    // a matrix is a table: its columns one after the other
    ['floats.npy', undefined, [0, 3, 6, 9, 1, 4, 7, 10, 2, 5, 8, 11]],
    ['big-endian.npy', undefined, [0, 3, 1, 4, 2, 5]],
    ['halves.npy', undefined, [0.5, 65504, -1.25, Math.fround(2 ** -24)]],
    ['longs.npy', undefined, [2 ** 40, 0, -1, 7]],
    ['words.npy', undefined, ['cat', 'Löwe']],
    ['bytes.npy', undefined, ['cat', 'no']],
    ['truths.npy', undefined, [1, 0, 1]],
    ['latest.h5', 'y', Array.from({ length: 30 }, (_, i) => i % 3)],
    ['small.h5', 'list_classes', ['non-cat', 'cat']],
    ['halves.h5', 'x', [0.5, -1.25, 65504, 2 ** -24, 0, 2, 1, 3]],
    ['halves.h5', 'big-endian', [0.5, -1.25, 65504, 2 ** -24, 0, 2, 1, 3]],
  ] as const)('%s %s', async (name, array, values) => {
    const found = await arrayOf(name, array);
    expect(found.map((value) => (typeof value === 'number' && name === 'halves.npy' ? Math.fround(value) : value))).toEqual(
      name === 'halves.npy' ? [0.5, 65504, -1.25, Math.fround(1 * 2 ** -24)] : values,
    );
  });

  test('the course’s layout, packed in pieces', async () => {
    const data = await read(fixture('small.h5'));
    expect(data).toMatchObject({
      task: 'binary',
      n: 192,
      classNames: ['non-cat', 'cat'],
      image: { width: 8, height: 8, channels: 3 },
      test: null,
    });
    expect(data.train.features.kind).toBe('bytes');
    const set = await datasetOf(data, { m: 'all', normalization: 'unit' });
    expect(set.train.x.storage).toBe('uint8');
    expect([set.train.x.m, set.test.x.m]).toEqual([19, 5]);
    expect(set.scaling.scale[0]).toBeCloseTo(1 / 255, 8);
  });

  test('an archive with a test part of its own keeps it', async () => {
    const data = await read(fixture('split.npz'));
    expect([data.train.m, data.test?.m]).toEqual([20, 8]);
    const set = await datasetOf(data, { m: 'all' });
    expect([set.ownTest, set.train.x.m, set.test.x.m]).toEqual([true, 20, 8]);
    // the test part in the order of the file
    expect([...set.test.y]).toEqual([...(data.test?.target ?? [])]);
  });

  test('IDX, images and labels side by side', async () => {
    const images = fileOf(
      'train-images-idx3-ubyte',
      idxOfBytes(
        [6, 5, 5],
        Uint8Array.from({ length: 150 }, (_, i) => i),
      ),
    );
    const labels = fileOf('train-labels-idx1-ubyte.gz', new Uint8Array(gzipSync(idxOfBytes([6], Uint8Array.of(0, 1, 2, 0, 1, 2)))));
    const opened = await open(images, labels);
    const data = await chooseOwn(opened, null, suggest(opened), tools);
    expect(data).toMatchObject({ task: 'multiclass', n: 25, image: { width: 5, height: 5, channels: 1 }, classNames: ['0', '1', '2'] });
  });
});

async function datasetOf(data: OwnData, over: Partial<Parameters<typeof request>[0]> = {}): ReturnType<DatasetLoader['load']> {
  const loader = new DatasetLoader(builtIn);
  loader.adopt(data);
  return loader.load(request({ set: 'own', own: data.text, ...over }));
}

const table =
  'id,size,colour,y\n' +
  Array.from({ length: 40 }, (_, i) => `r${i},${i % 7},${i % 2 ? 'red' : 'blue'},${i % 2 ? 'yes' : 'no'}`).join('\n');

describe('tables', () => {
  test('are previewed, guessed and trained on like a built-in set', async () => {
    const opened = await open(fileOf('things.csv', table));
    const preview = previewOf(opened);
    if (preview.kind !== 'table') throw new Error(preview.kind);
    expect(preview.rowCount).toBe(40);
    expect(preview.rows[0]).toEqual(['r0', '0', 'blue', 'no']);
    expect(preview.columns.map(({ name, kind }) => `${name} ${kind}`)).toEqual(['id text', 'size number', 'colour text', 'y text']);
    expect(preview.suggestion).toMatchObject({ label: 'y', target: 'classes' });
    expect((await lookAt(opened, preview.suggestion, null)).balance).toEqual([
      { name: 'no', count: 20 },
      { name: 'yes', count: 20 },
    ]);
    const data = await chooseOwn(opened, null, { ...preview.suggestion, leaveOut: ['id'] }, tools);
    const set = await datasetOf(data, { normalization: 'standard', m: 16 });
    expect(set.featureNames).toEqual(['size', 'colour = blue', 'colour = red']);
    expect([set.train.x.m, set.test.x.m, set.mAvailable]).toEqual([16, 8, 32]);
  });

  test.each([
    ['semicolons', 'a;b;y\n1;2;p\n3;5;q\n', 'utf-8'],
    ['tabs, and old line ends', 'a\tb\ty\r\n1\t2\tp\r\n3\t5\tq\r\n', 'utf-8'],
    ['UTF-16', '\ufeffa,b,y\n1,2,p\n3,5,q\n', 'utf-16le'],
  ])('with %s', async (_, text, encoding) => {
    const bytes =
      encoding === 'utf-8' ? new TextEncoder().encode(text) : new Uint8Array(Uint16Array.from(text, (c) => c.charCodeAt(0)).buffer);
    expect(await read(fileOf('t.csv', bytes))).toMatchObject({ n: 2, classNames: ['p', 'q'] });
  });

  test('in another encoding are read as Windows-1252, and that is said', async () => {
    const bytes = Uint8Array.from('größe,y\n1,p\n2,q\n', (c) => c.charCodeAt(0));
    const data = await read(fileOf('t.csv', bytes));
    expect(data.featureNames).toEqual(['größe']);
    expect(data.notes.join()).toContain('Windows-1252');
  });

  test('a test file by the plan of its training file', async () => {
    const data = await read(fileOf('a.csv', 'c,x,y\nr,1,p\nb,2,q\nr,3,p\n'), null, fileOf('b.csv', 'y,x,c\nq,5,b\np,6,green\n'));
    const set = await datasetOf(data, { m: 'all', normalization: 'none' });
    // a word that training never saw is none of its features
    expect([...set.test.x.values]).toEqual([1, 0, 5, 0, 0, 6]);
    expect([...set.test.y]).toEqual([1, 0]);
  });

  test('a file packed with gzip, larger than a piece, gives back every number', async () => {
    const rows = Array.from({ length: 30_000 }, (_, i) => `${i},${(i * 7919) % 1000},${i % 3}`);
    const data = await read(fileOf('t.csv.gz', new Uint8Array(gzipSync(`a,b,y\n${rows.join('\n')}\n`))));
    const [first] = data.train.features.kind === 'columns' ? data.train.features.columns : [];
    expect(data.train.m).toBe(30_000);
    expect(first?.kind === 'number' && first.values.every((value, i) => value === i)).toBe(true);
  });
});

const png = Buffer.from('iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==', 'base64');
const pictures = (...paths: readonly string[]): OwnFile => {
  const files = Object.fromEntries(paths.map((path) => [path, path.includes('broken') ? Uint8Array.of(1, 2, 3) : new Uint8Array(png)]));
  return fileOf('animals.zip', new Uint8Array(zipSync(files)));
};

describe('pictures', () => {
  test('in the folders of a zip, those that do not decode left out and named', async () => {
    const data = await read(pictures('a/cats/1.png', 'a/cats/2.png', 'a/dogs/1.png', 'a/dogs/broken.png', '__MACOSX/cats/._1.png'));
    expect(data).toMatchObject({ task: 'binary', n: 3 * 64 * 64, classNames: ['cats', 'dogs'], train: { m: 3 } });
    expect(data.notes.join()).toContain('dogs/broken.png');
  });

  test('in folders for training and test', async () => {
    const data = await read(pictures('train/x/1.png', 'train/y/1.png', 'test/x/1.png'));
    expect([data.train.m, data.test?.m, data.classNames]).toEqual([2, 1, ['x', 'y']]);
  });
});

describe('what cannot be used', () => {
  const npy = (text: string): OwnFile =>
    fileOf('t.npy', Uint8Array.from([0x93, ...Buffer.from('NUMPY'), 1, 0, text.length, 0, ...Buffer.from(text), 1, 2, 3]));
  const npz = (x: readonly number[], y: readonly number[]): OwnFile => {
    const array = (values: readonly number[], shape: string): Uint8Array => {
      const header = `{'descr': '<f8', 'fortran_order': False, 'shape': (${shape}), }`;
      return new Uint8Array([
        0x93,
        ...Buffer.from('NUMPY'),
        1,
        0,
        header.length,
        0,
        ...Buffer.from(header),
        ...new Uint8Array(Float64Array.from(values).buffer),
      ]);
    };
    return fileOf('t.npz', new Uint8Array(zipSync({ 'x.npy': array(x, `${x.length / 2}, 2`), 'y.npy': array(y, `${y.length},`) })));
  };
  test.each([
    ['an empty file', fileOf('t.csv', ''), ['t.csv', 'empty file']],
    ['a ragged row', fileOf('t.csv', 'a,b\n1,2\n3\n'), ['t.csv', 'row 3', 'found 1']],
    ['a single class', fileOf('t.csv', 'a,y\n1,p\n2,p\n'), ['“y”', '“p” alone']],
    ['a single row with a label', fileOf('t.csv', 'a,y\n1,2.5\n2,\n3,\n'), ['“a”', 'values that differ', '“1” in every row']],
    ['a single row of words', fileOf('t.csv', 'a,y\nu,2.5\nv,\nw,\n'), ['“a”', 'values that differ']],
    ['a word among numbers', fileOf('t.csv', 'a,y\n1,p\n2,q\nx,q\n4,p\n'), ['row 4', '“a”', '“x”']],
    ['infinity', fileOf('t.csv', 'a,y\n1,p\ninf,q\n'), ['row 3', '“inf”']],
    ['constant columns alone', fileOf('t.csv', 'a,y\n1,p\n1,q\n'), ['beside “y”']],
    ['no table at all', fileOf('t.csv', Uint8Array.of(65, 0, 66, 0, 1)), ['zero byte at byte 1']],
    ['a quotation without end', fileOf('t.csv', 'a,y\n1,"p\n2,q\n'), ['row 2', 'quotation']],
    ['a wrong magic number', fileOf('t.idx', Uint8Array.of(0, 0, 0x42, 1, 0)), ['byte 2', '0x42']],
    ['a truncated IDX', fileOf('t.idx', idxOfBytes([9, 9], new Uint8Array(3))), ['cut short at byte 15']],
    ['a truncated NPY', npy("{'descr': '<f8', 'fortran_order': False, 'shape': (7,), }"), ['cut short', '(7,)']],
    ['Python objects', fixture('objects.npy'), ['“|O”', 'Python objects']],
    ['a truncated HDF5', fileOf('t.h5', fixtureBytes('small.h5').slice(0, 9000)), ['t.h5', 'cut short']],
    ['a filter that nobody here has', fixture('lzf.h5'), ['lzf.h5', '“x”', 'filter “lzf”', 'gzip']],
    ['an HDF5 without arrays', fixture('empty.h5'), ['without any']],
    ['a truncated gzip', fileOf('t.csv.gz', new Uint8Array(gzipSync(table).subarray(0, 60))), ['gzip', 'cut short']],
    [
      'paths that climb out',
      fileOf('t.zip', new Uint8Array(zipSync({ '../../x/1.png': new Uint8Array(png) }))),
      ['climbs out', '../../x/1.png'],
    ],
    ['a zip in a zip', fileOf('t.zip', new Uint8Array(zipSync({ 'u.zip': zipSync({ a: new Uint8Array(3) }) }))), ['zip inside']],
    ['a folder of one class', pictures('cats/1.png', 'cats/2.png'), ['“cats” alone']],
    ['a single picture', fileOf('t.png', new Uint8Array(png)), ['single picture', 'folder']],
    ['pictures of which none decodes', pictures('a/broken1.png', 'b/broken2.png'), ['none that decodes', 'broken1.png']],
    ['labels of another number', npz([1, 2, 3, 4, 5, 6], [0, 1]), ['t.npz', '“x” (3, 2)', '“y” (2,)']],
    ['a NaN among features', npz([1, 2, NaN, 4], [0, 1]), ['“x”, example 1, feature 0', 'finite', 'NaN']],
    ['labels that are no classes', npz([1, 2, 3, 4], [0.5, 1]), ['“y”, example 0', '0.5']],
  ] as const)('%s', async (_, file, parts) => {
    await expectDataError(() => read(file), ...parts);
  });

  test('a test file with a folder that training does not have', async () => {
    const [train, other] = [pictures('cats/1.png', 'dogs/1.png'), pictures('cats/1.png', 'cows/1.png')];
    await expectDataError(() => read(train, null, other), 'expected folders cats, dogs', '“cows”');
  });

  test('a zip that would unpack to more than it may', async () => {
    const bomb = new Uint8Array(zipSync({ 'a/1.png': new Uint8Array(3_000_000), 'b/2.png': new Uint8Array(3_000_000) }));
    expect(bomb.length).toBeLessThan(20_000);
    await expectDataError(() => new Zip('bomb.zip', bomb, 5 * 2 ** 20), 'bomb.zip', 'at most 5 MiB');
  });

  test('labels outside of the classes that the file names', async () => {
    const opened = await open(fixture('small.h5'));
    const { contents } = opened;
    if (contents.kind !== 'arrays') throw new Error(contents.kind);
    const arrays = contents.arrays.map((one) =>
      one.name === 'train_set_y' ? { ...one, read: () => Int32Array.from({ length: 24 }, (_, i) => i % 3) } : one,
    );
    const changed: Opened = { ...opened, contents: { kind: 'arrays', arrays } };
    await expectDataError(() => chooseOwn(changed, null, suggest(changed), tools), '“train_set_y”, example 2', '0 to 1', 'found 2');
  });
});

describe('a link', () => {
  test('opens the same file again with what was chosen, and no other', async () => {
    const opened = await open(fileOf('t*.csv', table));
    const choice: OwnChoice = { ...suggest(opened), leaveOut: ['id', 'size'], label: 'y' };
    const data = await chooseOwn(opened, null, choice, tools);
    expect(readOwnLine(data.text)).toMatchObject({ task: 'binary', file: 't-.csv', shape: [40, 4], leaveOut: [0, 1] });
    const again = await reopenOwn({ files: [fileOf('t*.csv', table)], test: null }, data.text, tools);
    expect(again).toEqual(data);
    await expectDataError(() => reopenOwn({ files: [fileOf('u.csv', table)], test: null }, data.text, tools), 'u.csv', 'expected “t-.csv”');
    await expectDataError(
      () => reopenOwn({ files: [fileOf('t*.csv', `${table}\nz,1,red,no\n`)], test: null }, data.text, tools),
      '40 × 4',
      'found 41 × 4',
    );
  });

  test('a file that is not open is asked for by its name', async () => {
    const loader = new DatasetLoader(builtIn);
    await expectDataError(() => loader.load(request({ set: 'own', own: 'binary*cats.h5*1x2**y*x*cm*64*' })), 'cats.h5', 'Open it again');
  });
});

describe('damaged files', () => {
  const sources: readonly OwnFile[] = [
    fileOf('things.csv', table),
    ...['small.h5', 'latest.h5', 'split.npz', 'floats.npy', 'words.npy'].map(fixture),
    fileOf('images.idx', idxOfBytes([6, 5, 5], new Uint8Array(150))),
    fileOf('t.csv.gz', new Uint8Array(gzipSync(table))),
    pictures('a/cats/1.png', 'a/dogs/1.png', 'a/dogs/2.png'),
  ];

  /** Bytes changed, cut off, doubled or filled in, as bad disks and bad connections do it. */
  function damaged(bytes: Uint8Array, random: Random): Uint8Array<ArrayBuffer> {
    const copy = new Uint8Array(bytes);
    const kind = random.below(4);
    // headers matter most
    const reach = random.below(2) === 0 ? Math.min(copy.length, 256) : copy.length;
    if (kind === 0) return copy.slice(0, random.below(copy.length));
    if (kind === 1) {
      const from = random.below(reach);
      copy.fill(random.below(2) === 0 ? 0xff : 0, from, from + 1 + random.below(16));
      return copy;
    }
    if (kind === 2) {
      const at = random.below(copy.length);
      return new Uint8Array([...copy.subarray(0, at), ...copy.subarray(random.below(copy.length))]);
    }
    for (let count = 1 + random.below(6); count > 0; count--) copy[random.below(reach)] = random.below(256);
    return copy;
  }

  test.each(sources.map((file) => [file.path, file] as const))('%s: a set, or a sentence that names the file', async (path, file) => {
    const bytes = new Uint8Array(await file.blob.arrayBuffer());
    const random = new Random(17, 5);
    let refused = 0;
    for (let trial = 0; trial < 40; trial++) {
      const copy = damaged(bytes, random);
      try {
        const data = await read(fileOf(path, copy));
        await datasetOf(data, { m: 'all', normalization: 'standard' });
      } catch (error) {
        if (!(error instanceof DataError)) throw new Error(`${path}, trial ${trial}`, { cause: error });
        expect(error.message).toMatch(/^\S.*: .{10,}/s);
        expect(error.message).toMatch(/t\.csv|things|small|latest|split|floats|words|images|animals/);
        refused++;
      }
    }
    expect(refused).toBeGreaterThan(5);
  });
});
