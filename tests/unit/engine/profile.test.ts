/** The profile of a step under a made-up clock: spans that the clock did not see are dropped and counted, all the way to the file. */
import { describe, expect, it } from 'vitest';
import type { Engine, SegmentName, StepProfile, Trainer } from '../../../src/engine/contract.ts';
import type { Arena } from '../../../src/engine/gpu/arena.ts';
import type { Dispatch } from '../../../src/engine/gpu/dispatch.ts';
import { profileSegments } from '../../../src/engine/gpu/profile.ts';
import { Harness } from '../../../src/session/harness.ts';
import { Lane } from '../../../src/session/lane.ts';

/** A device without timestamps, on which a dispatch of a segment takes as long as `ms` says; below `seenMs` its clock stands still. */
function slowDevice(ms: Readonly<Partial<Record<SegmentName, number>>>, seenMs: number) {
  let now = 0;
  let waiting = 0;
  const pass = {
    setPipeline: (segment: SegmentName) => (waiting += ms[segment] ?? 0),
    setBindGroup: () => undefined,
    dispatchWorkgroups: () => undefined,
    end: () => undefined,
  };
  const device = {
    lost: new Promise(() => undefined),
    features: new Set<string>(),
    createCommandEncoder: () => ({ beginComputePass: () => pass, finish: () => ({}) }),
    queue: {
      submit: () => undefined,
      onSubmittedWorkDone() {
        if (waiting >= seenMs) now += waiting;
        waiting = 0;
        return Promise.resolve();
      },
    },
  };
  const dispatches = Object.keys(ms).map((segment) => ({ segment, pipeline: segment, groups: [1, 1, 1] }) as unknown as Dispatch);
  return { arena: { device } as unknown as Arena, dispatches, clock: () => now };
}

describe('a profile', () => {
  it('drops what the clock did not see, counts it, and finds the rest by repeating it', async () => {
    const { arena, dispatches, clock } = slowDevice({ 'fused-forward': 2, 'fused-backward': 0.5 }, 3);
    const { segments, droppedSpans, how } = await profileSegments(arena, dispatches, clock, 1000);
    expect(how).toBe('apart');
    expect(segments).toEqual([
      { name: 'fused-forward', ms: 2 },
      { name: 'fused-backward', ms: 0.5 },
    ]);
    // one round of each was too short to be seen
    expect(droppedSpans).toBe(2);
  });

  it('has no time for a segment that stays too short however often it is repeated', async () => {
    const { arena, dispatches, clock } = slowDevice({ 'fused-step': 1e-6 }, 3);
    const { segments, droppedSpans } = await profileSegments(arena, dispatches, clock, 1000);
    expect(segments).toEqual([{ name: 'fused-step', ms: Number.NaN }]);
    expect(droppedSpans).toBeGreaterThan(3);
  });

  it('is told with its dropped spans, and the overhead is what no segment takes', async () => {
    const engine = { name: 'gpu', kind: 'gpu' } as Engine;
    const plan = { name: 'two-pass', segments: [], dispatchesPerStep: 2, bytesPerStep: 1, flopsPerStep: 1 };
    const lane = await Lane.prepare(
      engine,
      () => Promise.resolve({ plan, stepsDone: 7 } as unknown as Trainer),
      () => 0,
    );
    const profile: StepProfile = {
      how: 'timestamps',
      segments: [
        { name: 'fused-forward', ms: 1.5 },
        { name: 'fused-backward', ms: Number.NaN },
      ],
      droppedSpans: 4,
    };
    lane.checked = true;
    lane.profile = profile;
    const harness = new Harness({ clockResolutionMs: 0.001, readBackFloorMs: 0, seed: 1 });
    while (harness.rounds < 5)
      harness.add(harness.stepsPerBlock, [{ lane: 'gpu', kind: 'gpu', elapsedMs: 2 * harness.stepsPerBlock }], false);
    expect(lane.standing(harness).profile).toEqual({ ...profile, overheadMs: 0.5 });
  });
});
