/** Opens again what a link speaks of: the same file, by its name and shape, with what was chosen of it before. */
import { DataError } from '../errors.ts';
import { chooseOwn, type ChooseTools } from './choose.ts';
import { openOwn, type Opened, type OwnFile } from './open.ts';
import type { OwnChoice, OwnData } from './own-data.ts';
import { lineName, readOwnLine, type OwnLine } from './own-text.ts';

const nameOf = ({ path }: OwnFile): string => lineName(path.split('/').at(-1) ?? path);

export interface ReopenFiles {
  readonly files: readonly OwnFile[];
  /** The files of the test part; null: they are among `files`, where the line speaks of any. */
  readonly test: readonly OwnFile[] | null;
}

interface Parts {
  readonly train: readonly OwnFile[];
  readonly test: readonly OwnFile[];
}

/** @throws DataError when it is another file, another shape, or the test file is not among those that were opened */
export async function reopenOwn(files: ReopenFiles, text: string, tools: ChooseTools): Promise<OwnData> {
  const line = readOwnLine(text);
  if (!line) throw new DataError('the link', 'expected the name and the shape of a file, found nothing that can be read.');
  const [first, ...others] = partsOf(files, line);
  try {
    return await reopenParts(first, line, text, tools);
  } catch (error) {
    for (const parts of others) return await reopenParts(parts, line, text, tools);
    throw error;
  }
}

/** Which files are which part: by their names, and where two have one name, one way round and then the other. */
function partsOf({ files, test }: ReopenFiles, line: OwnLine): readonly [Parts, ...Parts[]] {
  if (line.test === '') return [{ train: files, test: [] }];
  if (test !== null && test.length > 0) return [{ train: files, test }];
  const names = line.test.split(' + ');
  const named = files.filter((file) => names.includes(nameOf(file)));
  const [one, other] = named;
  if (one && other && files.length === 2 && line.test === line.file) {
    return [
      { train: [one], test: [other] },
      { train: [other], test: [one] },
    ];
  }
  const parts = { train: files.filter((file) => !named.includes(file)), test: named };
  if (parts.test.length > 0 && parts.train.length > 0) return [parts];
  throw new DataError(line.file, `expected its test file “${line.test}” beside it. Open both at once.`);
}

async function reopenParts({ train, test }: Parts, line: OwnLine, text: string, tools: ChooseTools): Promise<OwnData> {
  const opened = await openOwn(train, tools);
  if (lineName(opened.name) !== line.file) throw new DataError(opened.name, `expected “${line.file}”, found another file.`);
  const choice = choiceOf(opened, line);
  const data = await chooseOwn(opened, test.length > 0 ? await openOwn(test, tools) : null, choice, tools);
  if (data.text === text) return data;
  const found = readOwnLine(data.text)?.shape.join(' × ') ?? '';
  throw new DataError(opened.name, `expected shape ${line.shape.join(' × ')}, as the link says, found ${found}. It has changed since.`);
}

/** Names as the file has them: the line may have had to change a sign in them. */
function choiceOf({ contents, name }: Opened, { choice, leaveOut }: OwnLine): OwnChoice {
  if (contents.kind === 'pictures') return { ...choice, leaveOut: [] };
  const names = contents.kind === 'table' ? contents.table.columns.map((column) => column.name) : contents.arrays.map((one) => one.name);
  const known = (said: string): string => {
    const found = names.find((one) => lineName(one) === said);
    if (found === undefined && said !== '') throw new DataError(name, `expected “${said}”, as the link says, found ${names.join(', ')}.`);
    return found ?? '';
  };
  return {
    ...choice,
    label: known(choice.label),
    features: known(choice.features),
    leaveOut: leaveOut.flatMap((place) => names[place] ?? []),
  };
}
