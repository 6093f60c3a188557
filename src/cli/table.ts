/** The result of `downhill train` for people: costs side by side, then one column an engine. Plain text, no colours. */
import type { TrainReport, TrainRun } from '../session/train-report.ts';

/** Rows of costs that are shown at most; the JSON has them all. */
const mostRows = 12;

type Row = readonly string[];

/** Columns as wide as their widest cell; the first to the left, the others to the right. */
export function alignColumns(rows: readonly Row[]): string {
  const widths = rows.reduce<readonly number[]>((most, row) => row.map((cell, at) => Math.max(cell.length, most[at] ?? 0)), []);
  return rows
    .map((row) =>
      row
        .map((cell, at) => (at === 0 ? cell.padEnd(widths[at] ?? 0) : cell.padStart(widths[at] ?? 0)))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** Seven digits: what float32 holds. */
function cost(value: number): string {
  return Number.isFinite(value) ? value.toPrecision(7) : String(value);
}

function small(value: number): string {
  return value === 0 ? '0' : value.toExponential(1);
}

function milliseconds({ msPerStep }: TrainRun): string {
  if (msPerStep === null) return 'too few steps to measure';
  const { median, p5, p95, samples } = msPerStep;
  return `${median.toPrecision(3)} (${p5.toPrecision(3)} to ${p95.toPrecision(3)} over ${samples.length} blocks)`;
}

function score(value: number | undefined): string {
  return value === undefined ? '' : value.toFixed(4);
}

/** `count` items at equal distances, the first and the last among them. */
export function thinned<T>(items: readonly T[], count: number): readonly T[] {
  if (items.length <= count) return items;
  const wanted = new Set(Array.from({ length: count }, (_, at) => Math.round((at * (items.length - 1)) / (count - 1))));
  return items.filter((_, at) => wanted.has(at));
}

function costTable(runs: readonly TrainRun[]): string {
  const [first, second] = runs;
  const steps = thinned(
    [...new Set(runs.flatMap((run) => run.costs.map(({ step }) => step)))].sort((a, b) => a - b),
    mostRows,
  );
  const at = (run: TrainRun | undefined, step: number): number | undefined => run?.costs.find((point) => point.step === step)?.cost;
  const difference = (step: number): readonly string[] => {
    const [one, other] = [at(first, step), at(second, step)];
    return runs.length === 2 ? [one === undefined || other === undefined ? '' : small(Math.abs(one - other))] : [];
  };
  const cells = (step: number): Row => runs.map((run) => at(run, step)).map((value) => (value === undefined ? '' : cost(value)));
  const head = ['step', ...runs.map(({ engine }) => `cost (${engine})`), ...(runs.length === 2 ? ['difference'] : [])];
  return alignColumns([head, ...steps.map((step) => [String(step), ...cells(step), ...difference(step)])]);
}

/** Rows that no engine has an entry for are left out. */
function runTable(runs: readonly TrainRun[]): string {
  const rows: readonly (readonly [string, (run: TrainRun) => string])[] = [
    ['plan', (run) => run.plan],
    ['first step checked', (run) => (run.checked ? 'right' : 'WRONG')],
    ['final cost', (run) => cost(run.finalCost)],
    ['training accuracy', (run) => score(run.trainAccuracy)],
    ['test accuracy', (run) => score(run.testAccuracy)],
    ['training R²', (run) => score(run.trainR2)],
    ['test R²', (run) => score(run.testR2)],
    ['‖parameters‖', (run) => cost(run.parameterNorm)],
    ['ms a step', milliseconds],
  ];
  const shown = rows.map(([name, cell]) => [name, ...runs.map(cell)]).filter((row) => row.slice(1).some((cell) => cell !== ''));
  return alignColumns([['', ...runs.map(({ engine }) => engine)], ...shown]);
}

/** Where costs stopped being numbers, and what to do about it. */
function divergenceLine({ runs, model }: TrainReport): string {
  const steps = runs.flatMap(({ costs }) => costs.filter(({ cost: value }) => !Number.isFinite(value)).map(({ step }) => step));
  if (steps.length === 0) return '';
  return `From step ${Math.min(...steps)} on the cost is not a finite number: a learning rate of ${model.optimizer.learningRate} is too high here. Lower --rate.`;
}

function parityLine({ parity }: TrainReport): string {
  if (parity === null) return '';
  return `Largest difference between the engines: ${small(parity.maxCostDifference)} in cost, ${small(parity.maxParameterDifference)} in parameters.`;
}

export function trainTable(report: TrainReport): string {
  const { data, runs, seed } = report;
  const number = (value: number): string => value.toLocaleString('en-US');
  const heading = `${data.name}: ${number(data.n)} features, ${number(data.m)} training and ${number(data.mTest)} test examples, seed ${seed}.`;
  return [heading, costTable(runs), runTable(runs), parityLine(report), divergenceLine(report)].filter((part) => part !== '').join('\n\n');
}
