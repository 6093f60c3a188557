/** A node's formula as one writes it: `bc`, `3v`, `a + u`, `x₁dz`. What a leaf reads is the caller's: a name or a value. Plain text. */
import type { OperationName, Tree } from './tree.ts';

const subscripts = '₀₁₂₃₄₅₆₇₈₉';
const superscripts = '⁰¹²³⁴⁵⁶⁷⁸⁹';

/** `x1`, `w_2` → `x₁`, `w₂`. */
export function nameText(name: string): string {
  return name.replace(/_?(\d+)$/, (_, digits: string) => [...digits].map((digit) => subscripts[Number(digit)] ?? digit).join(''));
}

/** At most six significant digits; what a person would write. */
function numberText(value: number): string {
  const short = Math.abs(value) >= 1e7 || (value !== 0 && Math.abs(value) < 1e-5);
  return (short ? value.toExponential() : String(Number(value.toPrecision(6)))).replace('-', '−');
}

/** How strongly an operation binds; what binds less gets parentheses. */
const binding: Readonly<Record<OperationName, number>> = {
  add: 1,
  subtract: 1,
  negate: 2,
  multiply: 3,
  divide: 2.5,
  power: 4,
  exp: 5,
  log: 5,
  sigma: 5,
  tanh: 5,
  max: 5,
  min: 5,
};

interface Printed {
  readonly text: string;
  readonly binding: number;
}

const atom = 6;

/** @param read what stands for a leaf: `nameText` of its name, or its value with − for a minus */
export function formula<Leaf>(tree: Tree<Leaf>, read: (leaf: Leaf) => string): string {
  return print(tree, read).text;
}

function print<Leaf>(tree: Tree<Leaf>, read: (leaf: Leaf) => string): Printed {
  switch (tree.kind) {
    case 'number':
      return { text: numberText(tree.value), binding: tree.value < 0 ? binding.negate : atom };
    case 'leaf': {
      const text = read(tree.leaf);
      return { text, binding: text.startsWith('−') ? binding.negate : atom };
    }
    case 'apply':
      return {
        text: applied(
          tree.operation,
          tree.operands.map((operand) => print(operand, read)),
        ),
        binding: binding[tree.operation],
      };
  }
}

function applied(operation: OperationName, operands: readonly Printed[]): string {
  const [left = { text: '', binding: atom }, right = left] = operands;
  const bound = ({ text, binding: own }: Printed, least: number): string => (own < least ? `(${text})` : text);
  switch (operation) {
    case 'add':
      return `${left.text} + ${bound(right, 2.5)}`;
    case 'subtract':
      return `${left.text} − ${bound(right, 2.5)}`;
    case 'multiply':
      return product(closed(bound(left, 3)), bound(right, 3.5));
    case 'divide':
      return `${closed(bound(left, 3))} / ${closed(bound(right, 4))}`;
    case 'power':
      return power(closed(bound(left, 5)), right);
    case 'negate':
      return `−${bound(left, 2.5)}`;
    case 'sigma':
      return `σ(${left.text})`;
    case 'log':
      return left.binding === atom && !left.text.includes(' ') ? `log ${left.text}` : `log(${left.text})`;
    case 'exp':
    case 'tanh':
    case 'max':
    case 'min':
      return `${operation}(${operands.map(({ text }) => text).join(', ')})`;
  }
}

/** `log a` with parentheses, where what follows could be taken for a part of it. */
function closed(text: string): string {
  return text.replace(/^log (\S+)$/, 'log($1)');
}

/** `3v`, `bc`, `x₁w₁` run together; words, and numbers on the right, get a dot between. */
function product(left: string, right: string): string {
  const short = (text: string): boolean => /^[\p{L}][₀-₉]*$/u.test(text) || text.startsWith('(');
  const number = /^[\d.]+$/.test(left);
  if (right.startsWith('log ')) return `${left} ${right}`;
  return (number || short(left)) && short(right) ? `${left}${right}` : `${left}·${right}`;
}

function power(base: string, exponent: Printed): string {
  if (/^\d{1,2}$/.test(exponent.text)) return base + [...exponent.text].map((digit) => superscripts[Number(digit)] ?? digit).join('');
  return `${base}^${exponent.binding < atom ? `(${exponent.text})` : exponent.text}`;
}
