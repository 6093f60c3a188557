/** The ground that kernel tests stand on: Dawn finds a device in Node, and a kernel computes on it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { closeTestDevices, createTestDevice, readBuffer } from '../support/dawn.ts';

const doubling = /* wgsl */ `
@group(0) @binding(0) var<storage, read_write> values: array<f32>;

@compute @workgroup_size(64)
fn main(@builtin(global_invocation_id) id: vec3u) {
  if (id.x < arrayLength(&values)) { values[id.x] *= 2.0; }
}`;

describe('Dawn in Node', () => {
  let device: GPUDevice;

  beforeAll(async () => {
    device = await createTestDevice();
  });

  afterAll(closeTestDevices);

  it('runs a kernel and reads its answer back', async () => {
    const module = device.createShaderModule({ label: 'doubling', code: doubling });
    const bindGroupLayout = device.createBindGroupLayout({
      label: 'doubling',
      entries: [{ binding: 0, visibility: GPUShaderStage.COMPUTE, buffer: { type: 'storage' } }],
    });
    const pipeline = await device.createComputePipelineAsync({
      label: 'doubling',
      layout: device.createPipelineLayout({ label: 'doubling', bindGroupLayouts: [bindGroupLayout] }),
      compute: { module, entryPoint: 'main' },
    });
    const input = Float32Array.from({ length: 130 }, (_, index) => index - 65);
    const buffer = device.createBuffer({
      label: 'values',
      size: input.byteLength,
      usage: GPUBufferUsage.STORAGE | GPUBufferUsage.COPY_SRC | GPUBufferUsage.COPY_DST,
    });
    device.queue.writeBuffer(buffer, 0, input);
    const encoder = device.createCommandEncoder({ label: 'doubling' });
    const pass = encoder.beginComputePass({ label: 'doubling' });
    pass.setPipeline(pipeline);
    pass.setBindGroup(
      0,
      device.createBindGroup({ label: 'doubling', layout: bindGroupLayout, entries: [{ binding: 0, resource: { buffer } }] }),
    );
    pass.dispatchWorkgroups(Math.ceil(input.length / 64));
    pass.end();
    device.queue.submit([encoder.finish()]);
    expect(new Float32Array(await readBuffer(device, buffer))).toEqual(input.map((value) => value * 2));
    buffer.destroy();
  });
});
