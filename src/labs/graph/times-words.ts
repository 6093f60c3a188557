/** What the timing found, lane by lane and in a sentence: times, ratios to the loop, and why a lane has none. Pure. */
import { msg, str } from '@lit/localize';
import type { LaneResult } from '../../session/bench/report.ts';
import type { MachineReport } from '../../session/protocol.ts';
import { reasonWords } from '../../ui/benchmark/words.ts';
import { durationBeside, significant } from '../../ui/format.ts';
import { absenceSentence } from '../../ui/words.ts';

export interface LaneTime {
  readonly kind: 'cpu' | 'gpu';
  readonly name: string;
  /** With its unit; empty where there is none. */
  readonly time: string;
  readonly ratio: string;
  /** Of the longest time, for a bar; null where there is no time. */
  readonly share: number | null;
  /** Why there is no time; null where there is one. */
  readonly why: string | null;
  readonly isWrong: boolean;
}

function laneTitle(engine: string): string {
  const names: Readonly<Record<string, string>> = {
    reference: msg('Loop, plain TypeScript'),
    wasm: msg('Vectorised, WASM SIMD'),
    gpu: msg('Vectorised, GPU'),
  };
  return names[engine] ?? engine;
}

const medianOf = ({ msPerStep }: LaneResult): number | null => msPerStep?.median ?? null;

export function laneTimes(lanes: readonly LaneResult[], gpu: MachineReport['gpu'] | null): readonly LaneTime[] {
  const longest = Math.max(0, ...lanes.map((lane) => medianOf(lane) ?? 0));
  const loop = lanes.find(({ engine }) => engine === 'reference');
  return lanes.map((lane): LaneTime => {
    const ms = medianOf(lane);
    const absent = lane.engine === 'gpu' && gpu && gpu.absent !== null ? absenceSentence(gpu.absent) : reasonWords(lane);
    return {
      kind: lane.engine === 'gpu' ? 'gpu' : 'cpu',
      name: laneTitle(lane.engine),
      time: ms === null ? '' : durationBeside(ms, longest),
      ratio: ratioWords(lane, loop),
      share: ms === null || longest === 0 ? null : ms / longest,
      why: ms === null ? absent : null,
      isWrong: lane.checked?.ok === false,
    };
  });
}

/** Ratios whose intervals touch are no difference. */
function ratioWords(lane: LaneResult, loop: LaneResult | undefined): string {
  const [own, other] = [lane.msPerStep, loop?.msPerStep];
  if (!own || !other) return '';
  if (lane === loop) return msg('one example after the other');
  if (own.ci95[0] <= other.ci95[1] && other.ci95[0] <= own.ci95[1]) return msg('no measurable difference from the loop');
  const ratio = other.median / own.median;
  return ratio > 1 ? msg(str`${significant(ratio)}× as fast as the loop`) : msg(str`takes ${significant(1 / ratio)}× as long as the loop`);
}

export function timesSentence(lanes: readonly LaneResult[]): string {
  const timed = lanes.filter((lane) => lane.msPerStep !== null);
  const fastest = timed.toSorted((a, b) => (medianOf(a) ?? 0) - (medianOf(b) ?? 0))[0];
  if (!fastest) return msg('None of them could be timed.');
  const name = laneTitle(fastest.engine);
  return fastest.engine === 'reference'
    ? msg(str`Fastest: ${name}. With so few examples, starting the others costs more than they save; try a larger m.`)
    : msg(str`Fastest: ${name}. The answers of all that have a time agree with float64.`);
}
