/**
 * The one-pass kernels read X once a step, of bytes or floats, for one output or a few: in a copy of them every load of X goes
 * through one function that counts, and the counter shows exactly as many vec4 loads as X has.
 */
import { layoutEntry, uniformWords, type Bindings } from '../../src/engine/gpu/bindings.ts';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kernelTable, lossCodes, type KernelEntry } from '../../src/engine/gpu/kernel-table.ts';
import { Arena, Ledger } from '../../src/engine/gpu/arena.ts';
import { copyToTexels, createTexels } from '../../src/engine/gpu/texels.ts';
import { divisionFor } from '../../src/engine/gpu/plans/one-pass.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { closeTestDevices, createTestDevice, readBuffer } from '../support/dawn.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

const counterAt = 9;
/** What one access to X reads. */
const elements = { uint8: 'vec4u', float32: 'vec4f' } as const;
type Storage = keyof typeof elements;
/** Four floats or sixteen bytes a load, and a chunk is sixteen features. */
const loadsInChunk = { uint8: 1, float32: 4 } as const;

/** The kernel with every load of X counted. */
function counted(entry: KernelEntry, { storage, quads }: Step): string {
  const load = quads ? /\btextureLoad\(x, /g : /(?<![\w.])x\[([^\]]+)\]/g;
  const code = codeOf(entry).replaceAll(load, quads ? 'countedTexel(' : 'countedLoad($1)');
  expect(code, 'the kernel loads X by the function that is counted').toMatch(/counted(Load|Texel)\(/);
  expect(code.match(/\bx\[|\btextureLoad\(|&x\b/g), 'no other access to X is left').toBeNull();
  const element = `fn countedLoad(index: u32) -> ${elements[storage]} {
  atomicAdd(&loads, 1u);
  return x[index];
}`;
  const texel = `fn countedTexel(at: vec2u, level: i32) -> ${elements[storage]} {
  atomicAdd(&loads, 1u);
  return textureLoad(x, at, level);
}`;
  return `${code}
@group(0) @binding(${counterAt}) var<storage, read_write> loads: atomic<u32>;
${quads ? texel : element}
`;
}

const codeOf = (entry: KernelEntry): string => [...entry.libraries, entry.source].map((file) => file.code).join('\n');

function buffer(label: string, content: ArrayBuffer, usage: number): GPUBuffer {
  const made = device.createBuffer({ label, size: Math.max(16, content.byteLength), usage, mappedAtCreation: true });
  new Uint8Array(made.getMappedRange()).set(new Uint8Array(content));
  made.unmap();
  return made;
}

interface Step {
  readonly storage: Storage;
  readonly outputs: number;
  readonly n: number;
  readonly m: number;
  readonly groups: number;
  /** An example in the hands of a quad. */
  readonly quads?: true;
}

function kernelOf({ storage, outputs, quads }: Step): KernelEntry {
  if (quads) return kernelTable[`one-pass-quads/${storage}`];
  return kernelTable[outputs === 1 ? (`one-pass/${storage}` as const) : (`one-pass-outputs/${storage}` as const)];
}

function constantsOf({ n, outputs, quads }: Step): Record<string, number> {
  const chunks = n / 16;
  if (quads) return { held: Math.ceil(chunks / 4) };
  const division = divisionFor(chunks, outputs);
  if (!division) throw new Error(`${outputs} outputs of ${n} features do not fit a workgroup`);
  return { ...division, ...(outputs === 1 ? {} : { outputs, zLength: outputs * division.workgroupSize }) };
}

/** What the kernel binds: random examples, labels and weights, and room for what it leaves. */
function contentsOf(step: Step): ReadonlyMap<number, GPUBuffer> {
  const { n, m, groups, storage, outputs } = step;
  const chunks = n / 16;
  const random = new Random(n, streams.noise);
  const floats = (count: number, value: () => number): ArrayBuffer => Float32Array.from({ length: count }, value).buffer;
  const usage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const section = outputs * 16 * chunks + 4 * Math.ceil(outputs / 4);
  const kind = lossCodes[outputs === 1 ? 'sigmoid/cross-entropy' : 'softmax/cross-entropy'];
  const shape = { examples: m, chunks, kind, ringSize: 16, parts: groups, firstPart: 0, outputs };
  const x = storage === 'uint8' ? Uint8Array.from({ length: n * m }, () => random.below(256)).buffer : floats(n * m, () => random.normal());
  const weight = storage === 'uint8' ? 1 / 2000 : 1 / 20;
  const model = floats(3 * section, () => weight * random.normal());
  const y = floats(m, () => random.below(Math.max(2, outputs)));
  return new Map([
    [0, buffer('shape', uniformWords(kernelOf(step).uniforms[0] ?? {}, shape), GPUBufferUsage.UNIFORM)],
    [1, buffer('X', x, usage)],
    [2, buffer('model', model, usage)],
    [3, buffer('Y', y, usage)],
    [4, buffer('partials', new ArrayBuffer(groups * (section + 4) * 4), usage)],
    [6, buffer('trace', new ArrayBuffer(4 * (20 + 16)), usage)],
    [counterAt, buffer('loads', new ArrayBuffer(4), usage)],
  ]);
}

function texelsOf(arena: Arena, { storage, n, m }: Step, x: GPUBuffer | undefined): GPUTextureView {
  if (!x) throw new Error('there is no X');
  const texels = createTexels(arena, 'X', storage, n * (storage === 'uint8' ? 1 : 4), m);
  copyToTexels(device, x, texels);
  return texels.view;
}

/** One dispatch of the first kernel of a step. @returns the partial gradients, and the loads where they are counted */
async function run(code: string, step: Step, counts: boolean): Promise<{ partials: Float32Array; loads: number }> {
  const { groups } = step;
  const buffers = contentsOf(step);
  const kinds = { ...kernelOf(step).entryPoints['main'], ...(counts ? { [counterAt]: 'write' } : {}) } as Bindings;
  const layout = device.createBindGroupLayout({
    label: 'counted',
    entries: Object.entries(kinds).map(([binding, kind]) => layoutEntry(Number(binding), kind, GPUShaderStage.COMPUTE)),
  });
  const pipeline = await device.createComputePipelineAsync({
    label: 'counted',
    layout: device.createPipelineLayout({ label: 'counted', bindGroupLayouts: [layout] }),
    compute: {
      module: device.createShaderModule({ label: 'counted', code }),
      entryPoint: 'main',
      constants: constantsOf(step),
    },
  });
  const arena = new Arena(device, new Ledger());
  const resources = new Map<number, GPUBindingResource>([...buffers].map(([binding, one]) => [binding, { buffer: one }]));
  if (step.quads) resources.set(1, texelsOf(arena, step, buffers.get(1)));
  const entries = [...resources].flatMap(([binding, resource]) => (binding in kinds ? [{ binding, resource }] : []));
  const encoder = device.createCommandEncoder({ label: 'counted' });
  const pass = encoder.beginComputePass({ label: 'counted' });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ label: 'counted', layout, entries }));
  pass.dispatchWorkgroups(groups);
  pass.end();
  device.queue.submit([encoder.finish()]);
  const read = async (binding: number): Promise<ArrayBuffer> => {
    const one = buffers.get(binding);
    return one ? readBuffer(device, one) : new ArrayBuffer(4);
  };
  const result = { partials: new Float32Array(await read(4)), loads: new Uint32Array(await read(counterAt))[0] ?? 0 };
  for (const one of buffers.values()) one.destroy();
  arena.dispose();
  return result;
}

