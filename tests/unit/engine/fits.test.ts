/** What does not fit a device is refused with the number that would, and that number does fit. */
import { describe, expect, it } from 'vitest';
import { checkFits } from '../../../src/engine/gpu/fits.ts';
import { randomProblem, type ProblemOptions } from '../../support/problems.ts';

const limits = { maxBufferSize: 1 << 16, maxStorageBufferBindingSize: 1 << 14 };

function refusal(options: ProblemOptions): string {
  try {
    checkFits(randomProblem(options), limits);
    return '';
  } catch (error) {
    return error instanceof Error ? `${error.name}: ${error.message}` : '';
  }
}

const suggested = (message: string): number => Number(/at most (\d+)/.exec(message)?.[1]);

describe('checkFits', () => {
  it('X', () => {
    const most = suggested(refusal({ n: 100, m: 500 }));
    expect(refusal({ n: 100, m: 500 })).toMatch(/^CapacityError: X needs .* m of at most \d+ would fit$/);
    expect(refusal({ n: 100, m: most })).toBe('');
    expect(refusal({ n: 100, m: most + 1 })).not.toBe('');
  });

  it('activations', () => {
    const hidden = [{ units: 64, activation: 'relu' }] as const;
    const message = refusal({ n: 4, m: 300, hidden });
    expect(message).toMatch(/layer 1 of 64 units .* a batch of at most \d+ would fit$/);
    expect(refusal({ n: 4, m: 300, hidden, batchSize: suggested(message) })).toBe('');
  });

  it('weights', () => {
    const message = refusal({ n: 300, m: 2, hidden: [{ units: 64, activation: 'relu' }] });
    expect(message).toMatch(/W of layer 1, 64 × 300, .* at most \d+ units would fit$/);
    expect(refusal({ n: 300, m: 2, hidden: [{ units: suggested(message), activation: 'relu' }] })).toBe('');
  });
});
