/** `downhill compare`: reads result files and lays them side by side; a table for people, the same as JSON for programs. */
import { readFileSync, writeFileSync } from 'node:fs';
import type { Command } from 'commander';
import { environmentDifferences } from '../session/results/differences.ts';
import { ResultFileError } from '../session/results/errors.ts';
import { figuresOf, type Figures } from '../session/results/figures.ts';
import { readResult } from '../session/results/read.ts';
import { sideBySide } from '../session/results/side-by-side.ts';
import { compareTable, reasonSentence } from './compare-table.ts';
import { UsageError } from './usage-error.ts';

export interface RawCompareOptions {
  readonly json?: string;
}

export function addCompareOptions(command: Command): Command {
  return command
    .argument('<files...>', 'two or more result files, as Save result and --json write them')
    .option('--json <file>', 'write the comparison as JSON; - for standard output');
}

function read(file: string): Figures {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${file}: expected a result file, and it cannot be read (${why}). Name a file that can be.`);
  }
  try {
    return figuresOf(readResult(text, file));
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

/** @returns the exit code: 1 where a file may not be compared with the first */
export function runCompare(files: readonly string[], { json }: RawCompareOptions): number {
  if (files.length < 2) throw new UsageError(`compare: expected two or more files, found ${files.length} (${files.join(' ')}).`);
  const figures = files.map(read);
  if (json === '-') process.stdout.write(jsonText(files, figures));
  else {
    if (json !== undefined) writeFileSync(json, jsonText(files, figures));
    process.stdout.write(`${compareTable(files, figures)}\n`);
  }
  return sideBySide(figures).apart.length === 0 ? 0 : 1;
}
