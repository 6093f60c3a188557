/** Adopted kernels on a real device: what a trainer compiles, and what becomes of a race when one of them goes wrong. */
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { openNodeGpu, type NodeGpu } from '../../src/cli/node-gpu.ts';
import { type GpuEngine } from '../../src/engine/gpu/engine.ts';
import { kernelTable, type KernelEntry, type KernelName } from '../../src/engine/gpu/kernel-table.ts';
import type { AdoptedKernels, EditedUse, Rollback } from '../../src/session/adopted/protocol.ts';
import { AdoptedRaces } from '../../src/session/adopted/races.ts';
import { GpuKeeper } from '../../src/session/gpu-access.ts';
import type { RaceUpdate } from '../../src/session/protocol.ts';
import type { Race } from '../../src/session/race.ts';
import type { RaceContext } from '../../src/session/race-context.ts';
import { readResult } from '../../src/session/results/read.ts';
import { resultText } from '../../src/session/results/write.ts';
import { defaultSettings, type Settings } from '../../src/session/settings.ts';
import { tunerKey } from '../../src/session/tuner.ts';
import { compareWithTruth } from '../support/compare-with-truth.ts';
import { madeUpEnvironment } from '../support/environment.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';
import { raceContext } from '../support/race-context.ts';

const clock = (): number => performance.now();

const texts = new Map<string, string>(
  Object.values<KernelEntry>(kernelTable).flatMap(({ source, libraries }) => [...libraries, source].map(({ file, code }) => [file, code])),
);

/** A file of the tree with one place of it changed. @throws when that place is not there */
function edit(file: string, from: string, to: string): AdoptedKernels {
  const text = texts.get(file) ?? '';
  if (!text.includes(from)) throw new Error(`${file} has no ${from}`);
  return { [file]: text.replace(from, to) };
}

const mean = 'let mean = 1.0 / f32(shape.examples);';
const right = edit('tiny.wgsl', mean, 'let mean = 2.0 / f32(2u * shape.examples);');

describe('a trainer', () => {
  const open = gpuEngines();
  let tree: GpuEngine;

  beforeAll(async () => {
    tree = await open();
  });

  it('that was made with an edited text runs that text, and nothing else on the device does', async () => {
    const problem = randomProblem({ n: 20, m: 64 });
    const edited = tree.edited(right);
    await compareWithTruth({ prepare: (own) => edited.prepare(own, undefined, 'tiny') }, problem, 20, 1e-5);
    const wrong = tree.edited(edit('tiny.wgsl', mean, 'let mean = 0.5 / f32(shape.examples);'));
    const costsBy = async (engine: GpuEngine): Promise<readonly number[]> => {
      const trainer = await engine.prepare(problem, undefined, 'tiny');
      await trainer.step(20);
      const costs = (await trainer.costs(0)).map(({ cost }) => cost);
      trainer.dispose();
      return costs;
    };
    const [before, slow, after] = [await costsBy(tree), await costsBy(wrong), await costsBy(tree)];
    expect(after).toEqual(before);
    expect(slow[0]).toBe(before[0]);
    // half the gradient goes half the way
    const way = (costs: readonly number[]): number => (costs[0] ?? 0) - (costs[1] ?? 0);
    expect(way(slow) / way(before)).toBeCloseTo(0.5, 1);
    expect(tree.ledger.buffers).toBe(0);
  });

  it('predicts by an edited text too', async () => {
    const problem = randomProblem({ n: 20, m: 64 });
    const loud = tree.edited(edit('cost.wgsl', 'fn predict(', 'fn other('));
    const trainer = await loud.prepare(problem, undefined, 'tiny');
    await trainer.step(1);
    await expect(trainer.predict('test')).rejects.toThrow(/predict/);
    trainer.dispose();
  });

  it('makes every kernel from an edit of any of its files', async () => {
    tree.device.pushErrorScope('validation');
    await Promise.all(
      (Object.keys(kernelTable) as KernelName[]).flatMap((name) => {
        const entry: KernelEntry = kernelTable[name];
        if (entry.feature && !tree.device.features.has(entry.feature)) return [];
        const [entryPoint = ''] = Object.keys(entry.entryPoints);
        return [...entry.libraries, entry.source].map(({ file }) =>
          expect(tree.edited({ [file]: `${texts.get(file) ?? ''}\nnonsense` }).kernels.get(name, entryPoint), name).rejects.toThrow(
            `shaders/${file}:`,
          ),
        );
      }),
    );
    await tree.device.popErrorScope();
  });

  it('is tuned for its own texts', () => {
    const problem = randomProblem({ n: 20, m: 64 });
    const keys = [tree, tree.edited(right), tree.edited({ 'tiny.wgsl': 'other' })].map((engine) => tunerKey(engine, 'test', problem));
    expect(new Set(keys).size).toBe(3);
  });
});

