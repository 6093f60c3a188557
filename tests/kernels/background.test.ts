/** What is measured beside a race, on a GPU that is taken for hardware: ceilings, runs from end to end, a verdict; and nothing stays. */
import { beforeAll, expect, it } from 'vitest';
import { ReferenceEngine } from '../../src/engine/cpu/reference.ts';
import type { GpuEngine } from '../../src/engine/gpu/engine.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { Background } from '../../src/session/background.ts';
import { CeilingMemory } from '../../src/session/ceiling-memory.ts';
import { Field } from '../../src/session/field.ts';
import { Harness } from '../../src/session/harness.ts';
import type { News } from '../../src/session/outbox.ts';
import { checkedSteps } from '../../src/session/verify.ts';
import { gpuEngines } from '../support/gpu-engines.ts';
import { randomProblem } from '../support/problems.ts';
import { clock, wasmEngine } from '../support/wasm-lanes.ts';

const open = gpuEngines();
let gpu: GpuEngine;
beforeAll(async () => {
  gpu = await open({ treatAs: 'hardware' });
});

it('goes on a job at a time, once speeds are known, and ends', async () => {
  const problem = randomProblem({ n: 8, m: 320 });
  const { signal } = new AbortController();
  const field = new Field(problem, 'tiny', clock, signal);
  const fast = wasmEngine(1);
  await field.enter(fast);
  await field.enter(gpu);
  const order = new Random(1, streams.blocks);
  for (let step = 0; step < checkedSteps; step++) await field.round(1, order);
  await field.check(new ReferenceEngine({ precision: 'float64', clock, breathe: () => undefined }));
  const ceilings = new CeilingMemory();
  // far too slow to be measured on a program that is taken for hardware
  ceilings.gpu = { copyGigabytesPerSecond: 300, fmaGigaflopsPerSecond: 9000 };
  const harness = new Harness({ clockResolutionMs: 0.005, readBackFloorMs: 0.1, seed: 1 });
  const context = { clock, clockResolutionMs: 0.005, fast: [fast], ceilings };
  const background = new Background({ context, problem, steps: 500, seed: 1, readBackFloorMs: 0.1, signal });
  expect(await background.look(field, harness, true)).toEqual({});
  while (harness.rounds < 12) {
    const steps = harness.stepsPerBlock;
    harness.add(
      steps,
      [
        { lane: 'gpu', kind: 'gpu', elapsedMs: 0.1 + 0.2 * steps },
        { lane: 'wasm', kind: 'cpu', elapsedMs: 0.02 * steps },
      ],
      false,
    );
  }
  const before = { buffers: gpu.ledger.buffers, bytes: gpu.ledger.bytes };
  const news: News[] = [];
  await background.finish(
    field,
    harness,
    () => false,
    (one) => Promise.resolve(void news.push(one)),
  );
  // what is read back is read through buffers that stay for the next time
  expect(gpu.ledger.buffers - before.buffers).toBeLessThanOrEqual(3);
  expect(ceilings.cpu?.copyGigabytesPerSecond).toBeGreaterThan(0);
  expect(news.find((one) => one.ceilings)?.ceilings).toEqual({ gpu: ceilings.gpu, cpu: ceilings.cpu });
  const whole = news.findLast((one) => one.endToEnd)?.endToEnd;
  expect(whole).toMatchObject({ steps: 500, lanes: [{ kind: 'gpu' }, { kind: 'cpu' }] });
  for (const { uploadMs, stepsMs, readBackMs, totalMs } of whole?.lanes ?? [])
    expect(totalMs).toBeCloseTo(uploadMs + stepsMs + readBackMs, 6);
  expect(whole?.ratio?.low).toBeLessThanOrEqual(whole?.ratio?.ratio ?? 0);
  // hardly any work at such ceilings: fixed cost or too little of it, whichever weighs more on this machine today
  expect(['fixed-cost', 'small-step', 'read-back']).toContain(news.findLast((one) => one.verdict)?.verdict?.kind);
  field.dispose();
  expect(gpu.ledger).toMatchObject({ buffers: 0, bytes: 0 });
});
