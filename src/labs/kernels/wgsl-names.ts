/**
 * Names that a WGSL text declares, with what they are: what is bound and where, overrides, constants, structs with their
 * members, functions, and the locals of the function around a place. Enough for completion; what is valid is the compiler's to say.
 */

export interface DeclaredName {
  readonly label: string;
  readonly type: 'variable' | 'constant' | 'type' | 'function' | 'property';
  /** Beside the name in the list. */
  readonly detail?: string;
}

/** Comments turned into blanks, so that places stay. */
function withoutComments(text: string): string {
  return text.replaceAll(/\/\/[^\n]*|\/\*[\s\S]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));
}

const name = String.raw`([\p{L}_][\p{L}\p{N}_]*)`;
const pattern = (text: string): RegExp => new RegExp(text.replaceAll('NAME', name), 'gu');
const bound = pattern(String.raw`((?:@\w+\s*\([^)]*\)\s*)*)\bvar\s*<([^>]*)>\s*NAME\s*:\s*([^;=]+)`);
const overridden = pattern(String.raw`\boverride\s+NAME\s*(?::\s*([^;=]+))?(?:=\s*([^;]+))?;`);
const constant = pattern(String.raw`\b(?:const|alias)\s+NAME`);
const struct = pattern(String.raw`\bstruct\s+NAME\s*\{([^}]*)\}`);
const member = pattern(String.raw`(?:^|[,;{\s)])NAME\s*:\s*((?:[^,<(]|<[^>]*(?:<[^>]*>)?[^>]*>)+)`);
const fn = pattern(String.raw`\bfn\s+NAME\s*\(((?:[^()]|\([^()]*\))*)\)\s*(?:->\s*([^{]+))?\{`);
const local = pattern(String.raw`\b(?:let|var|const)\s+NAME`);

const tidy = (text: string): string => text.replaceAll(/\s+/g, ' ').trim();

function declaredIn(code: string): readonly DeclaredName[] {
  const names: DeclaredName[] = [];
  for (const [, attributes = '', space = '', label = '', type = ''] of code.matchAll(bound)) {
    const binding = /@binding\(\s*(\d+)/.exec(attributes)?.[1];
    const where = binding === undefined ? `var<${tidy(space)}>` : `binding ${binding}, ${tidy(space)}`;
    names.push({ label, type: 'variable', detail: `${tidy(type)} · ${where}` });
  }
  for (const [, label = '', , value = ''] of code.matchAll(overridden)) {
    names.push({ label, type: 'constant', detail: value === '' ? 'override' : `override = ${tidy(value)}` });
  }
  for (const [, label = ''] of code.matchAll(constant)) names.push({ label, type: 'constant' });
  for (const [, label = '', body = ''] of code.matchAll(struct)) {
    names.push({ label, type: 'type', detail: 'struct' });
    for (const [, own = '', type = ''] of body.matchAll(member))
      names.push({ label: own, type: 'property', detail: `${tidy(type)} · ${label}` });
  }
  for (const [, label = '', , result = ''] of code.matchAll(fn)) {
    names.push({ label, type: 'function', detail: result === '' ? 'fn' : `→ ${tidy(result)}` });
  }
  return names;
}

/** Parameters and locals of the function that is around `place`. */
function localsAt(code: string, place: number): readonly DeclaredName[] {
  const around = [...code.matchAll(fn)].findLast(({ index }) => index <= place);
  if (!around) return [];
  const parameters = [...(around[2] ?? '').matchAll(pattern(String.raw`NAME\s*:`))];
  const body = code.slice(around.index + around[0].length, place);
  const after = depthOf(body) < 0 ? [] : [...body.matchAll(local)];
  return [...parameters, ...after].map(([, label = '']) => ({ label, type: 'variable' }));
}

function depthOf(text: string): number {
  let depth = 0;
  for (const letter of text) {
    if (letter === '{') depth++;
    if (letter === '}' && --depth < 0) return -1;
  }
  return depth;
}

/** @param inFront texts that are put in front of this one */
export function namesIn(text: string, inFront: readonly string[], place: number): readonly DeclaredName[] {
  const code = withoutComments(text);
  const found = new Map<string, DeclaredName>();
  for (const one of [...localsAt(code, place), ...declaredIn(code), ...inFront.flatMap((other) => declaredIn(withoutComments(other)))]) {
    const key = `${one.type === 'property' ? '.' : ''}${one.label}`;
    if (!found.has(key)) found.set(key, one);
  }
  return [...found.values()];
}
