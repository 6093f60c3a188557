/**
 * The worker of the Kernels lab. It owns a device of its own, apart from the one that trains: kernels that people write run
 * here and nowhere else. A device that does not answer is given up but kept, for to destroy it would hang every later one.
 */
import * as Comlink from 'comlink';
import { DeviceLostError } from '../../engine/errors.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { gpuCeiling } from '../ceilings.ts';
import { openGpu, readBackFloor, type GpuAccess } from '../gpu-access.ts';
import { clockResolution } from '../machine.ts';
import type { Rates } from '../protocol.ts';
import { catalogue, contractsOfFile } from './catalogue.ts';
import { passGate, Pipelines } from './gate-run.ts';
import { complaintsOf, filesOf } from './pipeline.ts';
import type { CompileReport, GateFinding, KernelsWorker, Processor, RunProgress, RunReport, RunRequest } from './protocol.ts';
import { timeKernel } from './timing.ts';

const clock = (): number => performance.now();
const timedBudgetMs = 1200;
const seed = 1;

interface Bench {
  readonly engine: GpuEngine;
  readonly floorMs: Promise<number>;
  readonly ceilings: () => Promise<Rates | null>;
}

class Worker implements KernelsWorker {
  readonly #clockResolutionMs = clockResolution(clock);
  #access: Promise<GpuAccess> | null = null;
  #bench: Bench | null = null;
  /** Never touched again, and never let go of. */
  readonly #abandoned: GpuEngine[] = [];
  #lost = 0;
  #running = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  catalogue(): Promise<ReturnType<typeof catalogue>> {
    return Promise.resolve(catalogue());
  }

  #open(): Promise<GpuAccess> {
    this.#access ??= openGpu({ gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext }, clock);
    return this.#access;
  }

  /** A new one where the last has gone. */
  async #engine(): Promise<GpuEngine | null> {
    const { engine } = await this.#open();
    if (!engine?.lost) return engine;
    this.#lost++;
    this.#access = null;
    return (await this.#open()).engine;
  }

  async processor(): Promise<Processor> {
    const access = await this.#open();
    if (!access.engine) return { kind: 'none', why: access.why, detail: access.detail };
    const { adapter, device } = access.engine;
    const name = [adapter.vendor, adapter.architecture, adapter.description].filter(Boolean).join(' · ');
    return { kind: 'gpu', name, software: adapter.software, features: [...device.features].sort() };
  }

  /** Of this device, once. */
  #benchOf(engine: GpuEngine): Bench {
    if (this.#bench?.engine === engine) return this.#bench;
    const floorMs = readBackFloor(engine.device, clock);
    let ceilings: Promise<Rates | null> | null = null;
    const measure = async (): Promise<Rates | null> =>
      gpuCeiling(engine, { clock, clockResolutionMs: this.#clockResolutionMs, floorMs: await floorMs });
    this.#bench = { engine, floorMs, ceilings: () => (ceilings ??= measure()) };
    return this.#bench;
  }

  async compile(file: string, text: string): Promise<CompileReport | null> {
    const began = clock();
    const engine = await this.#engine();
    const [contract] = contractsOfFile(file);
    if (!engine) return null;
    const files = contract ? filesOf(contract, { file, text }) : [{ file, code: text }];
    return { complaints: await complaintsOf(engine.device, files), elapsedMs: clock() - began };
  }

  run(request: RunRequest, onProgress: (progress: RunProgress) => void): Promise<RunReport | null> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    const done = this.#turn.then(() => (running.signal.aborted ? null : this.#runOrOpenAnew(request, running.signal, onProgress)));
    this.#turn = done.catch(() => null);
    return done;
  }

  async #runOrOpenAnew(request: RunRequest, signal: AbortSignal, onProgress: (progress: RunProgress) => void): Promise<RunReport | null> {
    try {
      return await this.#run(request, signal, onProgress);
    } catch (error) {
      if (!(error instanceof DeviceLostError)) throw error;
      return this.#run(request, signal, onProgress);
    }
  }

  async #run(request: RunRequest, signal: AbortSignal, onProgress: (progress: RunProgress) => void): Promise<RunReport | null> {
    const began = clock();
    const engine = await this.#engine();
    if (!engine) return null;
    const { file, text, chosen } = request;
    const options = { device: engine.device, ledger: engine.ledger, edit: { file, text }, chosen, seed };
    const pipelines = new Pipelines(options);
    const gate = await passGate(contractsOfFile(file), options, pipelines, (contract, shape) =>
      onProgress({ kind: 'trial', contract: contract.id, shape }),
    );
    onProgress({ kind: 'checked', gate, elapsedMs: clock() - began });
    if (gate.kind === 'hung') this.#abandon(engine);
    if (gate.kind !== 'right' || signal.aborted) return { gate, time: null };
    const { floorMs: floor, ceilings } = this.#benchOf(engine);
    const floorMs = await floor;
    const times = { clock, clockResolutionMs: this.#clockResolutionMs, floorMs, budgetMs: timedBudgetMs, seed, signal };
    const timing = { ...times, device: engine.device, ledger: engine.ledger, ceilings, pipelines, gate: options };
    const found = await timeKernel(request, timing, (time) => onProgress({ kind: 'timed', time, elapsedMs: clock() - began }));
    if (!('finding' in found)) return { gate, time: found };
    return { gate: this.#told(found.finding, engine), time: null };
  }

  #told(finding: GateFinding, engine: GpuEngine): GateFinding {
    if (finding.kind === 'hung') this.#abandon(engine);
    return finding;
  }

  #abandon(engine: GpuEngine): void {
    this.#abandoned.push(engine);
    this.#access = null;
  }

  stop(): Promise<void> {
    this.#running.abort();
    return Promise.resolve();
  }

  losses(): Promise<{ readonly abandoned: number; readonly lost: number }> {
    return Promise.resolve({ abandoned: this.#abandoned.length, lost: this.#lost });
  }

  async loseDevice(): Promise<void> {
    (await this.#open()).engine?.device.destroy();
  }

  async memory(): Promise<{ readonly buffers: number; readonly bytes: number }> {
    const { engine } = await this.#open();
    return { buffers: engine?.ledger.buffers ?? 0, bytes: engine?.ledger.bytes ?? 0 };
  }
}

Comlink.expose(new Worker());
