/** Ceilings under a made-up clock: a processor of known rates is recovered, and what cannot be believed is not told. */
import { describe, expect, it } from 'vitest';
import { copyPattern, factors, patternLength, type CeilingKernels } from '../../../src/engine/ceiling.ts';
import { multiplyAdd } from '../../../src/engine/cpu/kernels/fma.ts';
import { Random, streams } from '../../../src/math/rng.ts';
import { measureRates } from '../../../src/session/ceilings.ts';
import type { Rates } from '../../../src/session/protocol.ts';

interface Fake {
  readonly gigabytesPerSecond: number;
  readonly gigaflopsPerSecond: number;
  /** Of an empty submission, ms. */
  readonly floorMs?: number;
  readonly noise?: number;
  readonly resolutionMs?: number;
  readonly wrong?: 'copy' | 'sums';
  /** Runs of each kernel that are slow at first, as before a compiler has had its way. */
  readonly coldRuns?: number;
}

const multiplyAdds = { items: 300, chains: 4, steps: 8, ...factors };

async function measure(fake: Fake): Promise<{ readonly rates: Rates | null; readonly tookMs: number }> {
  const { floorMs = 0, noise = 0, resolutionMs = 0.005 } = fake;
  const random = new Random(3, streams.noise);
  let now = 0;
  let runs = 0;
  const pass = (ms: number): Promise<void> => {
    const cold = runs++ < (fake.coldRuns ?? 0) ? 5 : 1;
    now += floorMs + cold * ms * (1 + noise * Math.abs(random.normal()));
    return Promise.resolve();
  };
  const kernels: CeilingKernels = {
    bytesPerCopy: 2e6,
    multiplyAdds,
    copy: (times) => pass((times * 2e6) / fake.gigabytesPerSecond / 1e6),
    multiplyAdd: (times) => pass((times * 8 * 300 * 4 * 8) / fake.gigaflopsPerSecond / 1e6),
    copied: () => {
      const ends = new Uint32Array(2 * patternLength);
      ends.set(copyPattern());
      ends.set(copyPattern(), patternLength);
      if (fake.wrong === 'copy') ends[2 * patternLength - 1] = 7;
      return Promise.resolve(ends);
    },
    sums: () => Promise.resolve(multiplyAdd({ ...multiplyAdds, steps: fake.wrong === 'sums' ? 7 : 8 })),
    dispose: () => undefined,
  };
  // a clock that sees whole ticks only
  const clock = (): number => Math.floor(now / resolutionMs) * resolutionMs;
  const rates = await measureRates(kernels, { clock, clockResolutionMs: resolutionMs, floorMs });
  return { rates, tookMs: now };
}

describe('ceilings', () => {
  it.each([
    [3, 5],
    [40, 9],
    [3000, 50],
  ])('recover %d GB/s and %d GFLOP/s', async (gigabytesPerSecond, gigaflopsPerSecond) => {
    const { rates } = await measure({ gigabytesPerSecond, gigaflopsPerSecond, noise: 0.03, coldRuns: 3 });
    expect(Math.abs((rates?.copyGigabytesPerSecond ?? 0) / gigabytesPerSecond - 1)).toBeLessThan(0.05);
    expect(Math.abs((rates?.fmaGigaflopsPerSecond ?? 0) / gigaflopsPerSecond - 1)).toBeLessThan(0.05);
  });

  it('outlast the read-back, and take some hundred milliseconds', async () => {
    const { rates, tookMs } = await measure({ gigabytesPerSecond: 200, gigaflopsPerSecond: 900, floorMs: 1 });
    expect(rates?.copyGigabytesPerSecond).toBeGreaterThan(188);
    expect(tookMs).toBeLessThan(800);
  });

  it('see nothing of a processor that returns at once', async () => {
    const at = Number.POSITIVE_INFINITY;
    expect((await measure({ gigabytesPerSecond: at, gigaflopsPerSecond: at })).rates).toBeNull();
    expect((await measure({ gigabytesPerSecond: at, gigaflopsPerSecond: 5 })).rates).toBeNull();
  });

  it.each(['copy', 'sums'] as const)('are none where the %s is wrong, however fast', async (wrong) => {
    expect((await measure({ gigabytesPerSecond: 10, gigaflopsPerSecond: 10, wrong })).rates).toBeNull();
  });
});
