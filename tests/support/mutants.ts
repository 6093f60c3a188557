/** Mutants of a shader by rule: an index off by one, a barrier gone, a bound dropped or moved, operands swapped, a constant changed. */
import { closeOf, tokensOf, type Token } from '../../src/session/kernels/tokens.ts';

export type Rule = 'index off by one' | 'barrier removed' | 'bound dropped' | 'bound moved' | 'operands swapped' | 'constant changed';

export interface Mutant {
  readonly file: string;
  readonly rule: Rule;
  /** Counted from 1. */
  readonly line: number;
  readonly before: string;
  readonly after: string;
  /** The whole file. */
  readonly text: string;
}

interface Change {
  readonly rule: Rule;
  readonly at: number;
  readonly length: number;
  readonly by: string;
}

/** Lines that say what is bound, or a value that the pipeline sets anyway. */
const declaration = /^\s*(override|@group|@compute|enable|struct)\b|array<[^>]*, ?\d+/;

function lineAt(text: string, at: number): string {
  return text.slice(text.lastIndexOf('\n', at - 1) + 1, `${text}\n`.indexOf('\n', at));
}

function* indexChanges(text: string, tokens: readonly Token[]): Generator<Change> {
  for (const [index, token] of tokens.entries()) {
    if (token.text !== '[' || !['name'].includes(tokens[index - 1]?.kind ?? '')) continue;
    const close = tokens[closeOf(tokens, index)];
    if (!close) continue;
    const inner = text.slice(token.at + 1, close.at);
    yield { rule: 'index off by one', at: token.at + 1, length: inner.length, by: `(${inner}) + 1u` };
  }
}

function* barrierChanges(tokens: readonly Token[]): Generator<Change> {
  for (const [index, token] of tokens.entries()) {
    if (token.text === 'workgroupBarrier')
      yield { rule: 'barrier removed', at: token.at, length: (tokens[index + 3]?.at ?? token.at) + 1 - token.at, by: '' };
  }
}

function* boundChanges(text: string, tokens: readonly Token[]): Generator<Change> {
  for (const [index, token] of tokens.entries()) {
    if (token.text === 'if') {
      const close = closeOf(tokens, index + 1);
      const from = (tokens[index + 1]?.at ?? 0) + 1;
      const length = (tokens[close]?.at ?? from) - from;
      if (!/[<>]/.test(text.slice(from, from + length))) continue;
      yield { rule: 'bound dropped', at: from, length, by: tokens[close + 2]?.text === 'return' ? 'false' : 'true' };
    }
    const moved = { '<': '<=', '>=': '>', '>': '>=' }[token.text];
    // `<` between blanks compares; in a type it has none
    if (moved !== undefined && text[token.at - 1] === ' ')
      yield { rule: 'bound moved', at: token.at, length: token.text.length, by: moved };
  }
}

function* swapChanges(text: string): Generator<Change> {
  const operand = String.raw`\w[\w.]*(?:\[[^\][]*\])?`;
  for (const found of text.matchAll(new RegExp(`(?<![\\w.*/+-] ?)(${operand}) ([-/%]) (${operand})(?![\\w.(])`, 'g'))) {
    const [whole, left = '', sign = '', right = ''] = found;
    yield { rule: 'operands swapped', at: found.index, length: whole.length, by: `${right} ${sign} ${left}` };
  }
}

function* constantChanges(tokens: readonly Token[]): Generator<Change> {
  for (const { kind, text, at } of tokens) {
    if (kind !== 'number') continue;
    const number = /^(\d+(?:\.\d+)?)([uf]?)$/.exec(text);
    if (!number) continue;
    const [, digits = '', suffix = ''] = number;
    const changed = digits.includes('.') ? String(Number(digits) * 1.25 + (Number(digits) === 0 ? 0.125 : 0)) : String(Number(digits) + 1);
    yield {
      rule: 'constant changed',
      at,
      length: text.length,
      by: (digits.includes('.') && !changed.includes('.') ? `${changed}.0` : changed) + suffix,
    };
  }
}

/** @param most of each rule; spread evenly over the file */
export function mutantsOf(file: string, text: string, most: number): readonly Mutant[] {
  const tokens = tokensOf(text);
  const code = new Set(tokens.map(({ at }) => at));
  const all = [
    ...indexChanges(text, tokens),
    ...barrierChanges(tokens),
    ...boundChanges(text, tokens),
    ...[...swapChanges(text)].filter(({ at }) => code.has(at)),
    ...constantChanges(tokens),
  ].filter(({ at }) => !declaration.test(lineAt(text, at)));
  const rules = [...new Set(all.map(({ rule }) => rule))];
  return rules.flatMap((rule) => {
    const own = all.filter((change) => change.rule === rule);
    const picked = Array.from(
      { length: Math.min(most, own.length) },
      (_, i) => own[Math.floor(((i + 0.5) * own.length) / Math.min(most, own.length))],
    );
    return picked.flatMap((change) => {
      if (!change) return [];
      const { at, length, by } = change;
      const changed = text.slice(0, at) + by + text.slice(at + length);
      const line = text.slice(0, at).split('\n').length;
      return [{ file, rule, line, before: lineAt(text, at).trim(), after: changed.split('\n')[line - 1]?.trim() ?? '', text: changed }];
    });
  });
}
