/** The loop over m examples has in its accumulators what the vectorised form computes, and what the graph says of one example. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exampleSet, loopLines, loopTrace, mostExamples, vectorized } from '../../../src/math/graph/logistic-loop.ts';

const weight = fc.double({ min: -20, max: 20, noNaN: true });

describe('logistic regression on m examples', () => {
  it('ends with the numbers of the vectorised form', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: mostExamples }), weight, weight, weight, (m, w1, w2, b) => {
        const examples = exampleSet(m);
        const last = loopTrace(examples, { w1, w2, b }).at(-1);
        const { J, dw, db } = vectorized(examples, { w1, w2, b });
        expect(last?.line).toBe('mean');
        expect(last?.J).toBeCloseTo(J, 12);
        expect(last?.dw1).toBeCloseTo(dw[0], 12);
        expect(last?.dw2).toBeCloseTo(dw[1], 12);
        expect(last?.db).toBeCloseTo(db, 12);
      }),
    );
  });

  it('starts at J = log 2 with all weights 0', () => {
    expect(vectorized(exampleSet(4), { w1: 0, w2: 0, b: 0 }).J).toBeCloseTo(Math.LN2, 12);
  });

  it('has the slopes of J', () => {
    const examples = exampleSet(7);
    const at = { w1: 0.3, w2: -0.8, b: 0.2 };
    const { dw, db } = vectorized(examples, at);
    const h = 1e-6;
    const slope = (key: 'w1' | 'w2' | 'b'): number =>
      (vectorized(examples, { ...at, [key]: at[key] + h }).J - vectorized(examples, { ...at, [key]: at[key] - h }).J) / (2 * h);
    expect(dw[0]).toBeCloseTo(slope('w1'), 8);
    expect(dw[1]).toBeCloseTo(slope('w2'), 8);
    expect(db).toBeCloseTo(slope('b'), 8);
  });

  it('does its lines in order, for one example after the other', () => {
    const trace = loopTrace(exampleSet(2), { w1: 0, w2: 0, b: 0 });
    const inner = loopLines.slice(1, -1);
    expect(trace.map(({ line }) => line)).toEqual(['start', ...inner, ...inner, 'mean']);
    expect(trace.map(({ example }) => example)).toEqual([null, ...inner.map(() => 0), ...inner.map(() => 1), null]);
  });
});
