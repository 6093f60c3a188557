/** Results in words: what was measured, what it came to, why two are not compared, and in what places differ. Pure. */
import { msg, str } from '@lit/localize';
import type { Brief } from '../../session/results/brief.ts';
import type { Incomparable } from '../../session/results/comparable.ts';
import type { Difference, EnvironmentKey, EnvironmentValue } from '../../session/results/differences.ts';
import type { Distribution } from '../../session/results/distribution.ts';
import type { CrossoverFigures, Figures } from '../../session/results/figures.ts';
import { datasetNames } from '../../session/settings.ts';
import { duration, integer, interval, significant } from '../../ui/format.ts';
import { datasetName } from '../../ui/words.ts';

/** A, B, … Z, AA, AB, … */
export function letterOf(at: number): string {
  const last = String.fromCharCode(65 + (at % 26));
  return at < 26 ? last : `${letterOf(Math.floor(at / 26) - 1)}${last}`;
}

function setName(set: string): string {
  const known = datasetNames.find((name) => name === set);
  return known ? datasetName(known) : set;
}

export function kindName(kind: Brief['kind']): string {
  const names = { race: msg('Race'), sweep: msg('Sweep'), bench: msg('Benchmark'), train: msg('Training') };
  return names[kind];
}

/** `Race · Cats, m = 209`. */
export function subject({ kind, set, m, count }: Brief): string {
  const name = kindName(kind);
  if (kind === 'bench') return count === 1 ? msg(str`${name} · 1 workload`) : msg(str`${name} · ${integer(count)} workloads`);
  const data = setName(set ?? '');
  return kind === 'sweep' ? msg(str`${name} · ${data}, m up to ${integer(m ?? 0)}`) : msg(str`${name} · ${data}, m = ${integer(m ?? 0)}`);
}

/** A summary in place of a brief. */
export function summarySubject({ deciding, works }: Figures): string {
  return msg(str`${kindName(deciding.kind)} · summary, ${integer(works.length)} timed`);
}

export function machineName(machine: string): string {
  return machine === '' ? msg('unnamed machine') : machine;
}

type Ratio = Pick<NonNullable<Figures['score']>, 'ratio' | 'ci95'>;

export interface RatioWords {
  readonly winner: 'gpu' | 'cpu' | null;
  readonly figure: string;
  readonly interval: string;
}

/** Above 1 in the winner's favour; an interval that holds 1 claims nothing. */
export function ratioWords({ ratio, ci95: [low, high] }: Ratio): RatioWords {
  if (low <= 1 && high >= 1) {
    const shown = interval(ratio, low, high);
    return { winner: null, figure: msg('no measurable difference'), interval: `${shown.low} – ${shown.high}` };
  }
  const winner = ratio > 1 ? 'gpu' : 'cpu';
  const shown = winner === 'gpu' ? interval(ratio, low, high) : interval(1 / ratio, 1 / high, 1 / low);
  return { winner, figure: `${shown.value}×`, interval: `${shown.low} – ${shown.high}` };
}

export function crossoverWords({ m, ci95: [low, high] }: CrossoverFigures): string {
  const size = (value: number): string => integer(Number(value.toPrecision(3)));
  return high === null ? msg(str`m* = ${size(m)} (from ${size(low)} on)`) : msg(str`m* = ${size(m)} (${size(low)} – ${size(high)})`);
}

/** What a line of the list says of a result beside what it is of. */
export function headlineWords({ ratio, crossover, timed }: Brief): string {
  if (crossover) return crossoverWords(crossover);
  if (timed === false) return msg('not timed');
  if (!ratio) return msg('times, no speed-up');
  const { winner, figure } = ratioWords(ratio);
  if (winner === null) return figure;
  return winner === 'gpu' ? msg(str`${figure} faster on the GPU`) : msg(str`${figure} faster on the CPU`);
}

