/** Several results side by side: which may be compared with the first, why the others may not, and what they have in common. Pure. */
import { whyApart, type Incomparable } from './comparable.ts';
import type { Figures, WorkFigures } from './figures.ts';

export interface SideBySide {
  /** Places in the list of those that may be compared, the first always among them. */
  readonly together: readonly number[];
  readonly apart: readonly { readonly at: number; readonly reason: Incomparable }[];
  /** What was timed, with a cell for each of `together`; null where a result has no such thing. */
  readonly works: readonly { readonly name: string; readonly cells: readonly (WorkFigures | null)[] }[];
}

/** Things of one name are one thing: that of the first result that has it. */
function cellsOf(name: string, figures: readonly Figures[]): readonly (WorkFigures | null)[] {
  const definition = figures.map(({ deciding }) => deciding.workloads?.[name]).find((one) => one !== undefined);
  return figures.map(({ works, deciding }) => {
    const same = deciding.workloads === null || deciding.workloads[name] === definition;
    return (same && works.find((work) => work.name === name)) || null;
  });
}

export function sideBySide(results: readonly Figures[]): SideBySide {
  const [first] = results;
  if (!first) return { together: [], apart: [], works: [] };
  const reasons = results.map(({ deciding }) => whyApart(first.deciding, deciding));
  const together = [...reasons.keys()].filter((at) => reasons[at] === null);
  const apart = reasons.flatMap((reason, at) => (reason === null ? [] : [{ at, reason }]));
  const figures = together.flatMap((at) => results[at] ?? []);
  const names = [...new Set(figures.flatMap(({ works }) => works.map(({ name }) => name)))];
  const isSweep = first.deciding.kind === 'sweep';
  // sweeps visit m of their own; in order of size they can be found
  const ordered = isSweep ? names.sort((a, b) => Number(a.slice(4)) - Number(b.slice(4))) : names;
  return { together, apart, works: ordered.map((name) => ({ name, cells: cellsOf(name, figures) })) };
}
