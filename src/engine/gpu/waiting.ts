/**
 * Waiting for what was submitted. Most browsers say at once when it is done. Firefox looks ten times a second, and whenever something
 * is submitted (bugzilla.mozilla.org, 1870699): there, submissions of nothing make it look more often.
 */
import type { Clock } from '../contract.ts';
import { unlessLost } from './loss.ts';

/** An idle GPU that has not answered by then is not at work: nobody looks. */
const idleAnswerMs = 10;
const firstProdMs = 2;
/** Each wait for the next prod is longer by so much, which lets an answer come late by this share of its time at the most. */
const prodGrowth = 1.05;
/** It looks as often by itself, but has been seen to come to rest: prods go on. */
const longestProdMs = 100;

/** Devices that nobody looks after unless prodded. */
const inattentive = new WeakSet<GPUDevice>();

/** Finds out whether the device has to be prodded: before anything else is asked of it. */
export async function learnToWait(device: GPUDevice, clock: Clock): Promise<void> {
  let late = 0;
  for (let attempt = 0; attempt < 3; attempt++) {
    const began = clock();
    const prod = setTimeout(() => device.queue.submit([]), idleAnswerMs);
    try {
      await unlessLost(device, device.queue.onSubmittedWorkDone());
    } catch {
      return; // the loss is told to whoever wants something of it
    } finally {
      clearTimeout(prod);
    }
    if (clock() - began >= idleAnswerMs) late++;
  }
  if (late > 1) inattentive.add(device);
}

async function prodded<T>(device: GPUDevice, answer: Promise<T>): Promise<T> {
  if (!inattentive.has(device)) return unlessLost(device, answer);
  let waitMs = firstProdMs;
  const prod = (): void => {
    device.queue.submit([]);
    waitMs = Math.min(longestProdMs, waitMs * prodGrowth);
    timer = setTimeout(prod, waitMs);
  };
  let timer = setTimeout(prod, waitMs);
  try {
    return await unlessLost(device, answer);
  } finally {
    clearTimeout(timer);
  }
}

/** Resolves when everything that was submitted is done. @throws DeviceLostError */
export function workDone(device: GPUDevice): Promise<undefined> {
  return prodded(device, device.queue.onSubmittedWorkDone());
}

/** Resolves when the first bytes of the buffer, or all, can be read. @throws DeviceLostError */
export function mapped(device: GPUDevice, buffer: GPUBuffer, sizeBytes?: number): Promise<undefined> {
  return prodded(device, buffer.mapAsync(GPUMapMode.READ, 0, sizeBytes));
}
