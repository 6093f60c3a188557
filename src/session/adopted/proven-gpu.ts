/**
 * The GPU after one of its devices was given up. A kernel that never ends may hold up every later device, for ever on a
 * software GPU: so each has to compute something first, and as long as it does not, races have no GPU.
 */
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { SingleKernel } from '../../engine/gpu/single-kernel.ts';
import type { GpuAccess, GpuKeeper } from '../gpu-access.ts';

interface Proof {
  readonly engine: GpuEngine;
  readonly computed: Promise<void>;
  done: boolean;
  /** It had its time: whoever asks later does not wait. */
  waited: boolean;
}

/** Resolves whatever becomes of it; a device that is lost meanwhile has not computed. */
function proofOf(engine: GpuEngine): Proof {
  const proof = { engine, done: false, waited: false };
  const compute = async (): Promise<void> => {
    const kernel = await SingleKernel.sigmoid(engine.maker(), new Float32Array(256));
    await kernel.run(1);
    kernel.dispose();
    proof.done = true;
  };
  return Object.assign(proof, { computed: compute().catch(() => undefined) });
}

export class ProvenGpu {
  readonly #keeper: Pick<GpuKeeper, 'access' | 'lastLoss'>;
  readonly #waitMs: number;
  #proof: Proof | null = null;

  constructor(keeper: Pick<GpuKeeper, 'access' | 'lastLoss'>, waitMs: number) {
    this.#keeper = keeper;
    this.#waitMs = waitMs;
  }

  get lastLoss(): string {
    return this.#keeper.lastLoss;
  }

  async access(): Promise<GpuAccess> {
    const access = await this.#keeper.access();
    if (!access.engine) return access;
    if (this.#proof?.engine !== access.engine) this.#proof = proofOf(access.engine);
    const proof = this.#proof;
    if (!proof.waited) await Promise.race([proof.computed, new Promise((resolve) => setTimeout(resolve, this.#waitMs))]);
    proof.waited = true;
    return proof.done ? access : { engine: null, why: 'no-device', detail: 'a kernel that was given up still runs' };
  }
}
