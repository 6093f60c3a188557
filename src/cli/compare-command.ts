/** `downhill compare`: reads result files and lays them side by side; a table for people, the same as JSON for programs. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { environmentDifferences } from '../session/results/differences.ts';
import { ResultFileError } from '../session/results/errors.ts';
import { readFiled, type FiledResults } from '../session/results/collection.ts';
import { figuresOf, type Figures } from '../session/results/figures.ts';
import { sideBySide } from '../session/results/side-by-side.ts';
import { compareTable, reasonSentence } from './compare-table.ts';
import { UsageError } from './usage-error.ts';

export interface RawCompareOptions {
  readonly json?: string;
}

export function addCompareOptions(command: Command): Command {
  return command
    .argument('<files...>', 'result files, as Save result, Export all and --json write them: two or more results in all')
    .option('--json <file>', 'write the comparison as JSON; - for standard output');
}

/** One result, and what it is called: its file, and where there are many in it, which of them. */
interface Named {
  readonly file: string;
  readonly figures: Figures;
}

function readText(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file}: expected a result file, and it cannot be read (${why}). Name a file that can be.`);
  }
}

/** A damaged result among many is named on standard error, and the others are taken. */
function readPath(file: string): { readonly found: readonly Named[]; readonly isWhole: boolean } {
  const { results, damaged } = filedIn(file);
  for (const { message } of damaged) process.stderr.write(`${message}\n`);
  const isOne = results.length + damaged.length === 1;
  const found = results.map(({ result, name, place }): Named => {
    const which = name === '' ? `result ${place}` : `result ${place} (${name})`;
    return { file: isOne ? file : `${file}, ${which}`, figures: figuresOf(result) };
  });
  return { found, isWhole: damaged.length === 0 };
}

function filedIn(file: string): FiledResults {
  const text = readText(file);
  try {
    return readFiled(text, file);
  } catch (error) {
    if (error instanceof ResultFileError) throw new UsageError(error.message);
    throw error;
  }
}

function jsonText(files: readonly string[], figures: readonly Figures[]): string {
  const { together, apart, works } = sideBySide(figures);
  const named = (at: number): string => files[at] ?? '';
  const shown = together.flatMap((at) => figures[at] ?? []);
  const comparison = {
    schema: 1,
    kind: 'comparison',
    files: files.map((file, at) => ({ file, ...figures[at] })),
    together: together.map(named),
    notComparable: apart.map(({ at, reason }) => ({ file: named(at), with: files[0], ...reason, sentence: reasonSentence(reason) })),
    differences: environmentDifferences(shown.map(({ environment }) => environment)),
    works: works.map(({ name, cells }) => ({
      name,
      cells: cells.map((cell, column) => ({
        file: named(together[column] ?? 0),
        lanes: cell?.lanes ?? null,
        speedup: cell?.speedup ?? null,
      })),
    })),
  };
  return `${JSON.stringify(comparison, null, 2)}\n`;
}

/** @returns the exit code: 1 where a result may not be compared with the first, or is damaged among others that are not */
export function runCompare(paths: readonly string[], { json }: RawCompareOptions): number {
  const read = paths.map(readPath);
  const found = read.flatMap((one) => one.found);
  if (found.length < 2) {
    throw new UsageError(`compare: expected two or more results, in one file or in several, found ${found.length} (${paths.join(' ')}).`);
  }
  const [files, figures] = [found.map(({ file }) => file), found.map((one) => one.figures)];
  if (json === '-') process.stdout.write(jsonText(files, figures));
  else {
    if (json !== undefined) writeFileSync(json, jsonText(files, figures));
    process.stdout.write(`${compareTable(files, figures)}\n`);
  }
  return sideBySide(figures).apart.length === 0 && read.every(({ isWhole }) => isWhole) ? 0 : 1;
}
