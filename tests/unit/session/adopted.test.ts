/** What a watch over a race goes by: costs of both lanes step by step, and results that name edited kernels. */
import { describe, expect, it } from 'vitest';
import { CostPairs } from '../../../src/session/adopted/costs.ts';
import { catalogue } from '../../../src/session/kernels/catalogue.ts';
import type { LaneReport } from '../../../src/session/protocol.ts';
import { environmentDifferences } from '../../../src/session/results/differences.ts';
import { ResultFileError } from '../../../src/session/results/errors.ts';
import { figuresOf } from '../../../src/session/results/figures.ts';
import { readFragment, summaryFragment } from '../../../src/session/results/link.ts';
import { readResult } from '../../../src/session/results/read.ts';
import { madeUpEnvironment } from '../../support/environment.ts';
import { madeUpRace } from '../../support/results.ts';

const lane = (kind: 'gpu' | 'cpu', costs: Readonly<Record<number, number>>): LaneReport =>
  ({ kind, points: Object.entries(costs).map(([step, cost]) => ({ step: Number(step), cost, seconds: 0 })) }) as unknown as LaneReport;

describe('costs of both lanes', () => {
  it('meet step by step, whichever lane is ahead', () => {
    const pairs = new CostPairs();
    expect(pairs.add([lane('gpu', { 0: 1, 1: 2, 2: 3 }), lane('cpu', { 0: 1 })])).toEqual([{ step: 0, gpu: 1, cpu: 1 }]);
    expect(pairs.add([lane('cpu', { 1: 2.5, 2: 3, 3: 4 })])).toEqual([
      { step: 1, gpu: 2, cpu: 2.5 },
      { step: 2, gpu: 3, cpu: 3 },
    ]);
    expect(pairs.add([lane('gpu', { 3: 4 })])).toEqual([{ step: 3, gpu: 4, cpu: 4 }]);
  });

  it('tell from where on the CPU had run away', () => {
    const pairs = new CostPairs();
    pairs.add([lane('cpu', { 0: 1, 1: 9, 2: 11, 3: Number.NaN })]);
    expect([0, 1, 2, 3].map((step) => pairs.cpuIsStableAt(step))).toEqual([true, true, false, false]);
  });
});

describe('a result with an edited kernel', () => {
  const edited = { ...madeUpEnvironment, editedKernels: [{ file: 'tiny.wgsl', hash: '0a1b2c3d' }] };

  it('is read with its name, one without stays valid, and a damaged one is refused by its path', async () => {
    const race = madeUpRace();
    expect(readResult(JSON.stringify(race), 'a.json').environment.editedKernels).toBeUndefined();
    const own = { ...race, environment: edited };
    expect(readResult(JSON.stringify(own), 'a.json').environment).toEqual(edited);
    const { figures } = (await readFragment(await summaryFragment(figuresOf(own)), 'a link')) as { figures: ReturnType<typeof figuresOf> };
    expect(figures.environment.editedKernels).toEqual(edited.editedKernels);
    for (const editedKernels of [[], [{ file: '', hash: 'x' }], 'tiny.wgsl']) {
      const damaged = JSON.stringify({ ...race, environment: { ...edited, editedKernels } });
      expect(() => readResult(damaged, 'a.json')).toThrow(ResultFileError);
    }
  });

  it('differs from one without in where it was taken', () => {
    expect(environmentDifferences([madeUpEnvironment, edited])).toEqual([{ key: 'editedKernels', values: [null, 'tiny.wgsl (0a1b2c3d)'] }]);
  });
});

it('every file of the engine says whether something trains by it', () => {
  const trains = (kind: string): readonly string[] =>
    catalogue()
      .files.filter((one) => one.kind === kind && !one.trains)
      .map(({ file }) => file);
  expect([...trains('kernel')].sort()).toEqual(['copy.wgsl', 'fma.wgsl', 'loss-surface.wgsl']);
  expect(trains('shared')).toEqual([]);
});
