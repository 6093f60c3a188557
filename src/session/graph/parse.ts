/**
 * Text to statements. The grammar is that of mathjs; what its tree says is turned into our own here, and nothing else
 * knows that parser. Only arithmetic passes: text is never evaluated.
 */
import { create, parseDependencies, type MathNode } from 'mathjs/number';
import type { Expression, OperationName, Statement } from '../../math/graph/tree.ts';
import { checkNames } from './check-names.ts';
import type { Complaint, Parsed } from './complaint.ts';

/** Longer texts make graphs that nobody reads. */
const mostCharacters = 400;
/** Operations, numbers and names of one text. */
const mostParts = 160;

// its types allow for none, which does not happen
const { parse } = create(parseDependencies ?? {}, {});

const binaryOperators: Readonly<Record<string, OperationName>> = {
  add: 'add',
  subtract: 'subtract',
  multiply: 'multiply',
  divide: 'divide',
  pow: 'power',
};

/** Functions by the names that a text may use for them. */
const functions: Readonly<Record<string, OperationName>> = {
  exp: 'exp',
  log: 'log',
  ln: 'log',
  sigma: 'sigma',
  sigmoid: 'sigma',
  σ: 'sigma',
  tanh: 'tanh',
  max: 'max',
  min: 'min',
};

/** Carries a complaint out of the depth of a tree. */
class Refusal extends Error {
  readonly complaint: Complaint;

  constructor(complaint: Complaint) {
    super(complaint.kind);
    this.complaint = complaint;
  }
}

/** Signs as people type or paste them, each as long as what stands for it, so that places stay what they are. */
function plainSigns(text: string): string {
  const signs: Readonly<Record<string, string>> = { '·': '*', '×': '*', '∙': '*', '÷': '/', '−': '-', '–': '-' };
  const subscripts = '₀₁₂₃₄₅₆₇₈₉';
  return [...text].map((sign) => signs[sign] ?? (subscripts.includes(sign) ? String(subscripts.indexOf(sign)) : sign)).join('');
}

/** Reads `J = 3(a + b c)`, or several lines with `;` or a line break between, each of which names what it computes. */
export function parseText(text: string): Parsed {
  if (text.length > mostCharacters)
    return { complaint: { kind: 'too-long', length: text.length, most: mostCharacters, place: mostCharacters } };
  const plain = plainSigns(text);
  const statements: Statement[] = [];
  const places: number[] = [];
  try {
    for (const { line, start } of linesOf(plain)) {
      statements.push(readLine(line, start));
      places.push(start);
    }
    if (statements.length === 0) throw new Refusal({ kind: 'expected', what: 'value', place: 0 });
    const parts = statements.reduce((sum, { expression }) => sum + sizeOf(expression), 0);
    if (parts > mostParts) throw new Refusal({ kind: 'too-many', count: parts, most: mostParts, place: 0 });
  } catch (error) {
    if (error instanceof Refusal) return { complaint: error.complaint };
    throw error;
  }
  const complaint = checkNames(statements, places, plain);
  return complaint ? { complaint } : { statements };
}

function sizeOf(expression: Expression): number {
  return expression.kind === 'apply' ? expression.operands.reduce((sum, operand) => sum + sizeOf(operand), 1) : 1;
}

/** Lines that hold something, with where they start; one parser call for each keeps places simple. */
function linesOf(text: string): readonly { readonly line: string; readonly start: number }[] {
  return [...text.matchAll(/[^;\n]+/g)]
    .map(({ 0: piece, index }) => ({ line: piece.trim(), start: index + piece.length - piece.trimStart().length }))
    .filter(({ line }) => line !== '');
}

function readLine(line: string, start: number): Statement {
  const comment = line.indexOf('#');
  if (comment >= 0) throw new Refusal({ kind: 'unknown-sign', sign: '#', place: start + comment });
  const node = tree(line, start);
  const reader = new Reader(line, start);
  if (node.type !== 'AssignmentNode') return { name: null, expression: reader.read(node) };
  const { object, index, value } = node as unknown as { object: MathNode; index: unknown; value: MathNode };
  if (index !== null || object.type !== 'SymbolNode') throw reader.refuse('=', line.indexOf('='));
  return { name: (object as unknown as { name: string }).name, expression: reader.read(value) };
}

