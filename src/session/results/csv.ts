/** Every sample of a result as a row of a table for spreadsheets: what was measured, on which engine, and the number. Pure. */
import type { Result } from './result.ts';

export type Cell = string | number | null;

const head = ['machine', 'kind', 'workload', 'm', 'seed', 'engine', 'measure', 'index', 'value'] as const;

/** A text that a spreadsheet would take for a formula is marked as text. */
export function cellText(cell: Cell): string {
  if (cell === null) return '';
  if (typeof cell === 'number') return String(cell);
  const safe = /^[=+\-@\t\r]/.test(cell) ? `'${cell}` : cell;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** Workload, m, seed, engine, measure, index, value. */
type Row = readonly [string, number | null, number, string, string, number, number | null];

const stepTime = 'ms per step';

function rowsOf(result: Result): readonly Row[] {
  const { seed } = result;
  const times = (workload: string, m: number, engine: string, samples: readonly number[]): readonly Row[] =>
    samples.map((ms, index) => [workload, m, seed, engine, stepTime, index, ms]);
  switch (result.kind) {
    case 'race':
      return result.lanes.flatMap(({ engine, msPerStep }) => times(result.settings.set, result.data.m, engine, msPerStep?.samples ?? []));
    case 'bench':
      return [
        ...result.workloads.flatMap(({ name, m, lanes }) =>
          lanes.flatMap(({ engine, msPerStep }) => times(name, m, engine, msPerStep?.samples ?? [])),
        ),
        ...result.laws.flatMap(({ engine, model, points }) =>
          points.map(({ m, medianMs }, index): Row => [`law, ${model}`, m, seed, engine, 'median ms per step', index, medianMs]),
        ),
      ];
    case 'train':
      return result.runs.flatMap(({ engine, msPerStep, costs }) => [
        ...times(result.data.name, result.data.m, engine, msPerStep?.samples ?? []),
        ...costs.map(({ step, cost }): Row => [
          result.data.name,
          result.data.m,
          seed,
          engine,
          'cost',
          step,
          Number.isFinite(cost) ? cost : null,
        ]),
      ]);
    case 'sweep':
      return [
        ...result.time.points.flatMap(({ m, cpuLane, samples }) => [
          ...times(result.time.model, m, 'gpu', samples.gpu),
          ...times(result.time.model, m, cpuLane ?? 'cpu', samples.cpu),
        ]),
        ...result.accuracy.flatMap(({ samples }) =>
          samples.flatMap((sample): readonly Row[] =>
            (['test', 'train'] as const).map((part) => [
              sample.model,
              sample.m,
              sample.seed,
              sample.engine,
              `${part} ${result.data.score}`,
              sample.steps,
              sample[part],
            ]),
          ),
        ),
      ];
  }
}

export function csvText(result: Result): string {
  const rows = rowsOf(result).map((row): readonly Cell[] => [result.machine, result.kind, ...row]);
  return [head, ...rows].map((row) => row.map(cellText).join(',')).join('\r\n') + '\r\n';
}
