/** No box or label of a graph lies over another, whatever the graph, and every wire ends where it should. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { makeGraph, studyAt, type Statement } from '../../../src/session/graph/study.ts';
import { layoutGraph, type Layout, type Rectangle } from '../../../src/labs/graph/layout.ts';
import { pictureOf, sizesOf, titleLines } from '../../../src/labs/graph/picture-model.ts';
import { parseText } from '../../../src/session/graph/parse.ts';

type Expression = Statement['expression'];

const { any } = fc.letrec<{ any: Expression }>((tie) => ({
  any: fc.oneof(
    { depthSize: 'small', withCrossShrink: true },
    fc.constantFrom('a', 'b', 'c', 'w1', 'rate').map((leaf) => ({ kind: 'leaf', leaf }) as const),
    fc.constantFrom(2, -0.5).map((value) => ({ kind: 'number', value }) as const),
    fc
      .tuple(fc.constantFrom('add', 'multiply', 'divide', 'max'), tie('any'), tie('any'))
      .map(([operation, left, right]) => ({ kind: 'apply', operation, operands: [left, right] }) as const),
    fc
      .tuple(fc.constantFrom('sigma', 'log', 'negate'), tie('any'))
      .map(([operation, operand]) => ({ kind: 'apply', operation, operands: [operand] }) as const),
  ),
}));

const room = fc.record({ width: fc.integer({ min: 0, max: 1400 }), height: fc.integer({ min: 0, max: 900 }) });

function overlap(one: Rectangle, other: Rectangle): boolean {
  return one.x < other.x + other.width && other.x < one.x + one.width && one.y < other.y + other.height && other.y < one.y + one.height;
}

function layoutOf(statements: readonly Statement[], detail: 'operations' | 'lines', within: { width: number; height: number }) {
  const graph = makeGraph(statements, detail);
  const study = studyAt(
    graph,
    graph.inputs.map(() => 1.25),
  );
  const sizes = sizesOf(study);
  return { graph, sizes, layout: layoutGraph(graph, sizes, within) };
}

/** Pairs that lie over each other, each with what stands beneath a box. */
function collisions({ boxes, wires }: Layout, below: readonly number[]): number {
  const all = [...boxes.map((box, index) => ({ ...box, height: box.height + (below[index] ?? 0) })), ...wires.map(({ label }) => label)];
  let count = 0;
  for (const [index, one] of all.entries()) for (const other of all.slice(index + 1)) if (overlap(one, other)) count++;
  return count;
}

describe('the layout', () => {
  it('lets nothing collide, and stays within its own bounds', () => {
    fc.assert(
      fc.property(any, any, fc.constantFrom('operations', 'lines'), room, (first, second, detail, within) => {
        const leaf: Expression = { kind: 'leaf', leaf: 'z' };
        const statements: readonly Statement[] = [
          { name: 'z', expression: { kind: 'apply', operation: 'sigma', operands: [first] } },
          {
            name: null,
            expression: {
              kind: 'apply',
              operation: 'multiply',
              operands: [leaf, { kind: 'apply', operation: 'add', operands: [leaf, second] }],
            },
          },
        ];
        const { layout, sizes } = layoutOf(statements, detail, within);
        expect(collisions(layout, sizes.below)).toBe(0);
        for (const { x, y, width, height } of [...layout.boxes, ...layout.wires.map(({ label }) => label)]) {
          expect(x).toBeGreaterThanOrEqual(0);
          expect(y).toBeGreaterThanOrEqual(0);
          expect(x + width).toBeLessThanOrEqual(layout.width);
          expect(y + height).toBeLessThanOrEqual(layout.height);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('has the inputs on the left, the result on the right, and each node right of what it needs', () => {
    const { statements = [] } = parseText('J = 3(a + b c) + exp(a)');
    const { graph, layout } = layoutOf(statements, 'operations', { width: 800, height: 500 });
    for (const { from, to } of graph.edges) {
      const [source, target] = [layout.boxes[from], layout.boxes[to]];
      expect((source?.x ?? 0) + (source?.width ?? 0)).toBeLessThan(target?.x ?? 0);
    }
    const centres = graph.inputs.map((_, index) => (layout.boxes[index]?.x ?? 0) + (layout.boxes[index]?.width ?? 0) / 2);
    expect(new Set(centres.map((x) => Math.round(x))).size).toBe(1);
  });

  it('grows into its room', () => {
    const { statements = [] } = parseText('J = 3(a + b c)');
    const small = layoutOf(statements, 'operations', { width: 0, height: 0 }).layout;
    const large = layoutOf(statements, 'operations', { width: small.width + 90, height: small.height + 60 }).layout;
    expect(large.width).toBeCloseTo(small.width + 90, 0);
    expect(large.height).toBeGreaterThan(small.height + 20);
  });

  it('takes even the longest expression', () => {
    const { statements = [] } = parseText(Array.from({ length: 38 }, (_, i) => `a${i % 9} b${i % 7}`).join('+'));
    expect(statements).toHaveLength(1);
    const began = performance.now();
    const { layout, sizes } = layoutOf(statements, 'operations', { width: 700, height: 500 });
    expect(performance.now() - began).toBeLessThan(1000);
    expect(collisions(layout, sizes.below)).toBe(0);
  });
});

describe('what the graph shows', () => {
  const study = (text: string, ...inputs: readonly number[]) => studyAt(makeGraph(parseText(text).statements ?? [], 'operations'), inputs);

  it('fills in values one node at a time and derivatives one edge at a time', () => {
    const course = study('J = 3(a + b c)', 5, 3, 2);
    const texts = (done: number): readonly string[] =>
      pictureOf(course, done).nodes.map(({ text, derivative }) => `${text} ${derivative}`.trim());
    expect(texts(0)).toEqual(['5', '3', '2', '', '', '']);
    expect(texts(2)).toEqual(['5', '3', '2', '6', '11', '']);
    expect(texts(4)).toEqual(['5', '3', '2', '6', '11', '33 dJ = 1']);
    expect(texts(6)).toEqual(['5 da = 3', '3', '2', '6', '11 dv = 3', '33 dJ = 1']);
    expect(texts(9)).toEqual(['5 da = 3', '3 db = 6', '2 dc = 9', '6 du = 3', '11 dv = 3', '33 dJ = 1']);
    expect(
      pictureOf(course, 6)
        .edges.filter(({ label }) => label !== '')
        .map(({ label }) => label),
    ).toEqual(['dJ/dv = 3', 'dv/da = 1']);
  });

  it('shows how the paths of a node that is used twice add up', () => {
    const square = study('J = a * a + a', 3);
    const states = [4, 5, 6, 7].map((done) => pictureOf(square, done).nodes[0]);
    expect(states.map((node) => node?.derivative)).toEqual(['', 'da = 1 + …', 'da = 4 + …', 'da = 7']);
    expect(states.at(-1)?.sum).toBe('= 1 + 3 + 3');
  });

  it('turns red only the node that is to blame', () => {
    const { nodes } = pictureOf(study('J = a + log(b)', 1, -1), 2);
    expect(nodes.map(({ isBad }) => isBad)).toEqual([false, false, true, false]);
    expect(nodes.at(-1)?.problem).not.toBeNull();
  });

  it('breaks long formulas into lines', () => {
    expect(titleLines({ name: 'L', formula: '−(y log a + (1 − y)·log(1 − a))' })).toEqual(['L = −(y log a + (1 −', 'y)·log(1 − a))']);
    expect(titleLines({ name: 'a', formula: '' })).toEqual(['a']);
  });
});