/** mathjs says where it stopped (counting from 1) and, in words of its own, what it missed there. */
function tree(line: string, start: number): MathNode {
  try {
    return parse(line);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const found = (error as Error & { readonly char?: number }).char;
    const place = start + Math.min(line.length, Math.max(0, (found ?? line.length + 1) - 1));
    if (/Parenthesis \)|Unexpected end of/.test(error.message) && place >= start + line.length) {
      const open = (line.match(/\(/g) ?? []).length > (line.match(/\)/g) ?? []).length;
      throw new Refusal({ kind: 'expected', what: open && !/[-+*/^(,=]\s*$/.test(line) ? 'parenthesis' : 'value', place });
    }
    if (/Value expected|Unexpected end of/.test(error.message)) throw new Refusal({ kind: 'expected', what: 'value', place });
    if (/Parenthesis \)/.test(error.message)) throw new Refusal({ kind: 'expected', what: 'parenthesis', place });
    throw new Refusal({ kind: 'expected', what: 'operator', place });
  }
}

/** Nodes of mathjs carry no places: the text is searched for what they are about. */
class Reader {
  readonly #line: string;
  readonly #start: number;

  constructor(line: string, start: number) {
    this.#line = line;
    this.#start = start;
  }

  refuse(sign: string, at = this.#line.indexOf(sign)): Refusal {
    return new Refusal({ kind: 'unknown-sign', sign, place: this.#start + Math.max(0, at) });
  }

  read(node: MathNode): Expression {
    const found = node as unknown as {
      readonly type: string;
      readonly value: unknown;
      readonly name: string;
      readonly op: string;
      readonly fn: unknown;
      readonly content: MathNode;
      readonly args: readonly MathNode[];
    };
    switch (found.type) {
      case 'ConstantNode':
        if (typeof found.value !== 'number' || !Number.isFinite(found.value)) throw this.refuse(String(found.value).slice(0, 20));
        return { kind: 'number', value: found.value };
      case 'SymbolNode':
        return { kind: 'leaf', leaf: found.name };
      case 'ParenthesisNode':
        return this.read(found.content);
      case 'OperatorNode':
        return this.#operator(found.op, String(found.fn), found.args);
      case 'FunctionNode':
        return this.#function(found.fn as { readonly name?: string }, found.args);
      default:
        throw this.refuse(signOf(found.type, this.#line));
    }
  }

  #operator(sign: string, name: string, args: readonly MathNode[]): Expression {
    const [first] = args;
    if (name === 'unaryPlus' && first) return this.read(first);
    if (name === 'unaryMinus' && first) {
      const inner = this.read(first);
      return inner.kind === 'number' ? { kind: 'number', value: -inner.value } : { kind: 'apply', operation: 'negate', operands: [inner] };
    }
    const operation = binaryOperators[name];
    if (!operation || args.length !== 2) throw this.refuse(sign);
    return { kind: 'apply', operation, operands: args.map((arg) => this.read(arg)) };
  }

  #function({ name = '' }: { readonly name?: string }, args: readonly MathNode[]): Expression {
    const operation = Object.hasOwn(functions, name) ? functions[name] : undefined;
    const place = this.#start + Math.max(0, this.#line.search(new RegExp(`${escaped(name)}\\s*\\(`)));
    if (!operation) throw new Refusal({ kind: 'unknown-function', name, place });
    const fewest = operation === 'max' || operation === 'min' ? 2 : 1;
    const most = fewest === 2 ? Number.POSITIVE_INFINITY : 1;
    if (args.length < fewest || args.length > most) throw new Refusal({ kind: 'operands', name, count: args.length, fewest, place });
    return { kind: 'apply', operation, operands: args.map((arg) => this.read(arg)) };
  }
}

function escaped(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&');
}

/** What in the text makes mathjs see a node of a kind that has no place here. */
function signOf(type: string, line: string): string {
  const signs: Readonly<Record<string, RegExp>> = {
    ArrayNode: /\[/,
    AccessorNode: /[.[]/,
    ObjectNode: /\{/,
    ConditionalNode: /\?/,
    RangeNode: /:/,
    RelationalNode: /[<>=!]+/,
    FunctionAssignmentNode: /=/,
    AssignmentNode: /=/,
    BlockNode: /;/,
  };
  return signs[type]?.exec(line)?.[0] ?? line.slice(0, 1);
}
