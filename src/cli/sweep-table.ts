/** The result of `downhill sweep` for people: times against m with their law, then scores against m, a column a model. */
import { findingsOf } from '../session/sweep/findings.ts';
import type { SweepReport } from '../session/sweep/report.ts';
import { alignColumns } from './table.ts';

const whole = (value: number): string => Math.round(value).toLocaleString('en-US');

/** `2 min 5 s`; whole seconds. */
export function duration(seconds: number): string {
  const all = Math.max(1, Math.round(seconds));
  return all < 60 ? `${all} s` : `${Math.floor(all / 60)} min ${all % 60} s`;
}

function ms(value: number | null): string {
  return value === null ? '' : value.toPrecision(3);
}

function timePart({ time }: SweepReport): string {
  const cell = (value: number | null, problem: string | null): string => (problem?.startsWith('WRONG') ? 'WRONG' : ms(value));
  const rows = time.points.map(({ m, gpuMs, cpuMs, cpuLane, gpuProblem, cpuProblem }) => {
    return [whole(m), cell(gpuMs, gpuProblem), cell(cpuMs, cpuMs === null ? cpuProblem : null), cpuLane ?? ''];
  });
  const law = (lane: string, line: SweepReport['time']['gpu']): string =>
    line ? `${lane}: ${line.fixedMs.toPrecision(3)} ms + ${(1000 * line.msPerExample).toPrecision(3)} µs · m` : '';
  return [
    `A step of ${time.model}, all m examples in it, in milliseconds:`,
    alignColumns([['m', 'gpu', 'cpu', 'cpu lane'], ...rows]),
    ...[law('GPU', time.gpu), law('CPU', time.cpu)].filter((line) => line !== ''),
    crossoverLine(time.crossover),
  ].join('\n');
}

function crossoverLine(crossover: SweepReport['time']['crossover']): string {
  if ('none' in crossover) return `No m* in sight: ${crossover.none}.`;
  const { m, ci95, inside, faster } = crossover;
  const lane = faster.toUpperCase();
  const interval = `95 % interval ${whole(ci95[0])} to ${ci95[1] === null ? '∞' : whole(ci95[1])}`;
  if (inside) return `m* = ${whole(m)} (${interval}): from there on the ${lane} is faster.`;
  return `The lines do not cross where it was measured; the laws would put m* at ${whole(m)} (${interval}), from where the ${lane} would be faster.`;
}

function scorePart({ accuracy, data }: SweepReport): string {
  const models = [...new Set(accuracy.map(({ model }) => model))];
  const sizes = [...new Set(accuracy.map(({ m }) => m))].sort((a, b) => a - b);
  const cell = (model: string, m: number): string => {
    const found = accuracy.find((one) => one.model === model && one.m === m);
    if (!found) return '';
    if (!found.test) return 'diverged';
    const { mean, min, max } = found.test;
    return found.seeds > 1 ? `${mean.toFixed(3)} (${min.toFixed(3)}–${max.toFixed(3)})` : mean.toFixed(3);
  };
  const rows = sizes.map((m) => [whole(m), ...models.map((model) => cell(model, m))]);
  return [
    `Test ${data.score} over ${whole(data.mTest)} examples, mean and range over seeds:`,
    alignColumns([['m', ...models], ...rows]),
  ].join('\n');
}

function findingsPart({ accuracy }: SweepReport): string {
  const { gains, tossUp, largeLeadsFrom } = findingsOf(accuracy.flatMap(({ samples }) => samples));
  const lines = gains.map(
    ({ model, gain, from, to }) => `${model}: ${gain < 0 ? '−' : '+'}${Math.abs(gain).toFixed(3)} from m = ${whole(from)} to ${whole(to)}.`,
  );
  if (tossUp) lines.push(`At m = ${whole(tossUp.m)} a toss-up, for the ranges overlap: ${tossUp.models.join(', ')}.`);
  if (largeLeadsFrom) lines.push(`From m = ${whole(largeLeadsFrom.m)} on ${largeLeadsFrom.model} is ahead of all others, ranges and all.`);
  return lines.join('\n');
}

export function sweepTable(report: SweepReport): string {
  const seconds = report.accuracy.flatMap(({ samples }) => samples).reduce((sum, sample) => sum + sample.seconds, 0);
  const last = `${duration(seconds)} of training altogether.${report.unfinished > 0 ? ` ${report.unfinished} runs were not done.` : ''}`;
  return [timePart(report), scorePart(report), findingsPart(report), last].filter((part) => part !== '').join('\n\n');
}
