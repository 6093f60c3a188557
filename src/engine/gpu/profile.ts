/**
 * How long each segment of a step takes on the GPU: the segment's dispatches are repeated inside one pass until the span
 * is long beside the clock's quantum. By timestamps where the device has them, by the clock around submissions otherwise.
 */
import type { Clock, SegmentName, StepProfile } from '../contract.ts';
import type { Arena } from './arena.ts';
import { encode, type Dispatch } from './dispatch.ts';
import { mapped, workDone } from './waiting.ts';

/** Browsers round timestamps to 100 µs; a span has to be a hundred of those to be believed. */
const wantedSpanMs = 10;
const mostRepeats = 4096;

interface Timer {
  readonly how: 'timestamps' | 'apart';
  /** Milliseconds that `repeats` rounds of the dispatches took; zero or less when the clock did not see it. */
  span(dispatches: readonly Dispatch[], repeats: number): Promise<number>;
}

/** Runs segments of real steps; the caller restores what they changed. */
export async function profileSegments(arena: Arena, dispatches: readonly Dispatch[], clock: Clock, budgetMs: number): Promise<StepProfile> {
  const timer = arena.device.features.has('timestamp-query') ? timestampTimer(arena) : wallTimer(arena, clock);
  const names = [...new Set(dispatches.map((dispatch) => dispatch.segment))];
  const segments: { name: SegmentName; ms: number }[] = [];
  let droppedSpans = 0;
  for (const name of names) {
    const found = await timeSegment(
      timer,
      dispatches.filter((dispatch) => dispatch.segment === name),
      clock,
      budgetMs / names.length,
    );
    droppedSpans += found.dropped;
    segments.push({ name, ms: found.ms });
  }
  return { how: timer.how, segments, droppedSpans };
}

async function timeSegment(
  timer: Timer,
  dispatches: readonly Dispatch[],
  clock: Clock,
  budgetMs: number,
): Promise<{ ms: number; dropped: number }> {
  const began = clock();
  let repeats = 1;
  let dropped = 0;
  let best = Number.NaN;
  for (;;) {
    const spanMs = await timer.span(dispatches, repeats);
    if (spanMs > 0) best = spanMs / repeats;
    else dropped++;
    if (spanMs >= wantedSpanMs) return { ms: best, dropped };
    // too short for the timer, whatever it said
    if (repeats >= mostRepeats || clock() - began > budgetMs) return { ms: Number.NaN, dropped };
    repeats = Math.min(mostRepeats, repeats * Math.max(2, Math.ceil(spanMs > 0 ? (1.2 * wantedSpanMs) / spanMs : 8)));
  }
}

function encodeRepeats(
  device: GPUDevice,
  dispatches: readonly Dispatch[],
  repeats: number,
  timestampWrites?: GPUComputePassTimestampWrites,
): GPUCommandEncoder {
  const encoder = device.createCommandEncoder({ label: 'profile' });
  const pass = encoder.beginComputePass({ label: 'profile', ...(timestampWrites && { timestampWrites }) });
  for (let repeat = 0; repeat < repeats; repeat++) encode(pass, dispatches);
  pass.end();
  return encoder;
}

function timestampTimer(arena: Arena): Timer {
  const { device } = arena;
  return {
    how: 'timestamps',
    async span(dispatches, repeats) {
      const querySet = device.createQuerySet({ label: 'profile', type: 'timestamp', count: 2 });
      const resolved = arena.create('timestamps', 16, GPUBufferUsage.QUERY_RESOLVE | GPUBufferUsage.COPY_SRC);
      const staging = arena.create('timestamps staging', 16, GPUBufferUsage.MAP_READ | GPUBufferUsage.COPY_DST);
      try {
        const encoder = encodeRepeats(device, dispatches, repeats, { querySet, beginningOfPassWriteIndex: 0, endOfPassWriteIndex: 1 });
        encoder.resolveQuerySet(querySet, 0, 2, resolved, 0);
        encoder.copyBufferToBuffer(resolved, 0, staging, 0, 16);
        device.queue.submit([encoder.finish()]);
        await mapped(device, staging);
        const [begin = 0n, end = 0n] = new BigUint64Array(staging.getMappedRange().slice(0));
        return Number(end - begin) / 1e6;
      } finally {
        querySet.destroy();
        arena.free(resolved);
        arena.free(staging);
      }
    },
  };
}

function wallTimer({ device }: Arena, clock: Clock): Timer {
  return {
    how: 'apart',
    async span(dispatches, repeats) {
      const before = clock();
      await workDone(device);
      const floorMs = clock() - before;
      const encoder = encodeRepeats(device, dispatches, repeats);
      const began = clock();
      device.queue.submit([encoder.finish()]);
      await workDone(device);
      return clock() - began - floorMs;
    },
  };
}
