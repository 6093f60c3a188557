/**
 * Features of WGSL that the lab's device is given only when they are switched on: their names, and where `enable` has to
 * stand when files are put together.
 */
import type { SourceFile } from '../../engine/gpu/kernel-table.ts';
import { compose } from '../../engine/gpu/kernels.ts';

export const switchable = ['subgroups', 'shader-f16'] as const satisfies readonly GPUFeatureName[];
export type Switch = (typeof switchable)[number];

/** Those that stay off. */
export function without(on: readonly Switch[]): readonly Switch[] {
  return switchable.filter((feature) => !on.includes(feature));
}

/** Only what there is, each once, in the order of the list: so that the same choice is the same device. */
export function known(names: readonly string[]): readonly Switch[] {
  return switchable.filter((feature) => names.includes(feature));
}

const comment = String.raw`\/\/[^\n]*|\/\*[\s\S]*?\*\/`;
/** Directives and what may stand between them, from a file's first letter on. */
const directives = new RegExp(String.raw`^(?:\s|${comment}|(?:enable|requires|diagnostic)\b[^;{}]*;)+`);

/**
 * Files one after the other, with the directives of each at the very front, where the language wants them: on the first
 * line, so that every line stays where `locate` looks for it. Where they stood, blanks stand.
 */
export function composeWithDirectives(files: readonly SourceFile[]): string {
  const found: string[] = [];
  const rest = files.map(({ file, code }) => {
    const head = directives.exec(code)?.[0] ?? '';
    const blank = head.replaceAll(
      new RegExp(String.raw`${comment}|((?:enable|requires|diagnostic)\b[^;{}]*;)`, 'g'),
      (all, directive?: string) => {
        if (directive === undefined) return all;
        found.push(directive.replaceAll(/\s+/g, ' '));
        return directive.replaceAll(/[^\n]/g, ' ');
      },
    );
    return { file, code: blank + code.slice(head.length) };
  });
  return found.length === 0 ? compose(files) : `${[...new Set(found)].join(' ')} ${compose(rest)}`;
}
