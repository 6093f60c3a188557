/**
 * An opened file in one line, for settings and URL: its name, its shape and what was chosen of it, and none of its bytes.
 * The line is also how a loader knows whether what it holds is what is asked for.
 */
import type { Task } from '../dataset.ts';
import type { OwnChoice } from './own-data.ts';

/** One of the few signs that stay as they are in a query. */
const separator = '*';

export interface OwnLine {
  readonly task: Task;
  readonly file: string;
  /** Of the features: rows and columns, or the array's own; of pictures their number. */
  readonly shape: readonly number[];
  /** Name of a test file, or nothing. */
  readonly test: string;
  readonly choice: Omit<OwnChoice, 'leaveOut'>;
  /** Places of the columns that are left out. */
  readonly leaveOut: readonly number[];
}

/** A name as the line holds it. */
export function lineName(name: string): string {
  return name.replaceAll(separator, '-');
}

export function writeOwnLine({ task, file, shape, test, choice, leaveOut }: OwnLine): string {
  const how = `${choice.target === 'classes' ? 'c' : 'n'}${choice.missing === 'median' ? 'm' : 'o'}`;
  const parts = [task, file, shape.join('x'), test, choice.label, choice.features, how, String(choice.side), leaveOut.join('.')];
  return parts.map(lineName).join(separator);
}

/** By its shape: examples of rows and columns, or files of pictures. A table has two numbers. */
export function mayHoldPictures(text: string): boolean {
  return text.split(separator)[2]?.split('x').length !== 2;
}

/** Null for nonsense. */
export function readOwnLine(text: string): OwnLine | null {
  const parts = text.split(separator);
  const [task = '', file = '', shapeText = '', test = '', label = '', features = '', how = '', sideText = '', left = ''] = parts;
  const shape = shapeText.split('x').map(Number);
  const side = Number(sideText);
  const isTask = task === 'binary' || task === 'multiclass' || task === 'regression';
  const isWhole = (value: number): boolean => Number.isInteger(value) && value >= 0;
  if (parts.length !== 9 || !isTask || file === '' || !shape.every(isWhole) || !/^[cn][mo]$/.test(how) || !(side >= 1 && isWhole(side)))
    return null;
  const leaveOut = left === '' ? [] : left.split('.').map(Number);
  if (!leaveOut.every(isWhole)) return null;
  const choice = {
    label,
    features,
    side,
    target: how.startsWith('c') ? ('classes' as const) : ('number' as const),
    missing: how.endsWith('m') ? ('median' as const) : ('omit' as const),
  };
  return { task, file, shape, test, choice, leaveOut };
}