function quoted(text: string): string {
  return text.length > 90 ? `${text.slice(0, 90)}…` : text;
}

export function reasonWords(reason: Incomparable): string {
  const [one, other] = [quoted(reason.one), quoted(reason.other)];
  switch (reason.why) {
    case 'kind':
      return msg(str`it is of another kind: ${other}, and not ${one}`);
    case 'schema':
      return msg(str`its file is of another version: ${other}, and not ${one}`);
    case 'precision':
      return msg(str`it was computed in another precision: ${other}, and not ${one}`);
    case 'seed':
      return msg(str`it has another seed: ${other}, and not ${one}`);
    case 'files':
      return msg(str`the files differ: they share name and shape, and hold other numbers (checksum ${other}, and not ${one})`);
    case 'workload':
      if (reason.setting === null) return msg(str`its workloads are others: ${other}, and not ${one}`);
      return msg(str`the work is another: ${reason.setting} is ${other}, and not ${one}`);
  }
}

export function environmentName(key: EnvironmentKey): string {
  const names: Record<EnvironmentKey, string> = {
    adapter: msg('GPU'),
    software: msg('software GPU'),
    browser: msg('browser'),
    host: msg('host'),
    platform: msg('platform'),
    logicalCores: msg('logical cores'),
    crossOriginIsolated: msg('cross-origin isolated'),
    simd: msg('WASM SIMD'),
    relaxedSimd: msg('WASM relaxed SIMD'),
    threads: msg('WASM threads'),
    clockResolutionMs: msg('timer resolution'),
    readBackFloorMs: msg('read-back floor'),
    build: msg('version of Downhill'),
    editedKernels: msg('edited kernels'),
  };
  return names[key];
}

export function environmentText(key: EnvironmentKey, value: EnvironmentValue): string {
  if (value === null) return key === 'readBackFloorMs' ? msg('not measured') : msg('none');
  if (typeof value === 'boolean') return value ? msg('yes') : msg('no');
  if (typeof value === 'number') return key === 'clockResolutionMs' || key === 'readBackFloorMs' ? duration(value) : integer(value);
  return value === '' ? msg('not told') : value;
}

/** Values with the letters of those that have them, the most frequent first. */
export function valuesWords({ key, values }: Difference): readonly { readonly text: string; readonly at: readonly number[] }[] {
  const groups = new Map<string, number[]>();
  values.forEach((value, at) => {
    const text = environmentText(key, value);
    groups.set(text, [...(groups.get(text) ?? []), at]);
  });
  return [...groups].map(([text, at]) => ({ text, at })).sort((a, b) => b.at.length - a.at.length);
}

/** Of the m* of many sweeps. */
export function crossoverSpreadWords({ count, median, quartiles, least, most }: Distribution): string {
  const [low, high] = quartiles;
  const size = (m: number): string => integer(Number(m.toPrecision(3)));
  return msg(
    str`${integer(count)} results with an m*: the middle one is ${size(median)}, half of them lie between ${size(low)} and ${size(high)}, all between ${size(least)} and ${size(most)}.`,
  );
}

const times = (ratio: number): string => `${significant(ratio, 2)}×`;

export function distributionSentences(found: Distribution, softwareCount: number): readonly string[] {
  const { count, least, most, median, quartiles, gpuFaster, cpuFaster, even } = found;
  const [low, high] = quartiles;
  return [
    msg(
      str`${integer(count)} results: the middle one is ${times(median)}, half of them lie between ${times(low)} and ${times(high)}, all between ${times(least)} and ${times(most)}.`,
    ),
    msg(
      str`The GPU is faster on ${integer(gpuFaster)}, the CPU on ${integer(cpuFaster)}, and on ${integer(even)} there is no measurable difference.`,
    ),
    ...(softwareCount > 0
      ? [msg(str`${integer(softwareCount)} of them have a software GPU: those say nothing about graphics hardware.`)]
      : []),
  ];
}
