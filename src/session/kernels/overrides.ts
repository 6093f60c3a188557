/** Defaults of `override`s as a text has them. */
import type { Constants } from './gate/contract.ts';
import { tokensOf } from './tokens.ts';

function overridesOf(text: string): ReadonlyMap<string, number> {
  const tokens = tokensOf(text);
  const found = new Map<string, number>();
  for (const [index, { text: word }] of tokens.entries()) {
    if (word !== 'override') continue;
    const name = tokens[index + 1]?.text ?? '';
    const equals = tokens[index + 2]?.text === ':' ? index + 4 : index + 2;
    const value = Number((tokens[equals + 1]?.text ?? 'none').replace(/[iufh]$/, ''));
    if (tokens[equals]?.text === '=' && Number.isFinite(value)) found.set(name, value);
  }
  return found;
}

/** Those that a text gives another default than the built-in one: the reader's choice, as a slider's is. */
export function changedOverrides(text: string, builtIn: string): Constants {
  const before = overridesOf(builtIn);
  return Object.fromEntries([...overridesOf(text)].filter(([name, value]) => before.has(name) && before.get(name) !== value));
}
