/** What `relaxed-check.mjs` runs: which binary fits here, and how far its runs are from the float64 reference. */
import { loadBinary } from '../../src/cli/wasm-node.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { WasmEngine } from '../../src/engine/cpu/wasm/engine.ts';
import { randomProblem } from './problems.ts';

const clock = (): number => performance.now();
const breathe = (): undefined => undefined;

export interface RelaxedRun {
  readonly binary: string;
  /** Largest |ΔJ| / (1e-5 · J + 1e-7) over all runs. */
  readonly worstCost: number;
  readonly worstParameter: number;
}

export async function run(): Promise<RelaxedRun> {
  let binary = '';
  const engine = new WasmEngine({
    clock,
    breathe,
    threads: null,
    load: (name) => {
      binary = name;
      return loadBinary(name);
    },
  });
  const truth = new ReferenceEngine({ precision: 'float64', clock, breathe });
  let worstCost = 0;
  let worstParameter = 0;
  for (const problem of [
    randomProblem({ n: 784, m: 300 }),
    randomProblem({ n: 57, m: 200, storage: 'float32', shifted: true, l2: 0.01 }),
    randomProblem({ n: 5, m: 200, storage: 'float32' }),
    randomProblem({ n: 50, m: 129, hidden: [{ units: 33, activation: 'tanh' }], output: 'softmax', outputs: 10 }),
  ]) {
    const [actual, expected] = [await engine.prepare(problem), await truth.prepare(problem)];
    await actual.step(40);
    await expected.step(40);
    const found = await actual.costs(0);
    for (const [index, { cost }] of (await expected.costs(0)).entries()) {
      worstCost = Math.max(worstCost, Math.abs((found[index]?.cost ?? Number.POSITIVE_INFINITY) - cost) / (1e-5 * cost + 1e-7));
    }
    const wanted = await expected.parameters();
    for (const [index, value] of (await actual.parameters()).entries()) {
      worstParameter = Math.max(worstParameter, Math.abs(value - (wanted[index] ?? Number.POSITIVE_INFINITY)));
    }
    actual.dispose();
  }
  return { binary, worstCost, worstParameter };
}
