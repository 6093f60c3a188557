/**
 * The one-pass kernel reads X once a step: in a copy of it every load of X goes through one function that counts, and the
 * counter shows as many vec4 loads as X has.
 */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { kernelTable, lossCodes, uniformWords, type KernelEntry } from '../../src/engine/gpu/kernel-table.ts';
import { Random, streams } from '../../src/math/rng.ts';
import { closeTestDevices, createTestDevice, readBuffer } from '../support/dawn.ts';

let device: GPUDevice;
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

const counterAt = 9;
const load = 'let packed = x[index];';
const countedLoad = 'let packed = countedLoad(index);';
const countingFunction = `
@group(0) @binding(${counterAt}) var<storage, read_write> loads: atomic<u32>;
fn countedLoad(index: u32) -> vec4u {
  atomicAdd(&loads, 1u);
  return x[index];
}
`;

/** The kernel with every load of X counted. */
function counted(entry: KernelEntry): string {
  const code = [...entry.libraries, entry.source].map((file) => file.code).join('\n');
  const loader = 'fn loadChunk(index: u32) -> Chunk {\n  let packed = countedLoad(index);';
  const all = code.replaceAll(load, countedLoad);
  expect(all, 'the kernel loads X by the function that is counted').toContain(loader);
  expect(all.match(/\bx\[/g), 'no other access to X is left').toBeNull();
  return `${all}\n${countingFunction}`;
}

function buffer(label: string, content: ArrayBuffer, usage: number): GPUBuffer {
  const made = device.createBuffer({ label, size: Math.max(16, content.byteLength), usage, mappedAtCreation: true });
  new Uint8Array(made.getMappedRange()).set(new Uint8Array(content));
  made.unmap();
  return made;
}

interface Step {
  readonly n: number;
  readonly m: number;
  readonly groups: number;
}

/** One dispatch of the first kernel of a step. @returns the partial gradients, and the loads where they are counted */
async function run(code: string, { n, m, groups }: Step, counts: boolean): Promise<{ partials: Float32Array; loads: number }> {
  const chunks = n / 16;
  const random = new Random(n, streams.noise);
  const floats = (count: number, value: () => number): ArrayBuffer => Float32Array.from({ length: count }, value).buffer;
  const storage = GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC;
  const x = Uint8Array.from({ length: n * m }, () => random.below(256));
  const section = 16 * chunks + 4;
  const entry = kernelTable['one-pass/uint8'];
  const shape = { examples: m, chunks, kind: lossCodes['sigmoid/cross-entropy'], ringSize: 16, parts: groups, firstPart: 0, outputs: 1 };
  const buffers = new Map<number, GPUBuffer>([
    [0, buffer('shape', uniformWords(entry.uniforms[0] ?? {}, shape), GPUBufferUsage.UNIFORM)],
    [1, buffer('X', x.buffer, storage)],
    [
      2,
      buffer(
        'model',
        floats(3 * section, () => random.normal() / 2000),
        storage,
      ),
    ],
    [
      3,
      buffer(
        'Y',
        floats(m, () => random.below(2)),
        storage,
      ),
    ],
    [4, buffer('partials', new ArrayBuffer(groups * (section + 4) * 4), storage)],
    [6, buffer('trace', new ArrayBuffer(4 * (20 + 16)), storage)],
  ]);
  if (counts) buffers.set(counterAt, buffer('loads', new ArrayBuffer(4), storage));
  const kinds = { ...entry.entryPoints['main'], ...(counts ? { [counterAt]: 'write' } : {}) } as Readonly<Record<string, string>>;
  const layout = device.createBindGroupLayout({
    label: 'counted',
    entries: Object.entries(kinds).map(([binding, kind]) => ({
      binding: Number(binding),
      visibility: GPUShaderStage.COMPUTE,
      buffer: { type: kind === 'uniform' ? 'uniform' : kind === 'read' ? 'read-only-storage' : 'storage' },
    })),
  });
  const workgroupSize = Math.min(256, 2 ** Math.ceil(Math.log2(Math.max(16, chunks))));
  const pipeline = await device.createComputePipelineAsync({
    label: 'counted',
    layout: device.createPipelineLayout({ label: 'counted', bindGroupLayouts: [layout] }),
    compute: {
      module: device.createShaderModule({ label: 'counted', code }),
      entryPoint: 'main',
      constants: { workgroupSize, chunksPerThread: Math.ceil(chunks / workgroupSize) },
    },
  });
  const entries = [...buffers].map(([binding, one]) => ({ binding, resource: { buffer: one } }));
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
  return result;
}

it.each([
  { n: 12288, m: 21, groups: 2 },
  { n: 784, m: 301, groups: 13 },
  { n: 16, m: 77, groups: 3 },
] as const)('(n_x = $n, m = $m) in $groups workgroups: ⌈n·m / 16⌉ loads of X, at most 1 % more', async (step) => {
  const entry: KernelEntry = kernelTable['one-pass/uint8'];
  const plain = await run([...entry.libraries, entry.source].map((file) => file.code).join('\n'), step, false);
  const { partials, loads } = await run(counted(entry), step, true);
  const least = Math.ceil((step.n * step.m) / 16);
  expect(loads).toBeGreaterThanOrEqual(least);
  expect(loads).toBeLessThanOrEqual(1.01 * least);
  // and the copy computes what the kernel computes
  expect(partials).toEqual(plain.partials);
  expect(partials.some((value) => value !== 0)).toBe(true);
});
