/** Every activation and every loss against central differences, and the values that they must keep far out. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { activations, sigmoid, softplus, type ActivationName } from '../../../src/math/activations.ts';
import { losses, lossNames } from '../../../src/math/costs.ts';

const step = 1e-6;
const z = fc.double({ min: -20, max: 20, noNaN: true }).filter((value) => Math.abs(value) > 1e-3);

describe.each(Object.keys(activations) as ActivationName[])('activation %s', (name) => {
  it('has the derivative of its value', () => {
    const { value, derivative } = activations[name];
    fc.assert(
      fc.property(z, (at) => {
        const difference = (value(at + step) - value(at - step)) / (2 * step);
        expect(derivative(at, value(at))).toBeCloseTo(difference, 6);
      }),
    );
  });
});

describe.each(lossNames)('loss %s', (name) => {
  const loss = losses[name];
  const count = name === 'softmax/cross-entropy' ? 4 : name === 'linear/hinge' ? 3 : 1;

  it('has the derivative of its value', () => {
    fc.assert(
      fc.property(fc.array(z, { minLength: count, maxLength: count }), fc.nat(Math.max(1, count - 1)), (values, y) => {
        // a hinge has no derivative where y · z = 1
        fc.pre(name !== 'linear/hinge' || values.every((value) => Math.abs(Math.abs(value) - 1) > 1e-3));
        const row = Float64Array.from(values);
        const slopes = new Float64Array(count);
        loss.derivative(row, 0, count, y, slopes);
        for (let k = 0; k < count; k++) {
          const moved = (by: number): number => loss.value(row.with(k, (row[k] ?? 0) + by), 0, count, y);
          expect(slopes[k]).toBeCloseTo((moved(step) - moved(-step)) / (2 * step), 4);
        }
      }),
    );
  });

  it('stays finite at |z| = 10⁴', () => {
    for (const far of [1e4, -1e4]) {
      for (const y of [0, 1]) expect(Number.isFinite(loss.value(new Float64Array(count).fill(far), 0, count, y))).toBe(true);
    }
  });
});

it('the sigmoid neither overflows nor leaves [0, 1]', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true }), (at) => {
      expect(sigmoid(at)).toBeGreaterThanOrEqual(0);
      expect(sigmoid(at)).toBeLessThanOrEqual(1);
      if (Math.abs(at) < 1e300) expect(Number.isFinite(softplus(at))).toBe(true);
    }),
  );
});
