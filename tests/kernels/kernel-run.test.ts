/** A run of an edited kernel: what is checked before its first time, what takes the time back, and who is timed beside it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { WasmEngine } from '../../src/engine/cpu/wasm/engine.ts';
import { Ledger } from '../../src/engine/gpu/arena.ts';
import { contractsOfFile } from '../../src/session/kernels/catalogue.ts';
import { PipelineShelf } from '../../src/session/kernels/gate-run.ts';
import { lessons } from '../../src/session/kernels/lessons.ts';
import type { RunProgress, RunReport, RunRequest } from '../../src/session/kernels/protocol.ts';
import { runKernel } from '../../src/session/kernels/run.ts';
import { compileAhead } from '../../src/session/kernels/timing.ts';
import { closeTestDevices, createTestDevice } from '../support/dawn.ts';
import { clock, wasmEngine } from '../support/wasm-lanes.ts';

let device: GPUDevice;
let plain: GPUDevice;
const ledger = new Ledger();
const engines = [wasmEngine(2), wasmEngine(1)];
beforeAll(async () => {
  device = await createTestDevice();
  plain = await createTestDevice({ requiredFeatures: [] });
});
afterAll(closeTestDevices);

const solutionOf = (name: string): string => lessons.find((one) => one.name === name)?.solution ?? '';
const textOf = (file: string): string => contractsOfFile(file)[0]?.files.find((one) => one.file === file)?.code ?? '';

interface Run {
  readonly report: RunReport;
  readonly progress: readonly RunProgress[];
}

interface Options {
  readonly on?: GPUDevice;
  readonly wasm?: readonly WasmEngine[];
  readonly shelf?: PipelineShelf;
  readonly tell?: (progress: RunProgress) => unknown;
}

async function run(
  request: Pick<RunRequest, 'file' | 'text'> & Partial<RunRequest>,
  { on = device, wasm = engines, shelf = new PipelineShelf(), tell = () => undefined }: Options = {},
): Promise<Run> {
  const { file, text } = request;
  const whole = { contract: contractsOfFile(file)[0]?.id ?? '', shape: 0, sizes: {}, chosen: {}, ...request };
  const times = { clock, clockResolutionMs: 0.001, floorMs: 0.05, budgetMs: 50, seed: 1, signal: new AbortController().signal };
  const gate = { device: on, ledger, edit: { file, text }, chosen: whole.chosen, seed: 1 };
  const progress: RunProgress[] = [];
  const options = {
    ...{ ...times, device: on, ledger, shelf, wasm, gate, began: clock(), room: { bytes: 2 ** 26, flops: 2 ** 26 }, software: true },
    ceilings: () => Promise.resolve(null),
    cpuCeilings: () => Promise.resolve({}),
  };
  const report = await runKernel(whole, options, (one) => {
    progress.push(one);
    tell(one);
  });
  expect([ledger.buffers, ledger.bytes]).toEqual([0, 0]);
  return { report, progress };
}

const kinds = ({ progress }: Run): readonly string[] => progress.map(({ kind }) => kind).filter((kind, at, all) => kind !== all[at - 1]);

describe('a run', () => {
  const sigmoid = { file: 'lesson/sigmoid.wgsl', text: solutionOf('sigmoid'), sizes: { count: 5000 } };

  it('has a first time once its own pipeline is checked, then the verdict, then times of all lanes, the wasm ones among them', async () => {
    const found = await run(sigmoid);
    expect(kinds(found)).toEqual(['trial', 'timed', 'trial', 'checked', 'timed']);
    expect(found.report.gate).toMatchObject({ kind: 'right', trials: 3 });
    expect(found.report.time).toMatchObject({ shape: { count: 5000 }, work: { bytes: 40_000 } });
    const lanes = (found.report.time?.lanes ?? []).map(({ name, kind, threads, ms }) => [name, kind, threads, (ms?.median ?? 0) > 0]);
    expect(lanes).toEqual([
      ['lesson sigmoid', 'edited', undefined, true],
      ['solution', 'tree', undefined, true],
      ['plain', 'plain', undefined, true],
      ['wasm-threads', 'cpu', 2, true],
      ['wasm', 'cpu', 1, true],
      ['session/kernels/twins/lessons.ts', 'cpu', undefined, true],
    ]);
  });

  it.each([
    ['sigmoid', { count: 5000 }],
    ['row-sum', { rows: 5, columns: 700 }],
    ['tile', { rows: 33, columns: 31, depth: 67 }],
    ['pixels', { words: 3000 }],
    ['fused', { rows: 33, columns: 31, depth: 67 }],
  ] as const)('of the exercise %s has the solution and this text beside the plain way, which is right', async (name, sizes) => {
    const { report } = await run({ file: `lesson/${name}.wgsl`, text: solutionOf(name), sizes }, { wasm: [] });
    const lanes = report.time?.lanes.filter(({ kind }) => kind !== 'cpu') ?? [];
    expect(lanes.map(({ name: lane, kind, why }) => [lane, kind, why])).toEqual([
      [`lesson ${name}`, 'edited', null],
      ['solution', 'tree', null],
      ['plain', 'plain', null],
    ]);
    const [edited, solution, plain] = lanes;
    for (const lane of [edited, solution]) {
      const { ratio = 0, low = 0, high = 0 } = lane?.overPlain ?? {};
      expect([ratio > 0, low <= ratio, ratio <= high]).toEqual([true, true, true]);
    }
    expect(plain?.overPlain).toBeNull();
  });

  it('compiles a text and its guarded copy before the first time, the rest after it, and nothing when it runs again', async () => {
    const file = 'activation.wgsl';
    const shelf = new PipelineShelf();
    const request = { file, text: `${textOf(file)}\n`, sizes: { count: 1000 } };
    const make = device.createComputePipelineAsync.bind(device);
    let compiled = 0;
    device.createComputePipelineAsync = (descriptor) => {
      compiled++;
      return make(descriptor);
    };
    const counts: number[] = [];
    const tell = ({ kind }: RunProgress): unknown => kind !== 'trial' && counts.push(compiled);
    await run(request, { shelf, wasm: [], tell });
    // forward; then backward too; then the tree's own text, which differs
    expect([counts[0], counts[1], compiled]).toEqual([2, 4, 6]);
    await run(request, { shelf, wasm: [] });
    device.createComputePipelineAsync = make;
    expect(compiled).toBe(6);
  });

  it('finds there what was compiled ahead, and nothing has run by then', async () => {
    const file = 'activation.wgsl';
    const [contract] = contractsOfFile(file);
    const shape = contract?.timed[0];
    if (!contract || !shape) throw new Error('no contract');
    const shelf = new PipelineShelf();
    const text = `${textOf(file)}\n\n`;
    const counted = { make: device.createComputePipelineAsync.bind(device), submit: device.queue.submit.bind(device.queue) };
    let [compiled, submitted] = [0, 0];
    device.createComputePipelineAsync = (descriptor) => {
      compiled++;
      return counted.make(descriptor);
    };
    device.queue.submit = (buffers) => {
      submitted++;
      return counted.submit(buffers);
    };
    compileAhead({ contract, shape }, { gate: { device, ledger, edit: { file, text }, chosen: {}, seed: 1 }, shelf, software: true });
    expect([compiled, submitted]).toEqual([2, 0]);
    let atFirstTime = 0;
    await run({ file, text }, { shelf, wasm: [], tell: ({ kind }) => kind === 'timed' && (atFirstTime ||= compiled) });
    device.createComputePipelineAsync = counted.make;
    device.queue.submit = counted.submit;
    expect(atFirstTime).toBe(2);
  });

  it('takes the time back when what was checked later is wrong', async () => {
    const file = 'activation.wgsl';
    const text = textOf(file).replace('slopes[i] *= ', 'slopes[i] *= 1.01 * ');
    expect(text).not.toBe(textOf(file));
    const found = await run({ file, text, sizes: { count: 1000 } });
    expect(kinds(found)).toEqual(['trial', 'timed', 'trial', 'checked']);
    expect(found.report).toMatchObject({ gate: { kind: 'wrong', contract: 'activation backward' }, time: null });
  });

  it('has no time when the same pipeline is wrong at another shape', async () => {
    const file = 'activation.wgsl';
    // sigmoid is what is timed, and tanh goes through the same pipeline
    const text = textOf(file).replace('activate(', 'select(1.0, 1.01, shape.kind == 1u) * activate(');
    const found = await run({ file, text, sizes: { count: 1000 } });
    expect(kinds(found)).toEqual(['trial', 'checked']);
    expect(found.report).toMatchObject({ gate: { kind: 'wrong', shape: { kind: 1 } }, time: null });
  });

  it('gives a wasm lane whose answer is wrong no time', async () => {
    const idle = wasmEngine(1);
    const open = idle.room.bind(idle);
    idle.room = async (plan) => ({ ...(await open(plan)), exports: { kernel: (_, count) => count } });
    const { report } = await run(sigmoid, { wasm: [idle] });
    expect(report.time?.lanes.find(({ name }) => name === 'wasm')).toMatchObject({ ms: null, why: 'wrong' });
  });

  it('says where the wasm lanes have no such kernel', async () => {
    const { report } = await run({ file: 'lesson/row-sum.wgsl', text: solutionOf('row-sum'), sizes: { rows: 3, columns: 70 } });
    expect(report.time?.lanes.find(({ name }) => name === 'wasm')).toMatchObject({ ms: null, why: 'no-counterpart' });
  });
});

describe('sizes of one’s own', () => {
  const file = 'lesson/tile.wgsl';

  it.each([
    [{ rows: 0 }, /rows = 0: a whole number from 1 to/],
    [{ rows: 1.5 }, /rows = 1.5: a whole number/],
    [{ rows: 1e12 }, /rows = 1000000000000: a whole number/],
    [{ weight: 3 }, /weight is no size of this kernel/],
    [{ rows: 16384, depth: 16384, columns: 8 }, /would take 1.1 GB, and here at most 67.1 MB/],
    [{ rows: 1024, depth: 1024, columns: 1024 }, /2.1 Gflop of work, and here at most 67.1 Mflop/],
  ])('%o: refused before anything is made', async (sizes, words) => {
    let made = 0;
    const make = device.createBuffer.bind(device);
    device.createBuffer = (descriptor) => {
      made++;
      return make(descriptor);
    };
    const { report } = await run({ file, text: solutionOf('tile'), sizes });
    device.createBuffer = make;
    expect(report).toMatchObject({ gate: { kind: 'refused' }, time: null });
    expect(report.gate.kind === 'refused' && report.gate.words).toMatch(words);
    expect(made).toBe(0);
  });

  it('an example that the threads of a workgroup cannot hold is refused, not called wrong', async () => {
    const file = 'one-pass-outputs.wgsl';
    const { report } = await run({ file, text: textOf(file), shape: 1, chosen: { workgroupSize: 16 } });
    expect(report.gate).toMatchObject({ kind: 'refused', words: expect.stringMatching(/16 threads cannot hold .* 49 chunks/) as string });
  });

  it('are checked and timed there', async () => {
    const sizes = { rows: 37, columns: 21, depth: 50 };
    const found = await run({ file, text: solutionOf('tile'), sizes });
    expect(found.report).toMatchObject({ gate: { kind: 'right' }, time: { shape: sizes, work: { flops: 2 * 37 * 21 * 50 } } });
    const broken = solutionOf('tile').replace('= sum;', '= sum + select(0.0, 1.0, shape.depth == 50u);');
    expect(broken).not.toBe(solutionOf('tile'));
    expect((await run({ file, text: broken, sizes })).report.gate).toMatchObject({ kind: 'wrong', shape: sizes });
  });
});

describe('features that are switched on', () => {
  const file = 'lesson/sigmoid.wgsl';
  const text = `enable subgroups;\n${solutionOf('sigmoid')}\nfn unused() -> f32 {\n  return subgroupAdd(1.0);\n}\n`;

  it('let a text enable them, and only then', async () => {
    expect((await run({ file, text, sizes: { count: 100 } })).report.gate.kind).toBe('right');
    expect((await run({ file, text, sizes: { count: 100 } }, { on: plain })).report.gate.kind).toBe('not-compiled');
  });

  it('a contract that needs one is refused without it', async () => {
    const quad = { file: 'matmul-register.wgsl', text: textOf('matmul-register.wgsl'), contract: 'matmul-register/float32-quad' };
    expect((await run(quad, { on: plain })).report.gate).toMatchObject({
      kind: 'refused',
      words: 'it needs subgroups, which is not switched on',
    });
  });

  it('may be enabled in a file that others stand in front of, and errors keep their lines', async () => {
    const activation = 'activation.wgsl';
    const enabled = `enable subgroups;\n${textOf(activation)}`;
    expect((await run({ file: activation, text: enabled, sizes: { count: 100 } })).report.gate.kind).toBe('right');
    const { gate } = (await run({ file: activation, text: `${enabled}\nnonsense`, sizes: { count: 100 } })).report;
    const line = enabled.split('\n').length + 1;
    expect(gate).toMatchObject({ kind: 'not-compiled', complaints: [{ file: activation, line }] });
  });
});
