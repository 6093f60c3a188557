/**
 * A GPU device for kernel tests: Dawn in Node on the software GPU. One device a test file: make it in `beforeAll` and
 * call `closeTestDevices` in `afterAll`, or Node does not exit.
 */
import { openNodeGpu, type NodeGpu } from '../../src/cli/node-gpu.ts';

const opened = new Set<{ readonly device: GPUDevice; readonly node: NodeGpu }>();

/**
 * @param descriptor features and limits to ask for; left out, subgroups where there are any
 * @returns a device whose uncaptured errors are printed; destroy it with `closeTestDevices`
 */
export async function createTestDevice(descriptor: GPUDeviceDescriptor = {}): Promise<GPUDevice> {
  const node = await openNodeGpu({ software: true });
  const requiredFeatures: GPUFeatureName[] = node.adapter.features.has('subgroups') ? ['subgroups'] : [];
  const device = await node.adapter.requestDevice({ label: 'test device', requiredFeatures, ...descriptor });
  device.addEventListener('uncapturederror', (event) => {
    console.error(`GPU error: ${event.error.message}`);
  });
  opened.add({ device, node });
  return device;
}

/** Destroys every device made here and lets go of Dawn. */
export async function closeTestDevices(): Promise<void> {
  for (const { device, node } of opened) {
    const lost = device.lost;
    device.destroy();
    await lost;
    node.close();
  }
  opened.clear();
}

/** Copies a buffer with COPY_SRC usage back to Node. */
export async function readBuffer(device: GPUDevice, source: GPUBuffer, sizeBytes = source.size): Promise<ArrayBuffer> {
  const staging = device.createBuffer({
    label: 'test read-back',
    size: sizeBytes,
    usage: GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST,
  });
  const encoder = device.createCommandEncoder({ label: 'test read-back' });
  encoder.copyBufferToBuffer(source, 0, staging, 0, sizeBytes);
  device.queue.submit([encoder.finish()]);
  await staging.mapAsync(GPUMapMode.READ);
  const bytes = staging.getMappedRange().slice(0);
  staging.destroy();
  return bytes;
}
