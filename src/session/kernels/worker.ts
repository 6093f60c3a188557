/**
 * The worker of the Kernels lab. It owns a device of its own, apart from the one that trains: kernels that people write run
 * here and nowhere else. A device that does not answer is given up but kept, for to destroy it would hang every later one.
 */
import * as Comlink from 'comlink';
import { DeviceLostError } from '../../engine/errors.ts';
import type { GpuEngine } from '../../engine/gpu/engine.ts';
import { breather } from '../breathe.ts';
import { cpuCeiling, gpuCeiling } from '../ceilings.ts';
import { openGpu, readBackFloor, type GpuAccess } from '../gpu-access.ts';
import { clockResolution } from '../machine.ts';
import type { Rates } from '../protocol.ts';
import { wasmEngines } from '../wasm-access.ts';
import { catalogue, contractsOfFile } from './catalogue.ts';
import { PipelineShelf, runsOn } from './gate-run.ts';
import type { Constants } from './gate/contract.ts';
import { roomOf } from './gate/sizes.ts';
import { changedOverrides } from './overrides.ts';
import { complaintsOf, filesOf } from './pipeline.ts';
import type { CompileReport, KernelsWorker, Processor, RunProgress, RunReport, RunRequest, Switch } from './protocol.ts';
import { runKernel } from './run.ts';
import { known, without } from './switches.ts';
import { compileAhead } from './timing.ts';

const clock = (): number => performance.now();
const timedBudgetMs = 1200;
const seed = 1;

/** After so long without another text. */
const restMs = 500;

/** The sliders' choices, and those that the text makes by other defaults. */
function chosenIn(file: string, text: string, chosen: Constants): Constants {
  const builtIn = contractsOfFile(file)[0]?.files.find((one) => one.file === file)?.code ?? '';
  return { ...changedOverrides(text, builtIn), ...chosen };
}

/** What is known of one device, found once. */
interface Bench {
  readonly floorMs: Promise<number>;
  readonly ceilings: () => Promise<Rates | null>;
  readonly shelf: PipelineShelf;
}

class Worker implements KernelsWorker {
  readonly #clockResolutionMs = clockResolution(clock);
  /** A device for each choice of features. */
  readonly #accesses = new Map<string, Promise<GpuAccess>>();
  #on: readonly Switch[] = [];
  readonly #benches = new WeakMap<GpuEngine, Bench>();
  readonly #wasm = wasmEngines({ clock, breathe: breather(clock, 8) }).filter(({ name, threads }) => name === 'wasm' || threads > 1);
  #cpuCeilings: Promise<Readonly<Record<string, Rates>>> | null = null;
  /** Never touched again, and never let go of. */
  readonly #abandoned: GpuEngine[] = [];
  #lost = 0;
  #ahead: ReturnType<typeof setTimeout> | undefined;
  #running = new AbortController();
  #turn: Promise<unknown> = Promise.resolve();

  catalogue(): Promise<ReturnType<typeof catalogue>> {
    return Promise.resolve(catalogue());
  }

  #open(): Promise<GpuAccess> {
    const key = this.#on.join();
    const known = this.#accesses.get(key);
    if (known) return known;
    const source = { gpu: 'gpu' in navigator ? navigator.gpu : undefined, secureContext: isSecureContext };
    const access = openGpu(source, clock, without(this.#on));
    this.#accesses.set(key, access);
    return access;
  }

  /** A new one where the last has gone. */
  async #engine(): Promise<GpuEngine | null> {
    const { engine } = await this.#open();
    if (!engine?.lost) return engine;
    this.#lost++;
    this.#accesses.delete(this.#on.join());
    return (await this.#open()).engine;
  }

  async #processor(): Promise<Processor> {
    const access = await this.#open();
    if (!access.engine) return { kind: 'none', why: access.why, detail: access.detail };
    const { adapter, device } = access.engine;
    const name = [adapter.vendor, adapter.architecture, adapter.description].filter(Boolean).join(' · ');
    const offers = known([...access.adapter.features]);
    return { kind: 'gpu', name, software: adapter.software, features: [...device.features].sort(), offers };
  }

  switchOn(features: readonly Switch[]): Promise<Processor> {
    this.#running.abort();
    this.#on = known(features);
    return this.#processor();
  }

  #benchOf(engine: GpuEngine): Bench {
    const known = this.#benches.get(engine);
    if (known) return known;
    const floorMs = readBackFloor(engine.device, clock);
    let ceilings: Promise<Rates | null> | null = null;
    const measure = async (): Promise<Rates | null> =>
      gpuCeiling(engine, { clock, clockResolutionMs: this.#clockResolutionMs, floorMs: await floorMs });
    const bench = { floorMs, ceilings: () => (ceilings ??= measure()), shelf: new PipelineShelf() };
    this.#benches.set(engine, bench);
    return bench;
  }

  /** Of each of the CPU's lanes, once. */
  async #measureCpu(): Promise<Readonly<Record<string, Rates>>> {
    const found = await cpuCeiling(this.#wasm, { clock, clockResolutionMs: this.#clockResolutionMs });
    return found ? { ...(found.oneThread ? { wasm: found.oneThread } : {}), 'wasm-threads': found } : {};
  }

  async compile(file: string, text: string): Promise<CompileReport | null> {
    const began = clock();
    const engine = await this.#engine();
    const [contract] = contractsOfFile(file);
    if (!engine) return null;
    const files = contract ? filesOf(contract, { file, text }) : [{ file, code: text }];
    const complaints = await complaintsOf(engine.device, files);
    clearTimeout(this.#ahead);
    if (complaints.every(({ kind }) => kind !== 'error')) this.#ahead = setTimeout(() => this.#compileAhead(engine, file, text), restMs);
    return { complaints, elapsedMs: clock() - began };
  }

  /** While the reader looks at the text. */
  #compileAhead(engine: GpuEngine, file: string, text: string): void {
    const [contract] = contractsOfFile(file);
    const shape = contract?.timed[0];
    if (engine.lost || !contract || !shape || !runsOn(engine.device, contract)) return;
    const gate = { device: engine.device, ledger: engine.ledger, edit: { file, text }, chosen: chosenIn(file, text, {}), seed };
    const software = engine.adapter.software;
    try {
      compileAhead({ contract, shape }, { gate, shelf: this.#benchOf(engine).shelf, software });
    } catch (error) {
      // a size that cannot be is said when it is run
      if (!(error instanceof RangeError)) throw error;
    }
  }

  run(request: RunRequest, onProgress: (progress: RunProgress) => void): Promise<RunReport | null> {
    this.#running.abort();
    const running = new AbortController();
    this.#running = running;
    clearTimeout(this.#ahead);
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
    const { device, ledger } = engine;
    const { file, text } = request;
    const chosen = chosenIn(file, text, request.chosen);
    const { floorMs, ceilings, shelf } = this.#benchOf(engine);
    const times = { clock, clockResolutionMs: this.#clockResolutionMs, floorMs: await floorMs, budgetMs: timedBudgetMs, seed, signal };
    const options = {
      ...{ ...times, device, ledger, shelf, ceilings, wasm: this.#wasm },
      cpuCeilings: () => (this.#cpuCeilings ??= this.#measureCpu()),
      gate: { device, ledger, edit: { file, text }, chosen, seed },
      room: roomOf(device.limits, engine.adapter.software),
      software: engine.adapter.software,
      began,
    };
    const report = await runKernel(request, options, onProgress);
    if (report.gate.kind === 'hung') this.#abandon(engine);
    return report;
  }

  #abandon(engine: GpuEngine): void {
    this.#abandoned.push(engine);
    this.#accesses.clear();
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
