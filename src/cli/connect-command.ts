/** `downhill bench --connect`: one table of what all machines gave, and one file; a machine that did not answer is named. */
import { writeFileSync } from 'node:fs';
import { collectionText } from '../session/results/collection.ts';
import { figuresOf } from '../session/results/figures.ts';
import { readResult } from '../session/results/read.ts';
import { resultText } from '../session/results/write.ts';
import type { BenchCommand } from './bench-arguments.ts';
import { allRight, progressText } from './bench-command.ts';
import { benchTable } from './bench-table.ts';
import { compareTable } from './compare-table.ts';
import { benchConnected } from './hosts/bench-connect.ts';
import { ProgressLine } from './progress-line.ts';

/** What a machine is called in table and file: where it was reached. */
const nameOf = (address: string): string => new URL(address).host;

/** @returns the exit code: 1 where a machine did not answer, or an answer was wrong */
export async function runConnected(command: BenchCommand): Promise<number> {
  const progress = new ProgressLine(process.stderr);
  const outcomes = await benchConnected(command, (address, update) => progress.show(`${nameOf(address)}: ${progressText(update)}`));
  progress.clear();
  for (const outcome of outcomes) {
    if (outcome.report === null) process.stderr.write(`${outcome.address} gave no result (${outcome.why}). The others went on.\n`);
  }
  const answered = outcomes.flatMap(({ address, report }) => (report ? [{ name: nameOf(address), report }] : []));
  const results = answered.map(({ name, report }) => readResult(resultText(report, name), name));
  const filed = results.map((result) => ({ result, name: result.machine, note: '', pinned: false }));
  if (command.json === '-') process.stdout.write(collectionText(filed));
  else {
    if (command.json !== null) writeFileSync(command.json, collectionText(filed));
    const [first] = answered;
    const names = answered.map(({ name }) => name);
    if (answered.length > 1) process.stdout.write(`${compareTable(names, results.map(figuresOf))}\n`);
    else if (first) process.stdout.write(`${benchTable(first.report)}\n`);
  }
  const allAnswered = answered.length === outcomes.length;
  return allAnswered && answered.every(({ report }) => allRight(report, command.named)) ? 0 : 1;
}
