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
/** What all threads of a workgroup have to reach together, and what those of a workgroup or of a subgroup. */
const barrier = /^(workgroupBarrier|storageBarrier|textureBarrier|workgroupUniformLoad)$/;
const together = /^(workgroupBarrier|storageBarrier|textureBarrier|workgroupUniformLoad|subgroup\w+|quad\w+)$/;

/** What the guards are written with. */
const needed: ReadonlySet<string> = new Set(['atomicStore', 'atomicMax', 'atomicLoad', 'workgroupUniformLoad', 'array', 'atomic', 'u32']);

/** A name that the code gives to something of its own while the guards need it as WGSL has it. */
export function takenName(code: string): { readonly name: string; readonly line: number } | null {
  const tokens = tokensOf(code);
  const at = tokens.findIndex(({ text }, index) => {
    const [before, after] = [tokens[index - 1]?.text ?? '', tokens[index + 1]?.text ?? ''];
    return needed.has(text) && (/^(fn|struct|alias)$/.test(before) || /^[:=]$/.test(after));
  });
  const token = tokens[at];
  return token ? { name: token.text, line: code.slice(0, token.at).split('\n').length } : null;
}

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

/** Names of the functions with one of these words in them, directly or through others. */
function functionsWith(words: RegExp, tokens: readonly Token[], functions: readonly Function[]): ReadonlySet<string> {
  const names = new Set<string>();
  const isIn = (from: number, to: number): boolean => tokens.slice(from, to).some(({ text }) => words.test(text) || names.has(text));
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
  /** Tokens of the body's brackets. */
  readonly body: number;
  readonly end: number;
  readonly collective: boolean;
  /** Calls what has a barrier and a loop of its own, which may be left again and again. */
  readonly outer: boolean;
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
  const names = functionsWith(together, tokens, functions);
  const waiting = functionsWith(barrier, tokens, functions);
  const looping = functionsWith(/^(for|while|loop)$/, tokens, functions);
  return functions.flatMap((fn) => {
    const loops: Loop[] = [];
    for (let index = fn.first; index < fn.last; index++) {
      const { text, kind } = tokens[index] as Token;
      if (kind !== 'name' || !keywords.has(text)) continue;
      const bracketed = tokens[index + 1]?.text === '(' && text !== 'loop' ? closeOf(tokens, index + 1) : index;
      const body = nextOf(tokens, '{', bracketed);
      const end = body < 0 ? -1 : closeOf(tokens, body);
      if (end < 0) continue;
      const within = tokens.slice(index, end);
      const shared = within.some((token) => together.test(token.text) || names.has(token.text));
      const outer = within.some((token) => waiting.has(token.text) && looping.has(token.text));
      const keyword = text as GuardedLoop['keyword'];
      loops.push({ keyword, start: startOfStatement(tokens, index), body, end, collective: shared, outer, function: fn });
    }
    return loops;
  });
}

/** What the guards call their own: nothing that the code has a name for. */
function namesFor(code: string) {
  let stem = 'downhill';
  for (let number = 2; code.includes(stem); number++) stem = `downhill${number}_`;
  return {
    /** Turns of all loops together of one thread. */
    turns: `${stem}Turns`,
    /** Turns of the loops of one call. */
    here: `${stem}Here`,
    budget: `${stem}Budget`,
    guard: `${stem}Guard`,
    /** Not 0 once a loop with a barrier was left. */
    stop: `${stem}Stop`,
    /** Turns of one loop. */
    own: (index: number): string => `${stem}Own${index}`,
  } as const;
}

type Names = ReturnType<typeof namesFor>;

function ownGuard(names: Names, index: number): string {
  const [turns, budget, guard, own] = [names.turns, names.budget, names.guard, names.own(index)];
  return (
    ` ${turns} += 1u; ${own} += 1u;` +
    ` if (${turns} > ${budget}) { atomicStore(&${guard}[0], 1u); atomicMax(&${guard}[${index + 1}], ${own}); break; }` +
    // another thread has met an endless loop: no need for each to find out by itself
    ` if ((${turns} & 255u) == 0u && atomicLoad(&${guard}[0]) != 0u) { ${turns} = ${budget}; break; }`
  );
}

function sharedGuard(names: Names, index: number, counter: string, { outer }: Loop, stops: boolean): string {
  const [budget, guard, own, stop] = [names.budget, names.guard, names.own(index), names.stop];
  const count = counter === own ? '' : ` ${counter} += 1u;`;
  return (
    (outer ? ` if (workgroupUniformLoad(&${stop}) != 0u) { break; }` : '') +
    `${count} ${own} += 1u;` +
    ` if (${counter} > ${budget}) { atomicStore(&${guard}[0], 1u); atomicMax(&${guard}[${index + 1}], ${own});` +
    ` ${stops ? `${stop} = 1u; ` : ''}break; }`
  );
}

/**
 * How far the compiler has to follow the counters: `free` where only loops with a barrier need it; where a kernel needs all of
 * its loops to be left together, `summed` counts a loop and those inside it together, and `apart` each by itself, which is the
 * easiest to follow.
 */
export type GuardMode = 'free' | 'summed' | 'apart';

function isEntry(tokens: readonly Token[], { first }: Function): boolean {
  for (let at = first - 1; at >= 0 && !/^[;}]$/.test(tokens[at]?.text ?? ''); at--) if (tokens[at]?.text === 'compute') return true;
  return false;
}

export function guardLoops(code: string, mode: GuardMode = 'free'): GuardedCode {
  const tokens = tokensOf(code);
  const functions = functionsOf(tokens);
  const loops = loopsOf(tokens, functions);
  if (loops.length === 0) return { code, loops: [] };
  const names = namesFor(code);
  const stops = loops.some(({ outer }) => outer);
  const inserts: { readonly at: number; readonly text: string }[] = [];
  const behind = (token: number, text: string): unknown => inserts.push({ at: (tokens[token]?.at ?? 0) + 1, text });
  for (const fn of functions) {
    if (loops.some((loop) => loop.function === fn && loop.collective)) behind(fn.first, ` var ${names.here} = 0u;`);
    if (stops && isEntry(tokens, fn)) behind(fn.first, ` ${names.stop} = 0u;`);
  }
  for (const [index, loop] of loops.entries()) {
    inserts.push({ at: tokens[loop.start]?.at ?? 0, text: `var ${names.own(index)} = 0u; ` });
    const outermost = loops.findIndex(({ start, end }) => start <= loop.start && loop.start <= end);
    const counter = loop.collective ? names.here : names.own(mode === 'summed' ? outermost : index);
    const shared = loop.collective || mode !== 'free';
    behind(loop.body, shared ? sharedGuard(names, index, counter, loop, stops && loop.collective) : ownGuard(names, index));
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
    `\nvar<private> ${names.turns}: u32;`,
    ...(stops ? [`var<workgroup> ${names.stop}: u32;`] : []),
    `@group(1) @binding(1) var<uniform> ${names.budget}: u32;`,
    `@group(1) @binding(0) var<storage, read_write> ${names.guard}: array<atomic<u32>, ${loops.length + 1}>;\n`,
  ];
  return {
    code: guarded + declared.join('\n'),
    loops: loops.map(({ keyword, start }) => ({ keyword, line: code.slice(0, tokens[start]?.at ?? 0).split('\n').length })),
  };
}
