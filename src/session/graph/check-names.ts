/** Whether the names of several statements fit together: each defined once, before it is used, and used at the end. */
import { leavesOf, type Statement } from '../../math/graph/tree.ts';
import type { Complaint } from './complaint.ts';

/** Without parentheses these are slips, not variables. */
const functionNames = ['exp', 'log', 'ln', 'sigma', 'sigmoid', 'σ', 'tanh', 'max', 'min'];

/**
 * @param places where each statement starts in `text`
 * @returns null when all is well
 */
export function checkNames(statements: readonly Statement[], places: readonly number[], text: string): Complaint | null {
  const at = (statement: number, name: string): number => {
    const start = places[statement] ?? 0;
    return (
      start + Math.max(0, text.slice(start).search(new RegExp(`(?<![\\p{L}\\d_])${name.replaceAll('$', '\\$')}(?![\\p{L}\\d_])`, 'u')))
    );
  };
  const definedAt = new Map<string, number>();
  for (const [index, { name, expression }] of statements.entries()) {
    const wrong = [...leavesOf(expression), ...(name === null ? [] : [name])].find((one) => functionNames.includes(one));
    if (wrong !== undefined) return { kind: 'function-name', name: wrong, place: at(index, wrong) };
    if (name === null) {
      if (index < statements.length - 1) return { kind: 'name-needed', place: places[index] ?? 0 };
      continue;
    }
    if (definedAt.has(name)) return { kind: 'defined-twice', name, place: places[index] ?? 0 };
    definedAt.set(name, index);
  }
  const used = new Set<string>();
  for (const [index, { expression }] of statements.entries()) {
    for (const name of leavesOf(expression)) {
      used.add(name);
      if ((definedAt.get(name) ?? -1) >= index) return { kind: 'used-before', name, place: at(index, name) };
    }
  }
  const idle = statements.slice(0, -1).findIndex(({ name }) => name !== null && !used.has(name));
  const name = statements[idle]?.name;
  return name === null || name === undefined ? null : { kind: 'unused', name, place: places[idle] ?? 0 };
}
