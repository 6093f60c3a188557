/** Pictures in named folders: which class each belongs to, and whether the folders bring a test part. None is decoded here. */
import { DataError } from '../errors.ts';

export interface PictureFile {
  readonly path: string;
  read(): Promise<Uint8Array>;
}

/** A picture of so many pixels a side to its red, green and blue, 3 · side² bytes. Rejects when it cannot. */
export type DecodePicture = (bytes: Uint8Array, side: number) => Promise<Uint8Array>;

export interface LabelledPicture {
  readonly file: PictureFile;
  readonly label: number;
}

export interface PictureFolders {
  readonly classNames: readonly string[];
  readonly train: readonly LabelledPicture[];
  /** Null where the folders bring no test part. */
  readonly test: readonly LabelledPicture[] | null;
}

const pictureName = /\.(png|jpe?g|gif|webp|bmp|avif)$/i;
const testFolder = /^(test|testing|val|valid|validation)$/i;
const trainFolder = /^(train|training)$/i;

export function isPicture(path: string): boolean {
  return pictureName.test(path) && !path.split('/').some((part) => part.startsWith('.') || part === '__MACOSX');
}

/**
 * The class of a picture is the folder that it lies in. Folders called `train` and `test` around those are parts.
 * @throws DataError unless there are two folders at least
 */
export function foldersOf(input: string, files: readonly PictureFile[]): PictureFolders {
  const placed = files.map((file) => ({ file, folders: file.path.split('/').slice(0, -1) }));
  const partOf = (folders: readonly string[]): 'train' | 'test' | null => {
    const around = folders.slice(0, -1);
    return around.some((name) => testFolder.test(name)) ? 'test' : around.some((name) => trainFolder.test(name)) ? 'train' : null;
  };
  const hasParts = placed.some(({ folders }) => partOf(folders) === 'test') && placed.some(({ folders }) => partOf(folders) === 'train');
  const classNames = [...new Set(placed.map(({ folders }) => folders.at(-1) ?? ''))].sort();
  if (classNames.length < 2 || classNames.includes('')) {
    const found = classNames[0] ? `“${classNames[0]}” alone` : 'pictures outside of any folder';
    throw new DataError(input, `expected pictures in two or more folders, one for each class, found ${found}.`);
  }
  const index = new Map(classNames.map((name, at) => [name, at]));
  const label = ({ file, folders }: (typeof placed)[number]): LabelledPicture => ({ file, label: index.get(folders.at(-1) ?? '') ?? 0 });
  if (!hasParts) return { classNames, train: placed.map(label), test: null };
  return {
    classNames,
    train: placed.filter(({ folders }) => partOf(folders) !== 'test').map(label),
    test: placed.filter(({ folders }) => partOf(folders) === 'test').map(label),
  };
}
