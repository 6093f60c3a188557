/** What `downhill compare` prints for people: the files with their letters, times and speed-ups, and in what the places differ. */
import { environmentDifferences, type EnvironmentValue } from '../session/results/differences.ts';
import type { Incomparable } from '../session/results/comparable.ts';
import { fastest, isUntimed, type Figures, type LaneFigures, type WorkFigures } from '../session/results/figures.ts';
import { sideBySide, type SideBySide } from '../session/results/side-by-side.ts';
import { digitsFor } from './bench-table.ts';
import { alignColumns } from './table.ts';

/** A, B, … Z, AA, AB, … */
export function letterOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${letterOf(Math.floor(at / 26) - 1)}${last}`;
}

/** Names in files may hold what moves a terminal's cursor. */
const clean = (text: string): string => text.replace(/[\p{Cc}\p{Cf}]/gu, '�');

/** Why two results are not compared. */
export function reasonSentence(reason: Incomparable): string {
  const { why, one, other } = reason;
  if (why === 'files')
    return `the files differ: they share name and shape, and hold other numbers (checksum ${clean(one)} there, ${clean(other)} here)`;
  if (why !== 'workload') return `the ${why} differs: ${clean(one)} there, ${clean(other)} here`;
  if (reason.setting !== null) return `the work differs in ${clean(reason.setting)}: ${clean(one)} there, ${clean(other)} here`;
  return `no workload is the same: ${clean(one)} there, ${clean(other)} here`;
}

function time(lane: LaneFigures | null): string {
  if (!lane || lane.ms === null) return '';
  return `${lane.ms.toPrecision(lane.ci95 ? digitsFor(lane.ms, lane.ci95) : 3)} (${lane.engine})`;
}

function ratio(speedup: Pick<NonNullable<WorkFigures['speedup']>, 'ratio' | 'ci95'> | null): string {
  if (!speedup) return '';
  const [low, high] = speedup.ci95;
  const digits = digitsFor(speedup.ratio, speedup.ci95);
  const interval = `${low.toPrecision(digits)} to ${high.toPrecision(digits)}`;
  if (low <= 1 && high >= 1) return `no measurable difference (${interval})`;
  return `${speedup.ratio.toPrecision(digits)}× (${interval})`;
}

function remarkOn(work: WorkFigures): string {
  const wrong = work.lanes.filter((lane) => lane.wrong).map(({ engine }) => engine);
  if (wrong.length > 0) return `WRONG: ${wrong.join(', ')}`;
  return isUntimed(work) ? 'not timed' : '';
}

function worksPart({ works, together }: SideBySide): string {
  const rows = works.flatMap(({ name, cells }) =>
    cells.flatMap((cell, column) => {
      if (!cell) return [];
      const row = [clean(name) || 'a step', letterOf(together[column] ?? 0), ratio(cell.speedup)];
      return [[...row, time(fastest(cell, 'gpu')), time(fastest(cell, 'cpu')), remarkOn(cell)]];
    }),
  );
  const head = ['', 'file', 'speed-up of the GPU', 'GPU, ms/step', 'fastest CPU, ms/step', ''];
  return alignColumns([head, ...rows.map((row, at) => (at > 0 && rows[at - 1]?.[0] === row[0] ? ['', ...row.slice(1)] : row))]);
}

function valueText(value: EnvironmentValue): string {
  if (value === null) return 'none';
  return typeof value === 'boolean' ? (value ? 'yes' : 'no') : clean(String(value));
}

function differencesPart(figures: readonly Figures[], { together }: SideBySide): string {
  const shown = together.flatMap((at) => figures[at] ?? []);
  const found = environmentDifferences(shown.map(({ environment }) => environment));
  if (found.length === 0) return shown.length > 1 ? 'The places do not differ in anything that the files tell.' : '';
  const lines = found.flatMap(({ key, values }) => [
    `${key}:`,
    ...values.map((value, column) => `  ${letterOf(together[column] ?? 0)}  ${valueText(value)}`),
  ]);
  return ['Where they were taken differs in', ...lines].join('\n');
}

function linesPart(figures: readonly Figures[], { together }: SideBySide): string {
  return together
    .flatMap((at) => {
      const { score, crossover } = figures[at] ?? { score: null, crossover: null };
      const scored = score ? [`${letterOf(at)}: score ${ratio(score)}`] : [];
      const [low, high] = crossover?.ci95 ?? [0, 0];
      const range = `${Math.round(low)} to ${high === null ? 'any' : Math.round(high)}`;
      return [...scored, ...(crossover ? [`${letterOf(at)}: m* = ${Math.round(crossover.m)} (${range})`] : [])];
    })
    .join('\n');
}

export function compareTable(files: readonly string[], figures: readonly Figures[]): string {
  const found = sideBySide(figures);
  const heads = files.map((file, at) => {
    const { machine = '', environment, deciding } = figures[at] ?? {};
    const software = environment?.adapter?.software ? ' (software GPU)' : '';
    return [letterOf(at), clean(file), clean(machine), `${deciding?.kind ?? ''}${software}`, environment?.takenAt.slice(0, 10) ?? ''];
  });
  const apart = found.apart.map(
    ({ at, reason }) => `${letterOf(at)} (${clean(files[at] ?? '')}) is not comparable with A: ${reasonSentence(reason)}.`,
  );
  const parts = [alignColumns(heads), apart.join('\n')];
  if (found.together.length > 1) parts.push(worksPart(found), linesPart(figures, found), differencesPart(figures, found));
  return parts.filter((part) => part !== '').join('\n\n');
}