const toys: Settings = { ...defaultSettings.toys, m: 60, hidden: [], cpu: 'reference', steps: 300, learningRate: 0.1, plan: 'tiny' };

describe('a race', () => {
  let node: NodeGpu;
  let keeper: GpuKeeper;
  let races: AdoptedRaces;
  const begun: Race[] = [];

  beforeAll(async () => {
    node = await openNodeGpu({ software: true });
    keeper = new GpuKeeper({ gpu: node.gpu, secureContext: true }, clock);
    races = new AdoptedRaces();
  });

  afterEach(() => Promise.all(begun.splice(0).map((race) => race.stop())));

  afterAll(async () => {
    const { engine } = await keeper.access();
    await keeper.dispose();
    await engine?.device.lost;
    node.close();
  });

  const context = (): RaceContext => raceContext(keeper);

  interface Outcome {
    readonly updates: readonly RaceUpdate[];
    readonly last: RaceUpdate;
    readonly race: Race;
  }

  /** Until it ends, by itself or by a rollback. */
  async function outcomeOf(kernels: AdoptedKernels | undefined, settings: Partial<Settings> = {}, by = races): Promise<Outcome> {
    const updates: RaceUpdate[] = [];
    return new Promise((resolve) => {
      const race = by.begin(context(), 1, { ...toys, ...settings }, { paused: false, kernels }, (update) => {
        updates.push(update);
        const isEnd = update.rollback ?? (update.phase === 'finished' || update.phase === 'diverged' || update.phase === 'failed');
        if (isEnd) setTimeout(() => resolve({ updates, last: update, race }));
      });
      begun.push(race);
    });
  }

  async function rollbackOf(kernels: AdoptedKernels, settings: Partial<Settings> = {}, by = races): Promise<Rollback> {
    const { last, race } = await outcomeOf(kernels, settings, by);
    if (!last.rollback) throw new Error(`no rollback: ${JSON.stringify(last)}`);
    await race.ended;
    const { engine } = await keeper.access();
    expect(engine?.ledger.buffers).toBe(0);
    return last.rollback;
  }

  const useOf = ({ updates }: Outcome): EditedUse | undefined => updates.findLast(({ edited }) => edited)?.edited;

  it('with a right kernel runs to its end, agrees, and its result names the kernel', async () => {
    const outcome = await outcomeOf(right, { steps: 20_000 });
    expect(outcome.last.phase).toBe('finished');
    expect(useOf(outcome)).toEqual({ steps: ['tiny.wgsl'], beside: [] });
    const lanes = outcome.updates.findLast((update) => update.lanes)?.lanes ?? [];
    expect(lanes.map(({ kind, checked }) => [kind, checked])).toEqual([
      ['gpu', true],
      ['cpu', true],
    ]);
    const result = await outcome.race.result(madeUpEnvironment);
    if (!result) throw new Error('no result');
    expect(result.environment.editedKernels).toEqual([{ file: 'tiny.wgsl', hash: expect.stringMatching(/^[0-9a-f]{8}$/) as string }]);
    expect(readResult(resultText(result, 'here'), 'a.json')).toEqual({ machine: 'here', ...result });
  });

  it('says which kernels run only beside the steps, and that one is not run at all', async () => {
    const beside = await outcomeOf(edit('cost.wgsl', 'fn predict', 'fn  predict'));
    expect(useOf(beside)).toEqual({ steps: [], beside: ['cost.wgsl'] });
    const unused = await outcomeOf({ 'one-pass.wgsl': 'no kernel at all' });
    expect(unused.last.phase).toBe('finished');
    expect(useOf(unused)).toEqual({ steps: [], beside: [] });
    expect((await unused.race.result(madeUpEnvironment))?.environment.editedKernels).toBeUndefined();
  });

  it.each([
    ['a net', { ...defaultSettings.toys, steps: 120 }],
    ['a net by Adam in mini-batches', { ...defaultSettings.toys, optimizer: 'adam', learningRate: 0.01, batch: 32, steps: 120 }],
    ['a net of ReLU on a table', { ...defaultSettings.houses, m: 500, hidden: [{ units: 8, activation: 'relu' }], steps: 60 }],
  ] as const)('leaves a right kernel in %s alone', async (_, settings) => {
    const update = edit('update.wgsl', '@compute', '// edited\n@compute');
    const outcome = await outcomeOf(update, { ...settings, cpu: 'reference', plan: 'layered' });
    expect(outcome.last).toMatchObject({ phase: 'finished' });
    expect(useOf(outcome)?.steps).toEqual(['update.wgsl']);
  });

  it.each([
    ['its first steps', mean, `${mean.slice(0, -1)} * select(1.0, 1.01, shape.examples > 50u);`, ['cost', 'first-steps']],
    ['later steps', mean, `${mean.slice(0, -1)} * select(1.0, 1.2, step > 20u);`, ['cost', 'parameters']],
    ['being finite', mean, `${mean.slice(0, -1)} / select(1.0, 0.0, step > 20u);`, ['non-finite']],
  ])('rolls back what goes wrong in %s', async (_, from, to, kinds) => {
    const { files, why } = await rollbackOf(edit('tiny.wgsl', from, to));
    expect(files).toEqual(['tiny.wgsl']);
    expect(kinds).toContain(why.kind);
  });

  it('rolls back what is wrong only where the test part is looked at', async () => {
    const where = '{ out[first] = sigmoid(z[first]); }';
    const late = edit('cost.wgsl', where, where.replace('sigmoid(z[first])', 'select(1.0, 0.9, example > 10u) * sigmoid(z[first])'));
    expect(await rollbackOf(late)).toMatchObject({ files: ['cost.wgsl'], why: { kind: 'predictions', example: 11 } });
  });

  it('names a shared file that is wrong', async () => {
    const { why, files } = await rollbackOf(
      edit('lib/activations.wgsl', 'fn sigmoid(z: f32) -> f32 {', 'fn sigmoid(z: f32) -> f32 {\n  if (z > 0.0) { return 0.75; }'),
    );
    expect(files).toEqual(['lib/activations.wgsl']);
    expect(['predictions', 'cost']).toContain(why.kind);
  });

  it('on the GPU alone rolls back what the CPU would not do', async () => {
    const later = edit('tiny.wgsl', mean, `${mean.slice(0, -1)} / select(1.0, 0.0, step > 20u);`);
    expect((await rollbackOf(later, { cpu: null })).why).toMatchObject({ kind: 'non-finite' });
  });

  it('lets a race that is past stability go its way', async () => {
    const outcome = await outcomeOf(right, { learningRate: 1e6, hidden: [], output: 'linear', cost: 'squared-error', steps: 200 });
    expect(outcome.last.rollback ?? outcome.last.phase).toBe('diverged');
  });

  it('rolls back what does not compile, and what the GPU refuses', async () => {
    const broken = await rollbackOf({ 'tiny.wgsl': 'fn main() {', 'one-pass.wgsl': 'not run' });
    expect(broken).toMatchObject({ files: ['tiny.wgsl'], why: { kind: 'refused' } });
    const binding = '@group(0) @binding(5) var<storage, read> scaling: array<vec2f>;';
    const refused = await rollbackOf(edit('tiny.wgsl', binding, binding.replace('array<vec2f>', 'array<vec2f, 4096>')));
    expect(refused).toMatchObject({ files: ['tiny.wgsl'], why: { kind: 'refused' } });
    expect(refused.why).toMatchObject({ words: expect.stringMatching(/size/i) as string });
  });

  it('rolls back what takes too long, and another device takes the place of that one', async () => {
    const long = edit(
      'tiny.wgsl',
      'let at = j * shape.stride;',
      'let at = j * shape.stride;\n    var turns = y[j];\n    for (var i = 0u; i < 4000000u; i++) { turns = sin(turns); }\n    if (turns == 7.0) { continue; }',
    );
    const before = (await keeper.access()).engine;
    const patience = { answerMs: 600, proofMs: 0 };
    const impatient = new AdoptedRaces(patience);
    const rollback = await rollbackOf(long, {}, impatient);
    expect(rollback).toEqual({ files: ['tiny.wgsl'], why: { kind: 'too-long', seconds: 0.6 } });
    expect(impatient.abandoned).toBe(1);
    expect((await keeper.access()).engine).not.toBe(before);
    // as long as that kernel runs, the CPU races alone
    const alone = await outcomeOf(undefined, {}, impatient);
    expect(alone.updates.flatMap(({ notice }) => notice ?? [])).toMatchObject([{ kind: 'gpu-lane-absent', why: 'no-device' }]);
    expect(alone.last).toMatchObject({ phase: 'finished', lanes: [{ kind: 'cpu' }] });
    await before?.device.queue.onSubmittedWorkDone();
    await expect.poll(() => keeper.access().then(({ engine }) => engine?.ledger.buffers)).toBe(0);
    const next = await outcomeOf(right, {}, impatient);
    expect(next.last).toMatchObject({ phase: 'finished' });
    expect(useOf(next)?.steps).toEqual(['tiny.wgsl']);
    // it did end: the device goes with the others
    before?.dispose();
    await before?.device.lost;
  });

  it('rolls back what loses the device', async () => {
    const { engine } = await keeper.access();
    const outcome = outcomeOf(right, { steps: 10_000_000 });
    setTimeout(() => engine?.device.destroy(), 700);
    expect((await outcome).last.rollback).toMatchObject({ files: ['tiny.wgsl'], why: { kind: 'device-lost' } });
  });
});
