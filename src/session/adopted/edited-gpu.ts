/** The GPU of a race with adopted kernels: the keeper's device, with the edited texts in the place of the tree's files. */
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import type { GpuAccess, GpuKeeper } from '../gpu-access.ts';
import type { AdoptedKernels } from './protocol.ts';
import { compiledEdits } from './used-files.ts';

export class EditedGpu {
  readonly #keeper: Pick<GpuKeeper, 'access' | 'lastLoss'>;
  readonly #kernels: AdoptedKernels;
  readonly #opened: (engine: GpuEngine) => void;
  #base: GpuEngine | null = null;
  #engine: GpuEngine | null = null;

  /** @param opened is told of each engine before the race has it */
  constructor(keeper: Pick<GpuKeeper, 'access' | 'lastLoss'>, kernels: AdoptedKernels, opened: (engine: GpuEngine) => void) {
    this.#opened = opened;
    this.#keeper = keeper;
    this.#kernels = kernels;
  }

  /** The engine that the race has or had; null before the first. */
  get engine(): GpuEngine | null {
    return this.#engine;
  }

  get lastLoss(): string {
    return this.#keeper.lastLoss;
  }

  /** A device that was lost under an edited kernel gets no successor that runs it again. */
  async access(): Promise<GpuAccess> {
    const access = await this.#keeper.access();
    const { engine } = access;
    if (!engine) return access;
    if (engine !== this.#base) {
      if (this.#engine && compiledEdits(this.#engine).length > 0) return { engine: null, why: 'no-device', detail: this.lastLoss };
      this.#base = engine;
      this.#engine = engine.edited(this.#kernels);
      this.#opened(this.#engine);
    }
    return { ...access, engine: this.#engine ?? engine };
  }
}
