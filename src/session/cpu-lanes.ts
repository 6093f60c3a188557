/**
 * Which engine a race's CPU side gets: the one that was asked for, or the fastest that this place can run. Where it cannot
 * run, the next slower one takes its place and the page is told why; plain TypeScript always remains.
 */
import type { Engine, LaneName } from '../engine/contract.ts';
import { CapacityError } from '../engine/errors.ts';
import type { RaceNotice } from './protocol.ts';
import type { CpuLane } from './settings.ts';

export interface CpuEngines {
  /** The plain CPU lane, float32. */
  readonly reference: Engine;
  /** The WebAssembly engines that this place has; with threads only where memory can be shared. */
  readonly fast: readonly Engine[];
}

/** What is tried, in this order, before the reference. */
const candidates: Readonly<Record<CpuLane, readonly LaneName[]>> = {
  auto: ['wasm-threads', 'wasm'],
  'wasm-threads': ['wasm-threads', 'wasm'],
  wasm: ['wasm'],
  reference: [],
};

/**
 * @param enter prepares a lane with an engine
 * @returns what the page should say when it is not the lane that was asked for
 */
export async function enterCpu(
  asked: CpuLane,
  { reference, fast }: CpuEngines,
  enter: (engine: Engine) => Promise<unknown>,
): Promise<RaceNotice | null> {
  let unfit: { readonly why: string | null } | null = null;
  for (const name of candidates[asked]) {
    const engine = fast.find((one) => one.name === name);
    if (!engine) {
      unfit = { why: null };
      continue;
    }
    try {
      await enter(engine);
      return unfit && { kind: 'cpu-lane-unfit', used: name, ...unfit };
    } catch (error) {
      if (!(error instanceof CapacityError)) throw error;
      unfit = { why: error.message };
    }
  }
  await enter(reference);
  return unfit && { kind: 'cpu-lane-unfit', used: reference.name, ...unfit };
}
