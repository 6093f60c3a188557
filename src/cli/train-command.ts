/** `downhill train`: asks a host to train, shows progress on standard error, and prints the result. */
import { writeFileSync } from 'node:fs';
import type { TrainCommand } from './arguments.ts';
import { trainInBrowser } from './hosts/browser.ts';
import { trainInNode } from './hosts/node.ts';
import { hearOwn } from './own-hosts.ts';
import { ProgressLine } from './progress-line.ts';
import { trainTable } from './table.ts';
import { resultText } from '../session/results/write.ts';
import type { TrainProgress, TrainReport } from '../session/train-report.ts';

function print(report: TrainReport, { json, machine }: TrainCommand): void {
  const text = resultText(report, machine);
  if (json === '-') {
    process.stdout.write(text);
    return;
  }
  if (json !== null) writeFileSync(json, text);
  process.stdout.write(`${trainTable(report)}\n`);
}

/** Every engine that was asked for gave right answers to the end. */
function allRight(report: TrainReport, { request }: TrainCommand): boolean {
  return request.lanes.every((lane) => report.runs.some((run) => run.engine === lane && run.checked && Number.isFinite(run.finalCost)));
}

/** @returns the exit code */
export async function runTrain(command: TrainCommand): Promise<number> {
  const progress = new ProgressLine(process.stderr);
  try {
    const onProgress = ({ step, steps }: TrainProgress): void =>
      progress.show(`step ${step.toLocaleString('en-US')} of ${steps.toLocaleString('en-US')}`);
    const { request, host, browser } = command;
    const own = command.own && { ...command.own, ...hearOwn(progress) };
    const report = await (host === 'browser' ? trainInBrowser(browser, request, onProgress, own) : trainInNode(request, onProgress, own));
    progress.clear();
    print(report, command);
    return allRight(report, command) ? 0 : 1;
  } finally {
    progress.clear();
  }
}
