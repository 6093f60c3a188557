/**
 * The first net: a copy of a kernel in which every loop counts its turns, leaves when there are too many, and says so in a
 * buffer of its own. Group 1 holds that buffer at 0, and at 1 how many turns one thread may take: all loops together, or in
 * one call for loops with a barrier. Lines stay where they are. A loop with a barrier inside may only be left by all
 * threads together, so its counter is one that the compiler can see to be the same for all of them.
 */
import { closeOf, nextOf, tokensOf, type Token } from './tokens.ts';

export interface GuardedLoop {
  /** Counted from 1, in the code that was given. */
  readonly line: number;
  readonly keyword: 'for' | 'while' | 'loop';
}

export interface GuardedCode {
  readonly code: string;
  readonly loops: readonly GuardedLoop[];
}

/** Words of the guard's buffer: whether any loop was left, then the most turns of each loop that was. */
export function guardWords({ loops }: GuardedCode): number {
  return loops.length + 1;
}

/** The loop that did not end: of those that were left, the one with the most turns of its own. */
export function firedLoop({ loops }: GuardedCode, words: Uint32Array): GuardedLoop | null {
  if (words[0] !== 1) return null;
  let worst: GuardedLoop | null = null;
  let most = 0;
  for (const [index, loop] of loops.entries()) {
    const turns = words[index + 1] ?? 0;
    if (turns > most) [worst, most] = [loop, turns];
  }
  return worst;
}

const keywords: ReadonlySet<string> = new Set(['for', 'while', 'loop']);
/** What all threads of a workgroup, or of a subgroup, have to reach together. */
const together = /^(workgroupBarrier|storageBarrier|textureBarrier|workgroupUniformLoad|subgroup\w+|quad\w+)$/;

interface Function {
  readonly name: string;
  /** Tokens of the body, brackets included. */
  readonly first: number;
  readonly last: number;
}

function functionsOf(tokens: readonly Token[]): readonly Function[] {
  const found: Function[] = [];
  for (let index = 0; index < tokens.length; index++) {
    if (tokens[index]?.text !== 'fn' || tokens[index + 2]?.text !== '(') continue;
    const first = nextOf(tokens, '{', closeOf(tokens, index + 2));
    const last = first < 0 ? -1 : closeOf(tokens, first);
    if (last < 0) continue;
    found.push({ name: tokens[index + 1]?.text ?? '', first, last });
    index = last;
  }
  return found;
}

/** Names of the functions that have to be called by all threads together, directly or through others. */
function collective(tokens: readonly Token[], functions: readonly Function[]): ReadonlySet<string> {
  const names = new Set<string>();
  const isIn = (from: number, to: number): boolean => tokens.slice(from, to).some(({ text }) => together.test(text) || names.has(text));
  for (let before = -1; before !== names.size;) {
    before = names.size;
    for (const { name, first, last } of functions) if (isIn(first, last)) names.add(name);
  }
  return names;
}

interface Loop {
  readonly keyword: GuardedLoop['keyword'];
  /** Token of the statement's first word, an attribute where there is one. */
  readonly start: number;
  /** Token of the body's bracket. */
  readonly body: number;
  readonly collective: boolean;
  readonly function: Function;
}

/** Attributes belong to the statement behind them. */
function startOfStatement(tokens: readonly Token[], at: number): number {
  let start = at;
  while (tokens[start - 1]?.text === ')') {
    let open = start - 1;
    for (let depth = 0; open >= 0; open--) {
      if (tokens[open]?.text === ')') depth++;
      if (tokens[open]?.text === '(' && --depth === 0) break;
    }
    if (tokens[open - 2]?.text !== '@') break;
    start = open - 2;
  }
  return start;
}

function loopsOf(tokens: readonly Token[], functions: readonly Function[]): readonly Loop[] {
  const names = collective(tokens, functions);
  return functions.flatMap((fn) => {
    const loops: Loop[] = [];
    for (let index = fn.first; index < fn.last; index++) {
      const { text, kind } = tokens[index] as Token;
      if (kind !== 'name' || !keywords.has(text)) continue;
      const bracketed = tokens[index + 1]?.text === '(' && text !== 'loop' ? closeOf(tokens, index + 1) : index;
      const body = nextOf(tokens, '{', bracketed);
      const end = body < 0 ? -1 : closeOf(tokens, body);
      if (end < 0) continue;
      const shared = tokens.slice(index, end).some((token) => together.test(token.text) || names.has(token.text));
      const keyword = text as GuardedLoop['keyword'];
      loops.push({ keyword, start: startOfStatement(tokens, index), body, collective: shared, function: fn });
    }
    return loops;
  });
}

function ownGuard(index: number): string {
  const own = `downhillOwn${index}`;
  return (
    ` downhillTurns += 1u; ${own} += 1u;` +
    ` if (downhillTurns > downhillBudget) { atomicStore(&downhillGuard[0], 1u); atomicMax(&downhillGuard[${index + 1}], ${own}); break; }` +
    // another thread has met an endless loop: no need for each to find out by itself
    ` if ((downhillTurns & 255u) == 0u && atomicLoad(&downhillGuard[0]) != 0u) { downhillTurns = downhillBudget; break; }`
  );
}

function sharedGuard(index: number, counter: string): string {
  const own = `downhillOwn${index}`;
  const count = counter === own ? '' : ` ${counter} += 1u;`;
  return (
    `${count} ${own} += 1u;` +
    ` if (${counter} > downhillBudget) { atomicStore(&downhillGuard[0], 1u); atomicMax(&downhillGuard[${index + 1}], ${own}); break; }`
  );
}

/** @param uniform every counter one that the compiler can follow: for kernels that need all of their loops to be left together */
export function guardLoops(code: string, uniform = false): GuardedCode {
  const tokens = tokensOf(code);
  const loops = loopsOf(tokens, functionsOf(tokens));
  if (loops.length === 0) return { code, loops: [] };
  const inserts: { readonly at: number; readonly text: string }[] = [];
  const counted = new Set<Function>();
  for (const [index, loop] of loops.entries()) {
    const shared = loop.collective || uniform;
    const counter = loop.collective ? 'downhillHere' : `downhillOwn${index}`;
    if (loop.collective && !counted.has(loop.function)) {
      counted.add(loop.function);
      inserts.push({ at: (tokens[loop.function.first]?.at ?? 0) + 1, text: ' var downhillHere = 0u;' });
    }
    inserts.push({ at: tokens[loop.start]?.at ?? 0, text: `var downhillOwn${index} = 0u; ` });
    inserts.push({ at: (tokens[loop.body]?.at ?? 0) + 1, text: shared ? sharedGuard(index, counter) : ownGuard(index) });
  }
  inserts.sort((a, b) => a.at - b.at);
  let guarded = '';
  let done = 0;
  for (const { at, text } of inserts) {
    guarded += code.slice(done, at) + text;
    done = at;
  }
  guarded += code.slice(done);
  const declared = [
    '\nvar<private> downhillTurns: u32;',
    '@group(1) @binding(1) var<uniform> downhillBudget: u32;',
    `@group(1) @binding(0) var<storage, read_write> downhillGuard: array<atomic<u32>, ${loops.length + 1}>;\n`,
  ];
  return {
    code: guarded + declared.join('\n'),
    loops: loops.map(({ keyword, start }) => ({ keyword, line: code.slice(0, tokens[start]?.at ?? 0).split('\n').length })),
  };
}
