/** `downhill sweep`: asks a host for a sweep over m, shows progress on standard error, and prints what was found. */
import { writeFileSync } from 'node:fs';
import { resultText } from '../session/results/write.ts';
import type { SweepNotice, SweepReport, SweepUpdate } from '../session/sweep/protocol.ts';
import type { SweepSettings } from '../session/sweep/settings.ts';
import { hearOwn, type HeardJob } from './own-hosts.ts';
import { ProgressLine } from './progress-line.ts';
import type { SweepCommand } from './sweep-arguments.ts';
import { duration, sweepTable } from './sweep-table.ts';

export type SweepIn = (
  settings: SweepSettings,
  onUpdate: (update: SweepUpdate) => void,
  own?: HeardJob<SweepSettings> | null,
) => Promise<SweepReport>;

function print(report: SweepReport, { json, machine }: SweepCommand): void {
  const text = resultText(report, machine);
  if (json === '-') {
    process.stdout.write(text);
    return;
  }
  if (json !== null) writeFileSync(json, text);
  process.stdout.write(`${sweepTable(report)}\n`);
}

function progressText({ done, count, secondsLeft, task }: SweepUpdate): string {
  const left = secondsLeft === null ? '' : `, about ${duration(secondsLeft)} left`;
  const where = count === 0 ? '' : `${done} of ${count}${left}: `;
  switch (task?.kind) {
    case 'loading':
      return `loading ${task.file}`;
    case 'time':
      return `${where}timing a step at m = ${task.m}`;
    case 'train':
      return `${where}${task.model} on m = ${task.m}, seed ${task.seed}`;
    case undefined:
      return `${where}getting ready`;
  }
}

function noticeText(notice: SweepNotice): string {
  switch (notice.kind) {
    case 'm-reduced':
      return `the set has ${notice.used} training examples, not ${notice.asked}: the sweep goes up to there`;
    case 'too-few':
      return `m = ${notice.sizes.join(', ')} left out: ${notice.found} examples of ${notice.className} to train on, ${notice.needed} needed`;
    case 'too-large':
      return `${notice.model} on m = ${notice.sizes.join(', ')} left out: ${notice.why}`;
    case 'device-lost':
      return `the GPU device was lost (${notice.detail}); ${notice.recovered ? 'a new one goes on' : 'the CPU goes on alone'}`;
    case 'no-gpu':
      return `there is no GPU here (${notice.why}${notice.detail === '' ? '' : `: ${notice.detail}`}): the CPU does all runs`;
    case 'not-timed':
      return `the ${notice.lane.toUpperCase()} is not timed from m = ${notice.from} on: ${notice.why === 'memory' ? 'it does not fit its memory' : 'a step would take too long'}`;
    case 'hidden':
      return `${notice.discarded} rounds of blocks were discarded, because the tab was hidden`;
    case 'not-kept':
      return notice.why.words;
  }
}

/** After these, less was done than was asked for. */
const meansLess: readonly SweepNotice['kind'][] = ['m-reduced', 'too-few', 'too-large'];

/** Every run was done, none diverged, and no lane was wrong. */
function allRight({ unfinished, accuracy, time }: SweepReport): boolean {
  const wrong = time.points.some(({ gpuProblem, cpuProblem }) => [gpuProblem, cpuProblem].some((problem) => problem?.startsWith('WRONG')));
  return unfinished === 0 && !wrong && accuracy.every(({ samples }) => samples.every(({ diverged }) => diverged === null));
}

/** @returns the exit code */
export async function runSweep(command: SweepCommand, sweepIn: SweepIn): Promise<number> {
  const progress = new ProgressLine(process.stderr);
  const leftOut: SweepNotice[] = [];
  try {
    const hear = (update: SweepUpdate): void => {
      if (update.notice && meansLess.includes(update.notice.kind)) leftOut.push(update.notice);
      if (update.notice) {
        progress.clear();
        process.stderr.write(`${noticeText(update.notice)}\n`);
      }
      progress.show(progressText(update));
    };
    const report = await sweepIn(command.settings, hear, command.own && { ...command.own, ...hearOwn(progress) });
    progress.clear();
    print(report, command);
    return leftOut.length === 0 && allRight(report) ? 0 : 1;
  } finally {
    progress.clear();
  }
}
