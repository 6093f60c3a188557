/** Which kernels were adopted on this page, and which were rolled back, and why. Pure; it lasts as long as the page. */
import type { AdoptedKernels, Rollback, WentWrong } from '../../session/adopted/protocol.ts';

export interface AdoptionState {
  readonly kernels: AdoptedKernels;
  /** By file, with the text that was taken out. */
  readonly rolledBack: Readonly<Record<string, { readonly text: string; readonly why: WentWrong }>>;
  /** The last rollback, until it is dismissed or one of its files is adopted anew. */
  readonly news: Rollback | null;
}

export const nothingAdopted: AdoptionState = { kernels: {}, rolledBack: {}, news: null };

function without<T>(record: Readonly<Record<string, T>>, files: readonly string[]): Readonly<Record<string, T>> {
  return Object.fromEntries(Object.entries(record).filter(([file]) => !files.includes(file)));
}

export function adopted(state: AdoptionState, file: string, text: string): AdoptionState {
  const news = state.news?.files.includes(file) ? null : state.news;
  return { kernels: { ...state.kernels, [file]: text }, rolledBack: without(state.rolledBack, [file]), news };
}

export function takenOut(state: AdoptionState, files: readonly string[]): AdoptionState {
  return { ...state, kernels: without(state.kernels, files) };
}

/** Files that were not adopted any more, or never, change nothing. */
export function rolledBack(state: AdoptionState, { files, why }: Rollback): AdoptionState {
  const own = files.filter((file) => file in state.kernels);
  if (own.length === 0) return state;
  const out = own.map((file) => [file, { text: state.kernels[file] ?? '', why }] as const);
  return {
    kernels: without(state.kernels, own),
    rolledBack: { ...state.rolledBack, ...Object.fromEntries(out) },
    news: { files: own, why },
  };
}
