/** Speed-ups of all results on one logarithmic axis: groups of rows, where each mark stands, and the same as an SVG file. Pure. */
import { msg } from '@lit/localize';
import { fastest, isUntimed, type Figures, type LaneFigures } from '../../session/results/figures.ts';
import { logTicks } from '../../ui/charts/layers.ts';
import { escaped, svgFile, type SvgColors } from '../../ui/charts/svg-file.ts';
import { borne, duration, plain } from '../../ui/format.ts';
import type { Column, Comparison } from './column.ts';
import { ratioWords, type RatioWords } from './words.ts';

export interface ForestRow {
  readonly column: Column;
  readonly speedup: NonNullable<Figures['score']> | null;
  readonly words: RatioWords | null;
  readonly gpu: string;
  readonly cpu: string;
  readonly wrong: readonly string[];
  /** No lane has a time, and none is wrong: it was too short. */
  readonly untimed: boolean;
}

export interface ForestGroup {
  readonly name: string;
  readonly rows: readonly ForestRow[];
}

export interface ForestAxis {
  readonly from: number;
  readonly to: number;
  readonly ticks: readonly number[];
}

export interface Forest {
  readonly groups: readonly ForestGroup[];
  /** Null where there is no speed-up. */
  readonly axis: ForestAxis | null;
}

/** A time with the digits that its interval bears. */
function timeText(lane: LaneFigures | null): string {
  if (!lane || lane.ms === null) return '–';
  const { ms, ci95 } = lane;
  if (!ci95 || ms >= 1000 || ms < 1e-3) return duration(ms);
  return ms >= 1 ? `${borne(ms, ...ci95).value} ms` : `${borne(1000 * ms, 1000 * ci95[0], 1000 * ci95[1]).value} µs`;
}

function scoreGroup(together: readonly Column[]): readonly ForestGroup[] {
  const rows = together.flatMap((column): readonly ForestRow[] => {
    const { score } = column.figures;
    return score ? [{ column, speedup: score, words: ratioWords(score), gpu: '', cpu: '', wrong: [], untimed: false }] : [];
  });
  return rows.length > 0 ? [{ name: msg('Score: the geometric mean of its speed-ups'), rows }] : [];
}

function workGroups({ found, together }: Comparison): readonly ForestGroup[] {
  return found.works.map(({ name, cells }) => ({
    name: name === '' ? msg('A step') : name,
    rows: cells.flatMap((cell, at): readonly ForestRow[] => {
      const column = together[at];
      if (!cell || !column) return [];
      const { speedup, lanes } = cell;
      const wrong = lanes.filter((lane) => lane.wrong).map(({ engine }) => engine);
      const words = speedup && ratioWords(speedup);
      const [gpu, cpu] = [timeText(fastest(cell, 'gpu')), timeText(fastest(cell, 'cpu'))];
      return [{ column, speedup, words, gpu, cpu, wrong, untimed: isUntimed(cell) }];
    }),
  }));
}

function axisOf(groups: readonly ForestGroup[]): ForestAxis | null {
  const ends = groups
    .flatMap(({ rows }) => rows.flatMap(({ speedup }) => speedup?.ci95 ?? []))
    .filter((end) => end > 0 && Number.isFinite(end));
  if (ends.length === 0) return null;
  const from = Math.min(0.8, ...ends) / 1.12;
  const to = Math.max(1.25, ...ends) * 1.12;
  return { from, to, ticks: logTicks(from, to, 6) };
}

export function forestOf(comparison: Comparison): Forest {
  const groups = [...scoreGroup(comparison.together), ...workGroups(comparison)];
  return { groups, axis: axisOf(groups) };
}

/** Share of the axis's length at which a ratio stands, 0 … 1. */
export function shareAt(ratio: number, { from, to }: ForestAxis): number {
  const share = Math.log(Math.max(ratio, 1e-12) / from) / Math.log(to / from);
  return Math.min(1, Math.max(0, share));
}

const rowHeight = 22;
const [labelWidth, stripWidth, figureWidth, timeWidth] = [190, 380, 190, 90];
const fileWidth = labelWidth + stripWidth + figureWidth + 2 * timeWidth + 32;

/** The whole table as a picture. */
export function forestSvg({ groups, axis }: Forest, color: SvgColors): string {
  let y = 24;
  const text = (x: number, content: string, ink: string, more = ''): string =>
    `<text x="${x}" y="${y + 4}" fill="${ink}" ${more}>${escaped(content)}</text>`;
  const toX = (ratio: number): number => labelWidth + 16 + stripWidth * (axis ? shareAt(ratio, axis) : 0);
  const row = ({ column, speedup, words, gpu, cpu, untimed }: ForestRow): string => {
    y += rowHeight;
    const ink = color(words?.winner ?? 'ink');
    const mark = speedup
      ? `<path d="M${toX(speedup.ci95[0])} ${y}H${toX(speedup.ci95[1])}" stroke="${ink}" stroke-width="2"/><circle cx="${toX(speedup.ratio)}" cy="${y}" r="4" fill="${ink}"/>`
      : '';
    const figure = words ? `${words.figure} (${words.interval})` : untimed ? msg('not timed') : '–';
    const right = labelWidth + stripWidth + figureWidth + 16;
    return [
      text(16, `${column.letter}  ${column.name}`.slice(0, 30), color('soft')),
      mark,
      text(labelWidth + stripWidth + 30, figure, color('ink')),
      text(right + timeWidth, gpu, color('gpu'), 'text-anchor="end"'),
      text(right + 2 * timeWidth, cpu, color('cpu-ink'), 'text-anchor="end"'),
    ].join('');
  };
  const body = groups.map(({ name, rows }) => {
    y += 10;
    const head = text(16, name, color('ink'), 'font-weight="600"');
    const inside = rows.map(row).join('');
    y += rowHeight;
    return head + inside;
  });
  const ticks = (axis?.ticks ?? []).map(
    (tick) => `<text x="${toX(tick)}" y="${y + 16}" fill="${color('soft')}" text-anchor="middle">${plain(tick)}×</text>`,
  );
  const one = axis ? `<path d="M${toX(1)} 16V${y}" stroke="${color('soft')}" stroke-dasharray="4 4"/>` : '';
  return svgFile({ width: fileWidth, height: y + 32, body: [one, ...body, ...ticks].join(''), color });
}
