/** A speed-up in words and numbers: who is faster, by how much, and how sure that is. Pure. */
import { msg, str } from '@lit/localize';
import type { EndToEnd, LaneReport, SegmentName, SpeedUp } from '../../session/protocol.ts';
import { integer, interval } from '../../ui/format.ts';
import { laneName } from '../../ui/words.ts';
import { segmentName } from './names.ts';

export interface Headline {
  readonly winner: 'gpu' | 'cpu' | null;
  /** `14.2×`, or words where no number is claimed. */
  readonly figure: string;
  readonly words: string;
  /** Figure and words as a sentence. */
  readonly sentence: string;
}

/** A ratio with its interval, of whatever times. */
type Ratio = Pick<SpeedUp, 'ratio' | 'low' | 'high' | 'verdict'>;

/** Above 1 in the winner's favour, whichever it is. */
function favour({ ratio, low, high, verdict }: Ratio): { value: number; low: number; high: number } {
  return verdict === 'cpu' ? { value: 1 / ratio, low: 1 / high, high: 1 / low } : { value: ratio, low, high };
}

export function headline(speedUp: Ratio): Headline {
  switch (speedUp.verdict) {
    case 'gpu':
    case 'cpu': {
      const { value, low, high } = favour(speedUp);
      const figure = `${interval(value, low, high).value}×`;
      const words = speedUp.verdict === 'gpu' ? msg('faster on the GPU') : msg('faster on the CPU');
      return { winner: speedUp.verdict, figure, words, sentence: `${figure} ${words}.` };
    }
    case 'no-difference':
      return { winner: null, figure: msg('No measurable difference'), words: '', sentence: msg('No measurable difference.') };
    case 'below-resolution':
      return { winner: null, figure: msg('Below timer resolution'), words: '', sentence: msg('Below timer resolution.') };
  }
}

/** `95 % CI 13.8 – 14.7 · n = 40 interleaved blocks · 25 steps a block`. */
export function certainty(speedUp: SpeedUp): string {
  const { value, low, high } = favour(speedUp);
  const shown = interval(value, low, high);
  const blocks = msg(str`n = ${integer(speedUp.blocks)} interleaved blocks`);
  const steps = speedUp.stepsPerBlock === 1 ? msg('1 step a block') : msg(str`${integer(speedUp.stepsPerBlock)} steps a block`);
  const hidden =
    speedUp.hiddenBlocks > 0 ? ` · ${msg(str`${integer(speedUp.hiddenBlocks)} blocks discarded while the tab was hidden`)}` : '';
  const range = speedUp.verdict === 'below-resolution' ? '' : `${msg(str`95 % CI ${shown.low} – ${shown.high}`)} · `;
  return `${range}${blocks} · ${steps}${hidden}`;
}

/** A part of a lane's step that has no time of its own. */
export function unresolvedText({ lane }: Pick<LaneReport, 'lane'>, name: SegmentName): string {
  return msg(str`${laneName(lane)}, ${segmentName(name)}: below timer resolution`);
}

/** Spans of the timer that were left out; null when there was none. */
export function droppedSpansText(count: number): string | null {
  if (count === 0) return null;
  return count === 1
    ? msg('1 span of the timer was zero or negative and is left out.')
    : msg(str`${integer(count)} spans of the timer were zero or negative and are left out.`);
}

/** `95 % CI 13.8 – 14.7 · 2,000 steps, with upload and read-back`. */
export function wholeRunText({ steps, ratio }: EndToEnd): string {
  const what = steps === 1 ? msg('1 step, with upload and read-back') : msg(str`${integer(steps)} steps, with upload and read-back`);
  if (!ratio) return what;
  const { value, low, high } = favour(ratio);
  const shown = interval(value, low, high);
  return `${msg(str`95 % CI ${shown.low} – ${shown.high}`)} · ${what}`;
}
