/** Bringing data and parameters once more, to be timed, changes nothing: training goes on bit for bit as without it. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openNodeGpu, type NodeGpu } from '../../src/cli/node-gpu.ts';
import type { Engine } from '../../src/engine/contract.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { randomProblem, type ProblemOptions } from '../support/problems.ts';
import { clock, wasmEngine } from '../support/wasm-lanes.ts';

let node: NodeGpu;
let gpu: GpuEngine;
beforeAll(async () => {
  node = await openNodeGpu({ software: true });
  gpu = await GpuEngine.open(node.adapter, clock);
});
afterAll(async () => {
  gpu.dispose();
  await gpu.device.lost;
  node.close();
});

const engines: Readonly<Record<string, () => Engine>> = {
  gpu: () => gpu,
  wasm: () => wasmEngine(1),
  'wasm-threads': () => wasmEngine(2),
  reference: () => new ReferenceEngine({ precision: 'float32', clock, breathe: () => undefined }),
};

/** Padded rows, whole rows, a net in mini-batches with an optimiser that remembers, few features. */
const problems: readonly ProblemOptions[] = [
  { n: 21, m: 60 },
  { n: 16, m: 60, storage: 'float32', shifted: true },
  { n: 20, m: 60, hidden: [{ units: 5, activation: 'tanh' }], batchSize: 16, optimizer: { kind: 'adam' } },
  { n: 2, m: 50 },
];

it.each(Object.keys(engines).flatMap((name) => problems.map((options) => ({ name, options }))))(
  '$name, $options',
  async ({ name, options }) => {
    const engine = engines[name]?.();
    if (!engine) throw new Error(name);
    const problem = randomProblem(options);
    const [still, disturbed] = [await engine.prepare(problem), await engine.prepare(problem)];
    for (let block = 0; block < 3; block++) {
      await still.step(3);
      await disturbed.step(3);
      const { uploadMs, readBackMs } = await disturbed.transfer();
      expect(uploadMs).toBeGreaterThanOrEqual(0);
      expect(readBackMs).toBeGreaterThanOrEqual(0);
    }
    expect(await disturbed.costs(0)).toEqual(await still.costs(0));
    expect(await disturbed.parameters()).toEqual(await still.parameters());
    expect(disturbed.stepsDone).toBe(9);
    still.dispose();
    disturbed.dispose();
  },
);
