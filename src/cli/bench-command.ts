/** `downhill bench`: measures, shows progress on standard error, and prints the result. */
import { writeFileSync } from 'node:fs';
import type { BenchReport } from '../session/bench/report.ts';
import type { BenchProgress } from '../session/bench/run.ts';
import { resultText } from '../session/results/write.ts';
import type { BenchCommand } from './bench-arguments.ts';
import { benchTable } from './bench-table.ts';
import { ProgressLine } from './progress-line.ts';

export type BenchIn = (command: BenchCommand, onProgress: (progress: BenchProgress) => void) => Promise<BenchReport>;

function print(report: BenchReport, { json, machine }: BenchCommand): void {
  const text = resultText(report, machine);
  if (json === '-') {
    process.stdout.write(text);
    return;
  }
  if (json !== null) writeFileSync(json, text);
  process.stdout.write(`${benchTable(report)}\n`);
}

/**
 * Every answer that was checked was right, every workload has at least one time of ours, and each lane that was named
 * has a time for each workload (or a law, where that alone was asked for). A lane that was not named may be missing here:
 * its row says why.
 */
export function allRight({ workloads, laws }: BenchReport, named: readonly string[]): boolean {
  if (workloads.length === 0) return laws.length > 0 && named.every((name) => laws.some(({ engine }) => engine === name));
  return workloads.every(({ lanes }) => {
    const timed = lanes.filter(({ msPerStep }) => msPerStep !== null);
    const wrong = lanes.some(({ checked }) => checked?.ok === false);
    return !wrong && timed.length > 0 && named.every((name) => timed.some(({ engine }) => engine === name));
  });
}

export function progressText({ workload, m, index, count, lane, doing }: BenchProgress): string {
  const where = `${index + 1} of ${count}, ${workload}${m === undefined ? '' : `, m = ${m}`}`;
  switch (doing) {
    case 'ceilings':
      return 'what the processors reach in a copy and in multiply-adds';
    case 'input':
      return `${where}: making the data`;
    case 'prepare':
      return `${where}: ${lane} prepares and answers`;
    case 'warm-up':
      return `${where}: ${lane} warms up`;
    case 'measure':
      return `${where}: measuring ${lane}`;
  }
}

/** @returns the exit code */
export async function runBenchCommand(command: BenchCommand, benchIn: BenchIn): Promise<number> {
  const progress = new ProgressLine(process.stderr);
  try {
    const report = await benchIn(command, (update) => {
      progress.show(progressText(update));
    });
    progress.clear();
    print(report, command);
    return allRight(report, command.named) ? 0 : 1;
  } finally {
    progress.clear();
  }
}
