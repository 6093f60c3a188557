import { describe, expect, it } from 'vitest';
import { DeviceLostError } from '../../../src/engine/errors.ts';
import { lossOf, throwIfLost, unlessLost } from '../../../src/engine/gpu/loss.ts';

/** As much of a device as a loss needs. */
function fakeDevice(): { device: GPUDevice; lose: (message: string) => void } {
  let told: (info: GPUDeviceLostInfo) => void = () => undefined;
  const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
    told = resolve;
  });
  return {
    device: { lost } as unknown as GPUDevice,
    lose: (message) => {
      told({ message, reason: 'unknown' } as GPUDeviceLostInfo);
    },
  };
}

const never = new Promise<never>(() => undefined);

describe('unlessLost', () => {
  it('hands on what the work comes to while the device is there', async () => {
    const { device } = fakeDevice();
    await expect(unlessLost(device, Promise.resolve(3))).resolves.toBe(3);
    await expect(unlessLost(device, Promise.reject(new Error('no shader')))).rejects.toThrow('no shader');
    expect(lossOf(device)).toBeNull();
  });

  it('ends work that never settles once the device is lost', async () => {
    const { device, lose } = fakeDevice();
    const first = unlessLost(device, never);
    const second = unlessLost(device, never);
    lose('pulled out');
    await expect(first).rejects.toThrow(DeviceLostError);
    await expect(second).rejects.toThrow('pulled out');
    await expect(unlessLost(device, never)).rejects.toThrow('pulled out');
    expect(() => {
      throwIfLost(device);
    }).toThrow('pulled out');
  });

  it('takes a failure that comes before the word of the loss for the loss', async () => {
    const { device, lose } = fakeDevice();
    const work = unlessLost(device, Promise.reject(new Error('mapping was aborted')));
    setTimeout(() => {
      lose('');
    }, 20);
    await expect(work).rejects.toThrow(new DeviceLostError('the GPU device went away'));
  });
});
