/** Waiting for a made-up GPU that says at once when it is done, and for one that looks ten times a second and when something is submitted. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { learnToWait, mapped, workDone } from '../../../src/engine/gpu/waiting.ts';

interface Fake {
  readonly device: GPUDevice;
  /** When something was submitted. */
  readonly submissions: readonly number[];
  /** From now on it is at work for so long. */
  work(forMs: number): void;
  lose(): void;
}

const clock = (): number => performance.now();

function fakeDevice({ attentive }: { readonly attentive: boolean }): Fake {
  const submissions: number[] = [];
  const waiting = new Set<() => void>();
  let doneAt = 0;
  let lose = (): void => undefined;
  const lost = new Promise<GPUDeviceLostInfo>((resolve) => {
    lose = () => resolve({ reason: 'unknown', message: 'pulled out' } as GPUDeviceLostInfo);
  });
  const look = (): void => {
    if (clock() < doneAt) return;
    for (const tell of waiting) tell();
    waiting.clear();
  };
  if (!attentive) setInterval(look, 100);
  const answer = (): Promise<undefined> =>
    new Promise((resolve) => {
      waiting.add(() => resolve(undefined));
      if (attentive) setTimeout(look, Math.max(0, doneAt - clock()));
    });
  const queue = {
    submit: () => {
      submissions.push(clock());
      if (!attentive) look();
    },
    onSubmittedWorkDone: answer,
  };
  return {
    device: { lost, queue } as unknown as GPUDevice,
    submissions,
    work: (forMs) => (doneAt = clock() + forMs),
    lose: () => lose(),
  };
}

/** Milliseconds until it settles. */
async function timeOf(wait: Promise<unknown>): Promise<number> {
  const began = clock();
  let tookMs = Number.NaN;
  const settled = wait.then(
    () => (tookMs = clock() - began),
    () => (tookMs = clock() - began),
  );
  while (Number.isNaN(tookMs)) await vi.advanceTimersByTimeAsync(1);
  await settled;
  return tookMs;
}

describe('waiting', () => {
  beforeEach(() => {
    vi.useFakeTimers();
    vi.stubGlobal('GPUMapMode', { READ: 1 });
  });

  afterEach(() => {
    vi.useRealTimers();
    vi.unstubAllGlobals();
  });

  it('leaves a device alone that answers by itself, however long its work', async () => {
    const { device, submissions, work } = fakeDevice({ attentive: true });
    await timeOf(learnToWait(device, clock));
    work(500);
    expect(await timeOf(workDone(device))).toBeCloseTo(500, -1);
    expect(submissions).toEqual([]);
  });

  it('does not take one late answer for a habit', async () => {
    const { device, submissions, work } = fakeDevice({ attentive: true });
    work(30);
    await timeOf(learnToWait(device, clock));
    const before = submissions.length;
    work(500);
    await timeOf(workDone(device));
    expect(submissions.length).toBe(before);
  });

  it('has the answers of one that looks ten times a second soon', async () => {
    const { device, submissions, work } = fakeDevice({ attentive: false });
    await timeOf(workDone(device)); // so that the next look is a tenth of a second away
    expect(await timeOf(learnToWait(device, clock))).toBeLessThan(60);
    for (const wait of [() => workDone(device), () => mapped(device, { mapAsync: device.queue.onSubmittedWorkDone } as never)])
      expect(await timeOf(wait())).toBeLessThan(5);
    for (const workMs of [30, 300, 3000]) {
      work(workMs);
      const before = submissions.length;
      expect(await timeOf(workDone(device))).toBeLessThan(Math.min(1.06 * workMs + 3, workMs + 101));
      expect(submissions.length - before).toBeLessThan(100);
    }
  });

  it('leaves a device that was lost meanwhile alone', async () => {
    const { device, submissions, work, lose } = fakeDevice({ attentive: false });
    await timeOf(learnToWait(device, clock));
    work(Infinity);
    const wait = workDone(device);
    setTimeout(lose, 50);
    await timeOf(wait);
    await expect(wait).rejects.toThrow('pulled out');
    const after = submissions.length;
    expect(after).toBeGreaterThan(3);
    await vi.advanceTimersByTimeAsync(1000);
    expect(submissions.length).toBe(after);
    await timeOf(learnToWait(device, clock));
  });
});
