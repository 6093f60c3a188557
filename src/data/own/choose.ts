/**
 * From what a file holds and what the user chose of it to a set: labels become classes or numbers, arrays are checked,
 * and pictures decoded. Everything that cannot be used is refused here, in a sentence, before anything is trained.
 */
import type { ImageShape, Task } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { listed, namedAtMost } from '../listed.ts';
import type { Table } from '../readers/csv.ts';
import { encodeByPlan, encodeColumns, type EncodedTable } from '../table.ts';
import { arrayPart, imageOf, readLabels } from './array-part.ts';
import { shapeText, type ArrayEntry } from './arrays.ts';
import { checksumOf } from './checksum.ts';
import type { DecodePicture } from './folders.ts';
import type { Contents, Opened, Reading } from './open.ts';
import type { OwnChoice, OwnData, OwnPart } from './own-data.ts';
import { writeOwnLine } from './own-text.ts';
import { decodeFolders } from './picture-part.ts';
import { labelsFor, leftOutColumns, testPair, type Pair } from './suggest.ts';

export interface ChooseTools extends Reading {
  /** Null where pictures cannot be decoded. */
  readonly decode: DecodePicture | null;
}

type Made = Omit<OwnData, 'text' | 'name' | 'task' | 'checksum'> & { readonly shape: readonly number[] };

/**
 * @param test a file with the test part; null: the file's own, or a share that is held out
 * @throws DataError naming the file and what is wrong with it
 */
export async function chooseOwn(opened: Opened, test: Opened | null, choice: OwnChoice, tools: ChooseTools): Promise<OwnData> {
  const made = await make(opened, test, choice, tools);
  const task = taskOf(made.classNames);
  const { shape, ...data } = made;
  const columns = opened.contents.kind === 'table' ? opened.contents.table.columns : [];
  const leaveOut = choice.leaveOut.map((name) => columns.findIndex((column) => column.name === name)).filter((place) => place >= 0);
  const text = writeOwnLine({ task, file: opened.name, shape, test: test?.name ?? '', choice, leaveOut });
  return {
    ...data,
    text,
    name: opened.name,
    task,
    checksum: checksumOf(data),
    notes: [...opened.notes, ...(test?.notes ?? []), ...leftOutNotes(opened, choice), ...made.notes],
  };
}

function taskOf(classNames: readonly string[]): Task {
  return classNames.length === 0 ? 'regression' : classNames.length === 2 ? 'binary' : 'multiclass';
}

function make(opened: Opened, test: Opened | null, choice: OwnChoice, tools: ChooseTools): Promise<Made> | Made {
  const { contents } = opened;
  switch (contents.kind) {
    case 'table':
      return ofTable(contents.table, test && tableOf(test), choice);
    case 'arrays':
      return ofArrays(opened.name, contents.arrays, test, choice);
    case 'pictures':
      return ofPictures(opened.name, contents, test, choice, tools);
  }
}

function tableOf({ name, contents }: Opened): Table {
  if (contents.kind === 'table') return contents.table;
  throw new DataError(name, `expected a table like the training file, found ${contents.kind}.`);
}

function ofTable(table: Table, test: Table | null, choice: OwnChoice): Made {
  const { encoded, plan } = encodeColumns(table, choice);
  const encodedTest = test && encodeByPlan(test, plan);
  return {
    n: encoded.n,
    classNames: encoded.classNames,
    featureNames: encoded.featureNames,
    targetName: choice.label,
    image: null,
    train: tablePart(encoded),
    test: encodedTest && tablePart(encodedTest),
    notes: tableNotes(encoded, table, choice),
    shape: [table.rowCount, table.columns.length],
  };
}

function tablePart({ m, columns, rows, target }: EncodedTable): OwnPart {
  return { m, features: { kind: 'columns', columns, rows }, target };
}

/** Columns that can be no feature, each with its reason, and those that were left out as somebody chose. */
function leftOutNotes({ contents }: Opened, { label, leaveOut }: OwnChoice): readonly string[] {
  if (contents.kind !== 'table') return [];
  const unfit = leftOutColumns(contents.table, label).filter(({ name }) => leaveOut.includes(name));
  const chosen = leaveOut.filter((name) => unfit.every((one) => one.name !== name)).map((name) => `“${name}”`);
  return [
    ...unfit.map(({ why }) => why.replace(/ Leave the column out\.$/, ' The column is left out.')),
    ...(chosen.length === 0
      ? []
      : [`${chosen.length === 1 ? 'A column is' : `${chosen.length} columns are`} left out as chosen: ${listed(chosen)}.`]),
  ];
}

/** The first rows that no example was made of, counted from 1. @param rows of examples, ascending */
function firstOmitted(rows: Uint32Array, rowCount: number): readonly number[] {
  const found: number[] = [];
  let at = 0;
  for (let row = 0; row < rowCount && found.length < namedAtMost; row++) {
    if (rows[at] === row) at++;
    else found.push(row + 1);
  }
  return found;
}

