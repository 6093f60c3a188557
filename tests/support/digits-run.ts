/**
 * `digitsCases` in whatever runs this, with bytes multiplied as bytes: how far costs and gradients are from the float64
 * reference. Bundled by a test into a browser's page, for Node 20 has no such product.
 */
import type { Trainer } from '../../src/engine/contract.ts';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import { WasmEngine } from '../../src/engine/cpu/wasm/engine.ts';
import { digitsCases } from './digits-cases.ts';

export interface DigitsRun {
  readonly name: string;
  /** Largest |ΔJ| / (1e-5 · J + 1e-7). */
  readonly cost: number;
  /** Largest |Δslope| / (1e-4 · (|slope| + what is usual)). */
  readonly gradient: number;
}

const clock = (): number => performance.now();
const breathe = (): undefined => undefined;

async function afterSteps(trainer: Trainer, steps: number): Promise<{ costs: readonly number[]; gradient: readonly number[] }> {
  await trainer.step(steps);
  const result = { costs: (await trainer.costs(0)).map(({ cost }) => cost), gradient: Array.from(await trainer.gradient()) };
  trainer.dispose();
  return result;
}

const worst = (found: readonly number[], wanted: readonly number[], allowed: (value: number) => number): number =>
  Math.max(...wanted.map((value, k) => Math.abs((found[k] ?? Number.POSITIVE_INFINITY) - value) / allowed(value)));

/** How far each case is from the truth. */
export async function runDigits(engine: WasmEngine): Promise<readonly DigitsRun[]> {
  const truth = new ReferenceEngine({ precision: 'float64', clock, breathe });
  const runs: DigitsRun[] = [];
  for (const { name, problem, from } of digitsCases) {
    const steps = from ? 2 : 12;
    const wanted = await afterSteps(await truth.prepare(problem, from), steps);
    const found = await afterSteps(await engine.prepare(problem, from), steps);
    // a feature's slope is a sum that may cancel
    const sizes = wanted.gradient.map((value) => Math.abs(value)).toSorted((a, b) => a - b);
    const usual = Math.max(1e-4, sizes[sizes.length >> 1] ?? 0);
    runs.push({
      name,
      cost: worst(found.costs, wanted.costs, (cost) => 1e-5 * cost + 1e-7),
      gradient: worst(found.gradient, wanted.gradient, (slope) => 1e-4 * (Math.abs(slope) + usual)),
    });
  }
  return runs;
}

/** With bytes as bytes. @param binary the one with relaxed instructions @returns null where the processor has no such product */
export async function runBytes(binary: Uint8Array<ArrayBuffer>): Promise<readonly DigitsRun[] | null> {
  const memory = new WebAssembly.Memory({ initial: 1, maximum: 65536 });
  const { exports } = new WebAssembly.Instance(await WebAssembly.compile(binary), { env: { memory } });
  if ((exports['bytesAreExact'] as () => number)() !== 1) return null;
  const load = (): Promise<Uint8Array<ArrayBuffer>> => Promise.resolve(binary);
  return runDigits(new WasmEngine({ clock, breathe, load, threads: null, arithmetic: 'bytes' }));
}
