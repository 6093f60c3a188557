/**
 * Why is the GPU as fast as it is? The verdict on a lane from what was measured of it, as a code and the numbers behind it.
 * Pure: who measures is `background.ts`, the sentence is the page's.
 */
import type { Rates, Verdict } from './protocol.ts';
import type { Shares } from './shares.ts';

/** What was measured of the GPU's lane. */
export interface VerdictTerms {
  /** A program on the CPU acts as the GPU. */
  readonly software: boolean;
  /** A step in the steady state, ms, and how many of them share an await. */
  readonly stepMs: number;
  readonly stepsPerBlock: number;
  /** An empty submission, awaited, ms. */
  readonly readBackFloorMs: number;
  /** What a step costs whatever m is, ms; null where it was not measured. */
  readonly fixedMs: number | null;
  readonly dispatchesPerStep: number;
  readonly bytesPerStep: number;
  readonly flopsPerStep: number;
  readonly examples: number;
  readonly shares: Shares;
  readonly gpu: Rates | null;
  readonly cpu: Rates | null;
}

/** From this share of a step on, one term is what decides. */
const dominant = 0.5;
/** So near a ceiling nothing much can be gained: copies and multiply-adds are measured in the best of cases. */
const nearCopy = 0.6;
const nearFma = 0.5;
/** More than memory gives: the data come from a cache. */
const beyondCopy = 1.05;
/** A step that the ceilings would allow in less than this cannot fill a graphics card. */
const smallStepMs = 0.05;

/** @returns null while what is known decides nothing */
export function verdictOf(terms: VerdictTerms): Verdict | null {
  const { software, gpu, cpu } = terms;
  if (software) {
    return {
      kind: 'software',
      gpuGigaflopsPerSecond: gpu?.fmaGigaflopsPerSecond ?? null,
      cpuGigaflopsPerSecond: cpu?.fmaGigaflopsPerSecond ?? null,
    };
  }
  return waiting(terms) ?? nearCeiling(terms) ?? far(terms);
}

/** Time in which nothing is computed. */
function waiting({ stepMs, stepsPerBlock, readBackFloorMs, fixedMs, dispatchesPerStep }: VerdictTerms): Verdict | null {
  const readBackShare = Math.min(1, readBackFloorMs / (stepMs * stepsPerBlock));
  const fixedShare = fixedMs === null ? 0 : Math.min(1, fixedMs / stepMs);
  if (Math.max(readBackShare, fixedShare) < dominant) return null;
  if (readBackShare >= fixedShare) return { kind: 'read-back', share: readBackShare, floorMs: readBackFloorMs, stepsPerBlock };
  return { kind: 'fixed-cost', share: fixedShare, fixedMs: fixedMs ?? 0, dispatchesPerStep };
}

function nearCeiling({ shares: { shareOfCopy, shareOfFma } }: VerdictTerms): Verdict | null {
  const [copy, fma] = [shareOfCopy ?? 0, shareOfFma ?? 0];
  if (fma >= nearFma && fma / nearFma >= copy / nearCopy) return { kind: 'arithmetic', share: fma };
  if (copy > beyondCopy) return { kind: 'cache', share: copy };
  return copy >= nearCopy ? { kind: 'memory', share: copy } : null;
}

function far({ shares, gpu, stepMs, bytesPerStep, flopsPerStep, examples }: VerdictTerms): Verdict | null {
  const { shareOfCopy, shareOfFma } = shares;
  if (!gpu || shareOfCopy === null || shareOfFma === null) return null;
  const possibleMs = Math.max(bytesPerStep / gpu.copyGigabytesPerSecond, flopsPerStep / gpu.fmaGigaflopsPerSecond) / 1e6;
  if (possibleMs < smallStepMs) return { kind: 'small-step', possibleMs, stepMs, examples };
  return { kind: 'kernel', shareOfCopy, shareOfFma };
}

/**
 * What a step costs whatever m is, from the times at two m: the line through both, at m = 0.
 * @returns ms, from 0 to the larger step's time; null when the two m are the same
 */
export function fixedCost(large: { readonly m: number; readonly ms: number }, small: typeof large): number | null {
  if (large.m === small.m) return null;
  const slope = (large.ms - small.ms) / (large.m - small.m);
  return Math.min(large.ms, Math.max(0, large.ms - slope * large.m));
}
