/** Why a lane has no time: a code, for which the page has words in its reader's language, and the words that files carry. */

const words = {
  'no-adapter': 'there is no WebGPU adapter here',
  'not-isolated': 'threads need shared memory, and the page is not cross-origin isolated',
  'no-such-lane': 'this host has no such lane',
  'no-such-kernel': 'it has no such kernel on its own',
  'below-resolution': 'below timer resolution',
  'one-block': 'one block only: the tab was hidden, or the lane failed',
  'not-run': 'did not run',
} as const;

export type LaneReason = keyof typeof words;

export const laneReasons = Object.keys(words) as readonly LaneReason[];

/** As a lane's result tells it; without a reason where a lane failed in words of its own. */
export interface WhyNoTime {
  readonly error: string;
  readonly reason?: LaneReason;
}

export function noTime(reason: LaneReason): WhyNoTime {
  return { error: words[reason], reason };
}

/** What a lane throws that cannot compute a workload for one of these reasons. */
export class NoTimeError extends Error {
  override readonly name = 'NoTimeError';
  readonly reason: LaneReason;

  constructor(reason: LaneReason) {
    super(words[reason]);
    this.reason = reason;
  }
}

export function whyNoTime(thrown: unknown): WhyNoTime {
  if (thrown instanceof NoTimeError) return noTime(thrown.reason);
  return { error: thrown instanceof Error ? thrown.message : String(thrown) };
}
