/** Which engine the CPU's side of a race gets, and what is said when it is another than the one asked for. */
import { describe, expect, it } from 'vitest';
import type { Engine, LaneName } from '../../../src/engine/contract.ts';
import { CapacityError } from '../../../src/engine/errors.ts';
import { enterCpu } from '../../../src/session/cpu-lanes.ts';
import { cpuLanes } from '../../../src/session/settings.ts';

const engineNamed = (name: LaneName): Engine => ({
  name,
  kind: 'cpu',
  prepare: () => Promise.reject(new Error('not here')),
  dispose: () => undefined,
});
const reference = engineNamed('reference');
const alone = engineNamed('wasm');
const threads = engineNamed('wasm-threads');

async function taken(
  asked: (typeof cpuLanes)[number],
  fast: readonly Engine[],
  unfit: Partial<Record<LaneName, Error>> = {},
): Promise<unknown> {
  const entered: LaneName[] = [];
  const notice = await enterCpu(asked, { reference, fast }, (engine) => {
    const error = unfit[engine.name];
    if (error) return Promise.reject(error);
    entered.push(engine.name);
    return Promise.resolve();
  });
  return { entered, notice };
}

describe('the lane of the CPU', () => {
  it('is the one that was asked for', async () => {
    for (const lane of cpuLanes) {
      expect(await taken(lane, [alone, threads])).toEqual({ entered: [lane === 'auto' ? 'wasm-threads' : lane], notice: null });
    }
  });

  it('has one thread where memory cannot be shared, and says so', async () => {
    const notice = { kind: 'cpu-lane-unfit', used: 'wasm', why: null };
    expect(await taken('auto', [alone])).toEqual({ entered: ['wasm'], notice });
    expect(await taken('wasm-threads', [alone])).toEqual({ entered: ['wasm'], notice });
    expect(await taken('wasm', [alone])).toEqual({ entered: ['wasm'], notice: null });
  });

  it('is plain TypeScript where WebAssembly cannot, with its reason', async () => {
    const no = new CapacityError('WebAssembly has no SIMD here');
    expect(await taken('auto', [alone, threads], { wasm: no, 'wasm-threads': no })).toEqual({
      entered: ['reference'],
      notice: { kind: 'cpu-lane-unfit', used: 'reference', why: no.message },
    });
  });

  it('hides no other failure', async () => {
    await expect(taken('wasm', [alone], { wasm: new Error('broken') })).rejects.toThrow('broken');
  });
});
