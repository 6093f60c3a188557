/** Names for nodes that the text gives none: u and v first, as on a blackboard; letters that mean something else come last. */
import { leavesOf, type Statement } from './tree.ts';

const letters = ['u', 'v', 's', 't', 'p', 'q', 'r', 'h', 'k', 'g', 'c', 'f'] as const;
const resultNames = ['J', 'L', 'C', 'F'] as const;

export interface NameSupply {
  /** A name for the next node: a letter, then letters with numbers. */
  next(): string;
  result(): string;
}

/** Names that the statements do not use themselves. */
export function nameSupply(statements: readonly Statement[]): NameSupply {
  const taken = new Set(statements.flatMap(({ name, expression }) => [...(name === null ? [] : [name]), ...leavesOf(expression)]));
  const take = (candidates: readonly string[]): string => {
    for (let round = 0; ; round++) {
      const found = candidates.map((letter) => (round === 0 ? letter : `${letter}${round}`)).find((name) => !taken.has(name));
      if (found === undefined) continue;
      taken.add(found);
      return found;
    }
  };
  // set aside first, so that no other node takes it
  const result = take(resultNames);
  return { next: () => take(letters), result: () => result };
}
