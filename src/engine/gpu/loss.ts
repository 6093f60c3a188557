/**
 * Waiting on a device that may go away. A promise of a lost device may fail before the loss itself is told, or never
 * settle at all; waited for through here, it ends in a DeviceLostError either way.
 */
import { DeviceLostError } from '../errors.ts';

/** A loss is told this soon after the first call that fails by it. */
const lossIsToldMs = 250;

export type Loss = Pick<GPUDeviceLostInfo, 'reason' | 'message'>;

export interface Watch {
  info: Loss | null;
  /** What to call when the device is lost: one for each promise that is waited for at present. */
  readonly waiting: Set<() => void>;
}

const watches = new WeakMap<GPUDevice, Watch>();

/** One reaction on `device.lost` for a device's whole life: one for each wait would pile up there. */
export function watchOf(device: GPUDevice): Watch {
  const known = watches.get(device);
  if (known) return known;
  const watch: Watch = { info: null, waiting: new Set() };
  watches.set(device, watch);
  void device.lost.then((info) => {
    watch.info = info;
    for (const tell of watch.waiting) tell();
  });
  return watch;
}

/** From now on, a loss of the device is known. */
export function watchForLoss(device: GPUDevice): void {
  watchOf(device);
}

/** What the browser said of the loss; null while the device works. */
export function lossOf(device: GPUDevice): Loss | null {
  return watchOf(device).info;
}

/** @throws DeviceLostError when it is known that the device is gone */
export function throwIfLost(device: GPUDevice): void {
  const info = lossOf(device);
  if (info) throw lossError(info);
}

function lossError(info: Loss | null): DeviceLostError {
  return new DeviceLostError(info?.message ? info.message : 'the GPU device went away');
}

/**
 * What `work` comes to.
 * @throws DeviceLostError as soon as the device is lost, whatever `work` does then
 */
export async function unlessLost<T>(device: GPUDevice, work: Promise<T>): Promise<T> {
  const watch = watchOf(device);
  let tell = (): void => undefined;
  const lost = new Promise<void>((resolve) => {
    tell = resolve;
    if (watch.info) resolve();
    else watch.waiting.add(tell);
  });
  try {
    return await Promise.race([lost.then(() => Promise.reject(lossError(watch.info))), work]);
  } catch (error) {
    if (error instanceof DeviceLostError) throw error;
    await Promise.race([lost, new Promise((resolve) => setTimeout(resolve, lossIsToldMs))]);
    throwIfLost(device);
    throw error;
  } finally {
    watch.waiting.delete(tell);
  }
}
