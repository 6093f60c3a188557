/** One result of a comparison as its cards see it: letter, name, figures. Types, and how they are put together from the store. */
import { sideBySide, type SideBySide } from '../../session/results/side-by-side.ts';
import type { Figures } from '../../session/results/figures.ts';
import type { CompareSession } from './compare-session.ts';
import { letterOf, machineName } from './words.ts';

export interface Column {
  readonly id: string;
  readonly letter: string;
  readonly name: string;
  readonly figures: Figures;
  /** A summary carries no samples. */
  readonly whole: boolean;
}

export interface Comparison {
  /** Everything that was chosen and is read, in the order of the choice. */
  readonly columns: readonly Column[];
  /** Those that may be compared with the first. */
  readonly together: readonly Column[];
  readonly found: SideBySide;
}

export function comparisonOf(session: CompareSession): Comparison {
  const names = new Map((session.items ?? []).map(({ id, kept }) => [id, kept?.name ?? '']));
  const { focus } = session;
  const ids = session.picked.length > 0 || focus === null ? session.picked : [focus];
  const columns = ids.flatMap((id, at): readonly Column[] => {
    const loaded = session.loaded(id);
    if (!loaded) return [];
    const { figures, result } = loaded;
    return [{ id, letter: letterOf(at), name: names.get(id) || machineName(figures.machine), figures, whole: result !== null }];
  });
  const found = sideBySide(columns.map(({ figures }) => figures));
  return { columns, found, together: found.together.flatMap((at) => columns[at] ?? []) };
}
