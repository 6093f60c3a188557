/** The graph against mathjs's symbolic derivatives, and what it does where there is no value. */
import fc from 'fast-check';
import { derivative } from 'mathjs';
import { describe, expect, it } from 'vitest';
import { buildGraph, inputsOf, type Detail } from '../../../src/math/graph/build.ts';
import { backward, forward, nudged } from '../../../src/math/graph/compute.ts';
import { stepsOf, usesOf } from '../../../src/math/graph/graph.ts';
import { formula } from '../../../src/math/graph/print.ts';
import type { Expression, OperationName, Statement } from '../../../src/math/graph/tree.ts';

const leaf = (name: string): Expression => ({ kind: 'leaf', leaf: name });
const number = (value: number): Expression => ({ kind: 'number', value });
const apply = (operation: OperationName, ...operands: readonly Expression[]): Expression => ({ kind: 'apply', operation, operands });
const line = (name: string | null, expression: Expression): Statement => ({ name, expression });

/** J = 3(a + bc). */
const course = line('J', apply('multiply', number(3), apply('add', leaf('a'), apply('multiply', leaf('b'), leaf('c')))));

function gradientsOf(statements: readonly Statement[], inputs: readonly number[], detail: Detail = 'operations'): Record<string, number> {
  const graph = buildGraph(statements, detail);
  const { gradients } = backward(graph, forward(graph, inputs));
  return Object.fromEntries(graph.nodes.map(({ name, index }) => [name, gradients[index] ?? Number.NaN]));
}

describe('J = 3(a + bc)', () => {
  const graph = buildGraph([course], 'operations');

  it('names its nodes u = bc, v = a + u, J = 3v', () => {
    const texts = graph.nodes
      .filter(({ body }) => body !== null)
      .map(
        ({ name, body, operands }) => `${name} = ${body ? formula(body, (slot) => graph.nodes[operands[slot] ?? -1]?.name ?? '?') : ''}`,
      );
    expect(texts).toEqual(['u = bc', 'v = a + u', 'J = 3v']);
    expect(graph.inputs).toEqual(['a', 'b', 'c']);
  });

  it('has dJ/da = 3, dJ/db = 6, dJ/dc = 9 at a = 5, b = 3, c = 2', () => {
    expect(forward(graph, [5, 3, 2]).at(-1)?.value).toBe(33);
    expect(gradientsOf([course], [5, 3, 2])).toMatchObject({ J: 1, v: 3, u: 3, a: 3, b: 6, c: 9 });
  });

  it('goes forward node by node and backward edge by edge', () => {
    const { forward: there, backward: back } = stepsOf(graph);
    expect(there).toHaveLength(3);
    expect(back).toHaveLength(1 + 5);
    expect(graph.edges.map(({ from, to }) => `${graph.nodes[to]?.name ?? ''}${graph.nodes[from]?.name ?? ''}`)).toEqual([
      'Jv',
      'va',
      'vu',
      'ub',
      'uc',
    ]);
  });

  it('moves by 0.003 when a moves by 0.001', () => {
    const { to, after, ratio } = nudged(graph, [5, 3, 2], 0, 0.001);
    expect(to).toBeCloseTo(5.001, 12);
    expect(after).toBeCloseTo(33.003, 9);
    expect(ratio).toBeCloseTo(3, 9);
  });
});

