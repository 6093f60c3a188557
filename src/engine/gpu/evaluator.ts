/** ŷ and mean loss of whole parts or of other examples, on the GPU, a piece of examples at a time, outside any step. */
import type { FeatureMatrix } from '../../data/dataset.ts';
import { lossName } from '../layout.ts';
import type { Arena } from './arena.ts';
import { encode, groupsFor, type Dispatch, type DispatchMaker } from './dispatch.ts';
import { uploadFeatures, type Features } from './features.ts';
import { lossCodes } from './kernel-table.ts';
import { createScratch, forwardDispatches, pick, type Scratch } from './plans/forward.ts';
import type { Prepared, StepPlan } from './plans/plan.ts';
import type { ReadBack } from './read-back.ts';

/** Examples at a time; bounds the scratch, not the answer. */
const pieceSize = 4096;

interface Workspace {
  readonly scratch: Scratch;
  /** ŷ of a piece. */
  readonly yHat: GPUBuffer;
  /** Losses of a piece. */
  readonly loss: GPUBuffer;
}

interface Piece {
  readonly count: number;
  readonly predict: readonly Dispatch[];
  /** Empty where there are no targets. */
  readonly losses: readonly Dispatch[];
}

export class Evaluator {
  readonly #prepared: Prepared;
  readonly #plan: StepPlan;
  readonly #readBack: ReadBack;
  readonly #parts = new Map<'train' | 'test', Promise<readonly Piece[]>>();
  #workspace: Workspace | null = null;

  constructor(prepared: Prepared, plan: StepPlan, readBack: ReadBack) {
    this.#prepared = prepared;
    this.#plan = plan;
    this.#readBack = readBack;
  }

  /** Mean loss without penalty, the losses added up in float64; NaN for an empty part. */
  async meanLoss(which: 'train' | 'test'): Promise<number> {
    let sum = 0;
    let examples = 0;
    for (const piece of await this.#part(which)) {
      const losses = await this.#run(piece.losses, this.#room().loss, piece.count);
      for (const loss of losses) sum += loss;
      examples += piece.count;
    }
    return sum / examples;
  }

  /** outputs · m values, example-major. */
  async predict(what: 'train' | 'test' | FeatureMatrix): Promise<Float32Array<ArrayBuffer>> {
    if (typeof what === 'string') return this.#predictions(await this.#part(what));
    const arena = this.#prepared.arena.child();
    try {
      const x = uploadFeatures(arena, 'X to predict', what, this.#prepared.shardBytes);
      return await this.#predictions(await this.#pieces(arena, x, null));
    } finally {
      arena.dispose();
    }
  }

  async #predictions(pieces: readonly Piece[]): Promise<Float32Array<ArrayBuffer>> {
    const { outputs } = this.#prepared.problem.model;
    const yHat = new Float32Array(outputs * pieces.reduce((sum, piece) => sum + piece.count, 0));
    let at = 0;
    for (const piece of pieces) {
      const values = await this.#run(piece.predict, this.#room().yHat, piece.count * outputs);
      yHat.set(values, at);
      at += values.length;
    }
    return yHat;
  }

  #part(which: 'train' | 'test'): Promise<readonly Piece[]> {
    const known = this.#parts.get(which);
    if (known) return known;
    const pieces = this.#makePart(which);
    this.#parts.set(which, pieces);
    return pieces;
  }

  #makePart(which: 'train' | 'test'): Promise<readonly Piece[]> {
    const { arena, problem, x, y } = this.#prepared;
    if (which === 'train') return this.#pieces(arena, x, y);
    const { test } = problem;
    if (!test || test.x.m === 0) return Promise.resolve([]);
    const targets = arena.filled('Y of the test part', test.y.byteLength, (bytes) => {
      new Float32Array(bytes).set(test.y);
    });
    return this.#pieces(arena, uploadFeatures(arena, 'X of the test part', test.x, this.#prepared.shardBytes), targets);
  }

  #room(): Workspace {
    if (this.#workspace) return this.#workspace;
    const { arena, maker, layout, problem } = this.#prepared;
    const largest = Math.max(problem.train.x.m, problem.test?.x.m ?? 0, 256);
    const capacity = Math.min(pieceSize, largest);
    this.#workspace = {
      scratch: createScratch(maker, layout.layers, capacity),
      yHat: arena.storage('ŷ of a piece', capacity * problem.model.outputs * 4),
      loss: arena.storage('losses of a piece', capacity * 4),
    };
    return this.#workspace;
  }

  /** @param y targets, or null where there are none */
  async #pieces(arena: Arena, x: Features, y: GPUBuffer | null): Promise<readonly Piece[]> {
    const { scratch } = this.#room();
    const maker = this.#prepared.maker.in(arena);
    const pieces: Piece[] = [];
    const { layers } = this.#prepared.layout;
    for (const shard of x.shards) {
      for (let first = 0; first < shard.m; first += scratch.capacity) {
        const count = Math.min(scratch.capacity, shard.m - first);
        const forward = await forwardDispatches(maker, layers, this.#plan.forward, scratch, x, shard.buffer, first, count);
        pieces.push({
          count,
          predict: [...forward, await this.#outputs(maker, 'predict', shard.first + first, count, null)],
          losses: y ? [...forward, await this.#outputs(maker, 'losses', shard.first + first, count, y)] : [],
        });
      }
    }
    return pieces;
  }

  #outputs(maker: DispatchMaker, entryPoint: 'predict' | 'losses', first: number, count: number, y: GPUBuffer | null): Promise<Dispatch> {
    const { problem, layout, ringSize } = this.#prepared;
    const { scratch, yHat, loss } = this.#room();
    const last = layout.layers.length - 1;
    const z = pick(scratch.z, last);
    const shape = {
      examples: count,
      outputs: problem.model.outputs,
      kind: lossCodes[lossName(problem.model)],
      layers: 0,
      firstTarget: first,
      ringSize,
    };
    const out = entryPoint === 'predict' ? yHat : pick(scratch.dz, last);
    return maker.make({
      kernel: 'cost',
      entryPoint,
      segment: 'sigmoid-cost',
      bindings: { 0: shape, 1: z, 2: y ?? z, 3: out, 4: loss },
      groups: groupsFor(count, 64),
    });
  }

  async #run(dispatches: readonly Dispatch[], result: GPUBuffer, count: number): Promise<Float32Array<ArrayBuffer>> {
    const { device } = this.#prepared.arena;
    const encoder = device.createCommandEncoder({ label: 'evaluate' });
    const pass = encoder.beginComputePass({ label: 'evaluate' });
    encode(pass, this.#plan.refold);
    encode(pass, dispatches);
    pass.end();
    device.queue.submit([encoder.finish()]);
    return new Float32Array(await this.#readBack.read([{ buffer: result, offsetBytes: 0, sizeBytes: count * 4 }]));
  }
}
