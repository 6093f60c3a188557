/** The random numbers of `shaders/lib/rng.wgsl`, bit for bit those of `math/rng.ts`. */
import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { halfBitsFor, hash3, permute } from '../../src/math/rng.ts';
import { closeTestDevices, createTestDevice, readBuffer } from '../support/dawn.ts';

const count = 1000;
const library = readFileSync(new URL('../../shaders/lib/rng.wgsl', import.meta.url), 'utf8');

let device: GPUDevice;
beforeAll(async () => {
  device = await createTestDevice();
});
afterAll(closeTestDevices);

/** Runs `body`, which sets words[4 · i …] for thread i. */
async function words(body: string): Promise<Uint32Array> {
  const code = `${library}
@group(0) @binding(0) var<storage, read_write> words: array<u32>;
@compute @workgroup_size(64) fn main(@builtin(global_invocation_id) id: vec3u) {
  let i = id.x;
  if (i >= ${count}u) { return; }
  ${body}
}`;
  const layout = device.createBindGroupLayout({
    label: 'rng',
    entries: [{ binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'storage' } }],
  });
  const pipeline = await device.createComputePipelineAsync({
    label: 'rng',
    layout: device.createPipelineLayout({ label: 'rng', bindGroupLayouts: [layout] }),
    compute: { module: device.createShaderModule({ label: 'rng', code }), entryPoint: 'main' },
  });
  const buffer = device.createBuffer({ label: 'rng', size: count * 16, usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC });
  const encoder = device.createCommandEncoder({ label: 'rng' });
  const pass = encoder.beginComputePass({ label: 'rng' });
  pass.setPipeline(pipeline);
  pass.setBindGroup(0, device.createBindGroup({ label: 'rng', layout, entries: [{ binding: 0, resource: { buffer } }] }));
  pass.dispatchWorkgroups(Math.ceil(count / 64));
  pass.end();
  device.queue.submit([encoder.finish()]);
  return new Uint32Array(await readBuffer(device, buffer));
}

it('hash3', async () => {
  const found = await words(
    'let v = hash3(0xfffffff0u + (i % 32u), i % 7u, i * 2654435761u); words[4u*i] = v.x; words[4u*i+1u] = v.y; words[4u*i+2u] = v.z;',
  );
  for (let i = 0; i < count; i++) {
    expect([...found.subarray(4 * i, 4 * i + 3)]).toEqual(hash3(0xfffffff0 + (i % 32), i % 7, Math.imul(i, 2654435761)));
  }
});

it.each([1, 2, 5, 64, 1000])('permute over %i', async (size) => {
  const found = await words(`words[4u*i] = permute(i % ${size}u, ${size}u, ${halfBitsFor(size)}u, 12345u, i / ${size}u);`);
  for (let i = 0; i < count; i++) expect(found[4 * i]).toBe(permute(i % size, size, 12345, Math.floor(i / size)));
});