describe('a graph', () => {
  it('makes equal parts one node and sums its paths', () => {
    const sum = apply('add', leaf('a'), leaf('b'));
    const graph = buildGraph([line(null, apply('multiply', sum, apply('exp', sum)))], 'operations');
    expect(graph.nodes.map(({ name }) => name)).toEqual(['a', 'b', 'u', 'v', 'J']);
    expect(usesOf(graph, 2)).toHaveLength(2);
    const { gradients } = backward(graph, forward(graph, [0.5, 0.25]));
    expect(gradients[0]).toBeCloseTo(Math.exp(0.75) * 1.75, 12);
  });

  it('has two edges where a node is used twice by the same one', () => {
    const graph = buildGraph([line(null, apply('multiply', leaf('a'), leaf('a')))], 'operations');
    expect(usesOf(graph, 0)).toHaveLength(2);
    expect(gradientsOf([line(null, apply('multiply', leaf('a'), leaf('a')))], [3])['a']).toBe(6);
  });

  it('shows logistic regression line by line: da = −y/a + (1 − y)/(1 − a), dz = a − y, dw₁ = x₁ dz', () => {
    const product = (w: string, x: string): Expression => apply('multiply', leaf(w), leaf(x));
    const oneMinus = (x: string): Expression => apply('subtract', number(1), leaf(x));
    const statements = [
      line('z', apply('add', apply('add', product('w1', 'x1'), product('w2', 'x2')), leaf('b'))),
      line('a', apply('sigma', leaf('z'))),
      line(
        'L',
        apply(
          'negate',
          apply(
            'add',
            apply('multiply', leaf('y'), apply('log', leaf('a'))),
            apply('multiply', oneMinus('y'), apply('log', oneMinus('a'))),
          ),
        ),
      ),
    ];
    expect(inputsOf(statements)).toEqual(['w1', 'x1', 'w2', 'x2', 'b', 'y']);
    const inputs = [0.5, 1, -0.25, 2, 0.1, 1];
    for (const detail of ['lines', 'operations'] as const) {
      const found = gradientsOf(statements, inputs, detail);
      const a = 1 / (1 + Math.exp(-0.1));
      expect(found['a']).toBeCloseTo(-1 / a, 12);
      expect(found['z']).toBeCloseTo(a - 1, 12);
      expect(found['w1']).toBeCloseTo(a - 1, 12);
      expect(found['w2']).toBeCloseTo(2 * (a - 1), 12);
      expect(found['b']).toBeCloseTo(a - 1, 12);
    }
    expect(buildGraph(statements, 'lines').nodes.map(({ name }) => name)).toEqual(['w1', 'x1', 'w2', 'x2', 'b', 'y', 'z', 'a', 'L']);
  });

  it('says which node has no value and why, and leaves the rest', () => {
    const graph = buildGraph([line(null, apply('add', apply('divide', leaf('a'), leaf('b')), apply('log', leaf('c'))))], 'operations');
    const names = (inputs: readonly number[]): readonly (string | null)[] => forward(graph, inputs).map(({ problem }) => problem);
    expect(names([1, 0, -1])).toEqual([null, null, null, 'division-by-zero', 'log-of-negative', 'waits']);
    expect(names([1, 2, 0])).toEqual([null, null, null, null, 'log-of-zero', 'waits']);
    expect(names([1, 2, 1])).toEqual([null, null, null, null, null, null]);
  });

  it('keeps a constant that has no value as a node of its own', () => {
    const graph = buildGraph([line(null, apply('add', leaf('a'), apply('divide', number(1), number(0))))], 'operations');
    expect(forward(graph, [1]).map(({ problem }) => problem)).toEqual([null, 'division-by-zero', 'waits']);
  });

  it('makes a node even of a result that is only a name or a number', () => {
    expect(buildGraph([line(null, leaf('a'))], 'operations').nodes.map(({ name }) => name)).toEqual(['a', 'J']);
    expect(forward(buildGraph([line(null, apply('add', number(3), number(4)))], 'operations'), []).at(-1)?.value).toBe(7);
  });

  it('never uses a name twice', () => {
    const taken = apply('multiply', apply('add', leaf('u'), leaf('J')), apply('exp', leaf('v')));
    const { nodes } = buildGraph([line(null, taken)], 'operations');
    expect(new Set(nodes.map(({ name }) => name)).size).toBe(nodes.length);
    expect(nodes.at(-1)?.name).toBe('L');
  });
});

const variables = ['a', 'b', 'c', 'd'] as const;

/** Expressions of all operations that mathjs can derive; exponents are small whole numbers or variables. */
const { smooth } = fc.letrec<{ smooth: Expression }>((tie) => ({
  smooth: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom(...variables).map(leaf),
    fc.constantFrom(2, 3, 0.5, 1.25).map(number),
    fc
      .tuple(fc.constantFrom<OperationName>('add', 'subtract', 'multiply', 'divide', 'power'), tie('smooth'), tie('smooth'))
      .map(([operation, left, right]) => apply(operation, left, right)),
    fc
      .tuple(fc.constantFrom<OperationName>('negate', 'exp', 'log', 'sigma', 'tanh'), tie('smooth'))
      .map(([operation, operand]) => apply(operation, operand)),
  ),
}));

const signs: Readonly<Partial<Record<OperationName, string>>> = { add: '+', subtract: '-', multiply: '*', divide: '/', power: '^' };

