/** The law t = fixed + slope · m, measured on lanes that keep it, under a made-up clock. */
import { describe, expect, it } from 'vitest';
import type { Engine } from '../../../src/engine/contract.ts';
import { lawSizes, measureLaws } from '../../../src/session/bench/law.ts';
import type { BenchLane, TrainWorkload } from '../../../src/session/bench/workload.ts';

describe('the sizes', () => {
  it('goes through six sizes, at equal ratios, the largest first', () => {
    expect(lawSizes()).toEqual([60_000, 26_456, 11_665, 5144, 2268, 1000]);
  });
});

describe('the measured law', () => {
  const zeros = (length: number): Float32Array<ArrayBuffer> => new Float32Array(length);
  /** A ground truth that says nothing, and lanes that answer so: what is looked at here are times. */
  const truth = {
    prepare: () =>
      Promise.resolve({
        step: () => Promise.resolve(),
        costs: () => Promise.resolve([{ step: 0, cost: 1 }]),
        parameters: () => Promise.resolve(zeros(785)),
        dispose: () => undefined,
      }),
  } as unknown as Engine;

  const planOf = ({ plan = 'auto', m }: TrainWorkload): string => (plan === 'auto' ? (m > 30_000 ? 'one-pass' : 'two-pass') : plan);

  it('takes the GPU and the fastest CPU lane, by the plan that the largest m gets', async () => {
    let now = 0;
    const asked: (string | undefined)[] = [];
    const lane = (name: string, kind: 'cpu' | 'gpu', fixedMs: number, msPerExample: number): BenchLane => ({
      name,
      kind,
      peer: false,
      prepare(workload) {
        if (workload.kind !== 'train') throw new Error('a law is of training');
        if (kind === 'gpu') asked.push(workload.plan);
        return Promise.resolve({
          plan: kind === 'gpu' ? planOf(workload) : 'wasm-one-pass',
          kernels: [],
          ...{ bytesPerStep: 1, flopsPerStep: 1, dispatchesPerStep: 0 },
          answer: () => Promise.resolve({ cost: 1, values: zeros(785) }),
          run(steps) {
            now += steps * (fixedMs + msPerExample * workload.m);
            return Promise.resolve();
          },
          dispose: () => undefined,
        });
      },
    });
    const sizes: number[] = [];
    const laws = await measureLaws(
      [lane('gpu', 'gpu', 0.05, 1e-6), lane('wasm', 'cpu', 0.01, 2e-5), lane('wasm-threads', 'cpu', 0.03, 1e-5)],
      {
        ...{ clock: () => now, clockResolutionMs: 0.001, readBackFloorMs: 0, budgetMs: 600, seed: 1, truth },
        isHidden: () => false,
        onLane: () => undefined,
        onPoint: (m) => sizes.push(m),
      },
    );
    expect(sizes).toEqual([...lawSizes(), ...[...lawSizes()].reverse()]);
    expect(asked).toEqual(['auto', ...Array.from({ length: 11 }, () => 'one-pass')]);
    expect(laws.map(({ engine, plan }) => [engine, plan])).toEqual([
      ['gpu', 'one-pass'],
      ['wasm-threads', 'wasm-one-pass'],
    ]);
    expect(laws[0]?.fixedMs).toBeCloseTo(0.05, 6);
    expect(laws[1]?.msPerExample).toBeCloseTo(1e-5, 9);
    expect(laws[0]?.points.map(({ m }) => m)).toEqual([...lawSizes()].reverse());
  });
});