const steps: readonly Step[] = [
  { storage: 'uint8', outputs: 1, n: 12288, m: 21, groups: 2 },
  { storage: 'uint8', outputs: 1, n: 16, m: 77, groups: 3 },
  { storage: 'float32', outputs: 1, n: 784, m: 101, groups: 5 },
  // more than one chunk a thread
  { storage: 'uint8', outputs: 2, n: 4128, m: 9, groups: 2 },
  { storage: 'uint8', outputs: 16, n: 48, m: 77, groups: 3 },
  { storage: 'float32', outputs: 2, n: 16, m: 77, groups: 3 },
  { storage: 'float32', outputs: 16, n: 784, m: 21, groups: 2 },
  { storage: 'uint8', outputs: 1, n: 784, m: 209, groups: 3, quads: true },
  { storage: 'uint8', outputs: 1, n: 16, m: 78, groups: 2, quads: true },
  { storage: 'float32', outputs: 1, n: 1024, m: 40, groups: 4, quads: true },
];

// each chunk of each example is loaded by the one thread that holds it, whatever the number of outputs
it.each(steps)(
  '$storage, $outputs outputs, (n_x = $n, m = $m) in $groups workgroups, quads: $quads: all of X is loaded once',
  async (step) => {
    const entry = kernelOf(step);
    const plain = await run(codeOf(entry), step, false);
    const { partials, loads } = await run(counted(entry, step), step, true);
    expect(loads).toBe((step.n / 16) * step.m * loadsInChunk[step.storage]);
    // and the copy computes what the kernel computes
    expect(partials).toEqual(plain.partials);
    expect(partials.some((value) => value !== 0)).toBe(true);
  },
);