/** For mathjs, which knows no σ. */
function textOf(tree: Expression): string {
  if (tree.kind === 'number') return String(tree.value);
  if (tree.kind === 'leaf') return tree.leaf;
  const [first = '', second = ''] = tree.operands.map(textOf);
  const sign = signs[tree.operation];
  if (sign !== undefined) return `((${first}) ${sign} (${second}))`;
  if (tree.operation === 'negate') return `(-(${first}))`;
  return tree.operation === 'sigma' ? `(1 / (1 + exp(-(${first}))))` : `${tree.operation}(${first})`;
}

const inputValues = fc.array(fc.double({ min: 0.2, max: 3, noNaN: true }), { minLength: 4, maxLength: 4 });

describe('reverse mode', () => {
  it('agrees with symbolic derivatives of random expressions', () => {
    let compared = 0;
    fc.assert(
      fc.property(smooth, inputValues, (expression, values) => {
        const graph = buildGraph([line(null, expression)], 'operations');
        const inputs = graph.inputs.map((name) => values[variables.findIndex((variable) => variable === name)] ?? 1);
        const states = forward(graph, inputs);
        if (states.at(-1)?.problem !== null) return;
        const { gradients, magnitudes } = backward(graph, states);
        const scope = Object.fromEntries(graph.inputs.map((name, index) => [name, inputs[index] ?? 1]));
        const text = textOf(expression);
        for (const [index, name] of graph.inputs.entries()) {
          const expected: unknown = derivative(text, name, { simplify: false }).evaluate({ ...scope });
          const found = gradients[index] ?? Number.NaN;
          if (typeof expected !== 'number' || !Number.isFinite(expected) || !Number.isFinite(found)) continue;
          compared++;
          expect(Math.abs(found - expected), `d(${text})/d${name} at ${JSON.stringify(scope)}`).toBeLessThanOrEqual(
            1e-9 * (1 + (magnitudes[index] ?? 0)),
          );
        }
      }),
      { numRuns: 200 },
    );
    expect(compared).toBeGreaterThan(100);
  });

  it('agrees with itself whether a line is one node or many', () => {
    fc.assert(
      fc.property(smooth, smooth, inputValues, (first, second, values) => {
        const statements = [line('z', first), line('J', apply('add', apply('tanh', leaf('z')), apply('multiply', leaf('z'), second)))];
        const fine = buildGraph(statements, 'operations');
        const coarse = buildGraph(statements, 'lines');
        const inputs = fine.inputs.map((_, index) => values[index % values.length] ?? 1);
        const [fineValues, coarseValues] = [forward(fine, inputs), forward(coarse, inputs)];
        if (fineValues.at(-1)?.problem !== null) return;
        expect(coarseValues.at(-1)?.value).toBeCloseTo(fineValues.at(-1)?.value ?? 0, 9);
        const [one, other] = [backward(fine, fineValues), backward(coarse, coarseValues)];
        for (const index of fine.inputs.keys()) {
          const found = other.gradients[index] ?? Number.NaN;
          const expected = one.gradients[index] ?? Number.NaN;
          if (!Number.isFinite(found) || !Number.isFinite(expected)) continue;
          expect(Math.abs(found - expected)).toBeLessThanOrEqual(1e-9 * (1 + (one.magnitudes[index] ?? 0)));
        }
      }),
      { numRuns: 100 },
    );
  });

  it('agrees with central differences for max and min away from ties', () => {
    const extremes = fc.constantFrom<OperationName>('max', 'min');
    fc.assert(
      fc.property(extremes, extremes, inputValues, (outer, inner, values) => {
        const [a = 1, b = 1, c = 1] = values;
        const product = apply('multiply', leaf('a'), leaf('b'));
        const expression = apply(outer, apply('tanh', leaf('c')), apply(inner, product, leaf('b'), apply('exp', leaf('a'))));
        const h = 1e-6;
        const sorted = [Math.tanh(c), a * b, b, Math.exp(a)].sort((x, y) => x - y);
        if (sorted.slice(1).some((value, index) => value - (sorted[index] ?? 0) < 100 * h)) return;
        const graph = buildGraph([line(null, expression)], 'operations');
        const inputs = graph.inputs.map((name) => ({ a, b, c })[name] ?? 1);
        const { gradients } = backward(graph, forward(graph, inputs));
        for (const index of inputs.keys()) {
          const [up, down] = [nudged(graph, inputs, index, h), nudged(graph, inputs, index, -h)];
          expect(Math.abs((gradients[index] ?? 0) - (up.ratio + down.ratio) / 2)).toBeLessThanOrEqual(1e-6 * (1 + Math.abs(up.ratio)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
