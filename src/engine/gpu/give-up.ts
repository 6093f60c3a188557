/** Letting go of a GPU device that does not answer, so that everything that waits for it ends. */
import { watchOf } from './loss.ts';

/**
 * From now on the device counts as lost, and whoever waits for it meets a DeviceLostError. It is not destroyed: under a
 * kernel that never ends that can hang every later device. Whoever gives it up has to hold on to it for the same reason.
 */
export function giveUp(device: GPUDevice, words: string): void {
  const watch = watchOf(device);
  watch.info ??= { reason: 'unknown', message: words };
  for (const tell of watch.waiting) tell();
}
