/** Texts as people type them: what they mean, how they are printed, and what is said about those that mean nothing. */
import { describe, expect, it } from 'vitest';
import { formula, nameText, type Statement } from '../../../../src/session/graph/study.ts';
import { parseText } from '../../../../src/session/graph/parse.ts';

const statementsOf = (text: string): readonly Statement[] => {
  const { statements, complaint } = parseText(text);
  if (!statements) throw new Error(`${text}: ${JSON.stringify(complaint)}`);
  return statements;
};

const printed = (text: string): string =>
  statementsOf(text)
    .map(({ name, expression }) => `${name === null ? '' : `${name} = `}${formula(expression, nameText)}`)
    .join('; ');

describe('an expression', () => {
  it.each([
    ['J = 3(a + b c)', 'J = 3(a + bc)'],
    ['3·(a − b)×c', '3(a − b)·c'],
    ['a - (b - c)', 'a − (b − c)'],
    ['a / (b c)', 'a / (bc)'],
    ['a / b c', 'a / (bc)'],
    ['(a / b) c', '(a / b)c'],
    ['a / b / c', '(a / b) / c'],
    ['-a^2', '−a²'],
    ['(-a)^2', '(−a)²'],
    ['a^-b', 'a^(−b)'],
    ['2^(a + 1)', '2^(a + 1)'],
    ['-(a + b)', '−(a + b)'],
    ['a * -2', 'a(−2)'],
    ['y log(a) + (1 - y) log(1 - a)', 'y log a + (1 − y)·log(1 − a)'],
    ['log(a) b', 'log(a)·b'],
    ['ln(a)^2', 'log(a)²'],
    ['σ(w_1 x₁ + b)', 'σ(w₁x₁ + b)'],
    ['max(a, tanh(b), exp(-c))', 'max(a, tanh(b), exp(−c))'],
    ['rate * size', 'rate·size'],
    ['z = a + b; J = z^2', 'z = a + b; J = z²'],
    ['z = a + b\n\nz^2', 'z = a + b; z²'],
    ['a - +b', 'a − b'],
  ])('%s reads as %s', (text, expected) => {
    expect(printed(text)).toBe(expected);
  });
});

describe('a text that means nothing', () => {
  it.each([
    ['', { kind: 'expected', what: 'value', place: 0 }],
    ['3(a +', { kind: 'expected', what: 'value', place: 5 }],
    ['3(a + b', { kind: 'expected', what: 'parenthesis', place: 7 }],
    ['a + * b', { kind: 'expected', what: 'value', place: 4 }],
    ['a +', { kind: 'expected', what: 'value', place: 3 }],
    ['a b)', { kind: 'expected', what: 'operator', place: 3 }],
    ['2 3', { kind: 'expected', what: 'operator', place: 2 }],
    ['z = a; J = z @ b', { kind: 'expected', what: 'operator', place: 13 }],
    ['a(b + c)', { kind: 'unknown-function', name: 'a', place: 0 }],
    ['1 + sin(x)', { kind: 'unknown-function', name: 'sin', place: 4 }],
    ['constructor(x)', { kind: 'unknown-function', name: 'constructor', place: 0 }],
    ['max(a)', { kind: 'operands', name: 'max', count: 1, fewest: 2, place: 0 }],
    ['exp(a, b)', { kind: 'operands', name: 'exp', count: 2, fewest: 1, place: 0 }],
    ['a % b', { kind: 'unknown-sign', sign: '%', place: 2 }],
    ['a[1]', { kind: 'unknown-sign', sign: '[', place: 1 }],
    ['a # b', { kind: 'unknown-sign', sign: '#', place: 2 }],
    ['a < b', { kind: 'unknown-sign', sign: '<', place: 2 }],
    ['f(x) = x', { kind: 'unknown-sign', sign: '=', place: 5 }],
    ['"<b>hello</b>"', { kind: 'unknown-sign', sign: '<b>hello</b>', place: 1 }],
    ['log + a', { kind: 'function-name', name: 'log', place: 0 }],
    ['a + b; J = a', { kind: 'name-needed', place: 0 }],
    ['z = a; z = b', { kind: 'defined-twice', name: 'z', place: 7 }],
    ['z = q + 1; q = a; J = z q', { kind: 'used-before', name: 'q', place: 4 }],
    ['z = z + 1', { kind: 'used-before', name: 'z', place: 0 }],
    ['z = a; J = b', { kind: 'unused', name: 'z', place: 0 }],
    ['a+'.repeat(250), { kind: 'too-long', length: 500, most: 400, place: 400 }],
    [`a${'+1'.repeat(120)}`, { kind: 'too-many', count: 241, most: 160, place: 0 }],
  ])('%j', (text, expected) => {
    expect(parseText(text).complaint).toEqual(expected);
  });
});