function tableNotes({ missing, omittedRows, rows }: EncodedTable, { rowCount }: Table, choice: OwnChoice): readonly string[] {
  const holes = missing.map(({ column, count }) => `“${column}” ${count}`).join(', ');
  const then = choice.missing === 'median' ? 'The median of the training part stands in for features.' : '';
  return [
    ...(holes === '' ? [] : [`Values are missing: ${holes}. ${then}`.trimEnd()]),
    ...(omittedRows === 0
      ? []
      : [
          `${omittedRows === 1 ? '1 row is' : `${omittedRows} rows are`} left out, for want of ${choice.missing === 'omit' ? 'a value' : 'a label'}: ${listed(firstOmitted(rows, rowCount), omittedRows)}, counted from the first example.`,
        ]),
  ];
}

function ofArrays(name: string, arrays: readonly ArrayEntry[], test: Opened | null, choice: OwnChoice): Made {
  const pair = pairOf(name, arrays, choice);
  const classTexts = arrays.find((one) => one.type === 'text' && /class|name|categor/i.test(one.name) && one !== pair.y);
  const names = classTexts ? (classTexts.read() as readonly string[]) : null;
  const { target, classNames } = readLabels(name, pair.y, choice.target, names, null);
  const train = arrayPart(name, pair.x, target);
  const testArrays = test ? arraysOf(test) : arrays;
  const itsTest = testPair(pair, testArrays, test === null);
  if (test && !itsTest)
    throw new DataError(test.name, `expected arrays of features and labels, as in ${name}, found ${listOf(testArrays)}.`);
  return {
    n: train.n,
    classNames,
    featureNames: [],
    targetName: pair.y.name,
    image: imageOf(pair.x.shape, train.part.features.kind),
    train: train.part,
    test: itsTest && testPart(test?.name ?? name, itsTest, pair, choice, classNames, train.n),
    notes: [],
    shape: pair.x.shape,
  };
}

function testPart(name: string, { x, y }: Pair, train: Pair, choice: OwnChoice, classNames: readonly string[], n: number): OwnPart {
  const { target } = readLabels(name, y, choice.target, null, classNames);
  const made = arrayPart(name, x, target);
  if (made.n === n) return made.part;
  throw new DataError(
    name,
    `array “${x.name}”: expected examples like those of training, ${shapeText(train.x.shape.slice(1))}, found ${shapeText(x.shape.slice(1))}.`,
  );
}

function arraysOf({ name, contents }: Opened): readonly ArrayEntry[] {
  if (contents.kind === 'arrays') return contents.arrays;
  throw new DataError(name, `expected arrays like the training file, found ${contents.kind === 'table' ? 'a table' : 'pictures'}.`);
}

const listOf = (arrays: readonly ArrayEntry[]): string =>
  arrays
    .slice(0, 12)
    .map(({ name, shape, type }) => `“${name}” ${shapeText(shape)} ${type}`)
    .join(', ');

function pairOf(input: string, arrays: readonly ArrayEntry[], choice: OwnChoice): Pair {
  const find = (name: string, what: string): ArrayEntry => {
    const found = arrays.find((one) => one.name === name);
    if (found) return found;
    throw new DataError(input, `expected an array “${name}” of ${what}, found ${listOf(arrays)}.`);
  };
  if (choice.features === '' || choice.label === '') {
    throw new DataError(input, `expected an array of examples (m, …) and one of m labels, found ${listOf(arrays)}.`);
  }
  const [x, y] = [find(choice.features, 'features'), find(choice.label, 'labels')];
  if (labelsFor(x, arrays).includes(y)) return { x, y };
  throw new DataError(
    input,
    `array “${y.name}”: expected a label for each of the ${x.shape[0] ?? 0} examples of “${x.name}” ${shapeText(x.shape)}, found shape ${shapeText(y.shape)}.`,
  );
}

async function ofPictures(
  name: string,
  { folders }: Extract<Contents, { kind: 'pictures' }>,
  test: Opened | null,
  { side }: OwnChoice,
  { decode, ...reading }: ChooseTools,
): Promise<Made> {
  if (decode === null) throw new DataError(name, 'pictures cannot be decoded here.');
  if (test && test.contents.kind !== 'pictures') throw new DataError(test.name, 'expected pictures in folders like the training part.');
  const { classNames } = folders;
  const train = await decodeFolders(name, folders.train, classNames, side, decode, reading);
  const testFolders = test?.contents.kind === 'pictures' ? test.contents.folders : null;
  const strange = testFolders?.classNames.find((one) => !classNames.includes(one));
  if (test && strange !== undefined) throw new DataError(test.name, `expected folders ${classNames.join(', ')}, found “${strange}”.`);
  const pictures = testFolders
    ? testFolders.train.map(({ file, label }) => ({ file, label: classNames.indexOf(testFolders.classNames[label] ?? '') }))
    : folders.test;
  const itsTest = pictures && (await decodeFolders(test?.name ?? name, pictures, classNames, side, decode, reading));
  const image: ImageShape = { width: side, height: side, channels: 3 };
  return {
    n: 3 * side * side,
    classNames,
    featureNames: [],
    targetName: classNames.length === 2 ? (classNames[1] ?? '') : 'class',
    image,
    train: train.part,
    test: itsTest?.part ?? null,
    notes: [...train.notes, ...(itsTest?.notes ?? [])],
    shape: [folders.train.length + (folders.test?.length ?? 0)],
  };
}
