/** A benchmark in words and numbers: lanes, what they are doing, who is faster and how sure that is. Pure. */
import { msg, str } from '@lit/localize';
import type { BenchProgress } from '../../session/bench/client.ts';
import type { BenchReport, LaneResult, LawResult, RatioResult } from '../../session/bench/report.ts';
import type { SuiteName } from '../../session/bench/workload.ts';
import { duration, integer, interval, roughly } from '../format.ts';
import { arithmeticText, bandwidthText } from '../share-text.ts';
import { secondsLeft, type BenchState } from './bench-run.ts';

export function laneKind(engine: string): 'gpu' | 'cpu' {
  return engine.endsWith('gpu') ? 'gpu' : 'cpu';
}

function cpuWords(engine: string): string {
  const names: Readonly<Record<string, string>> = { wasm: 'WASM SIMD', 'wasm-threads': msg('WASM threads'), reference: 'TypeScript' };
  return names[engine] ?? engine;
}

export function laneWords(engine: string): string {
  return laneKind(engine) === 'gpu' ? 'GPU' : `CPU, ${cpuWords(engine)}`;
}

export function suiteWords(name: SuiteName | 'own'): string {
  const names = { quick: msg('quick'), standard: msg('standard'), own: msg('own choice') };
  return names[name];
}

/** @param chosen how many workloads, and whether the law is measured after them */
export function suiteMeaning(
  name: SuiteName | 'own',
  { count, law }: { readonly count: number; readonly law: boolean },
  seconds: number,
): string {
  const time = roughly(seconds);
  const many = integer(count);
  switch (name) {
    case 'quick':
      return msg(str`${many} workloads that show the range, about ${time}.`);
    case 'standard':
      return msg(str`All ${many} workloads, large ones too, about ${time}.`);
    case 'own':
      if (count === 0) return law ? msg(str`The law alone, about ${time}.`) : msg('No workload is chosen.');
      return count === 1 ? msg(str`1 workload, about ${time}.`) : msg(str`${many} workloads, about ${time}.`);
  }
}

export function doingWords({ lane, doing }: BenchProgress): string {
  const name = laneWords(lane);
  switch (doing) {
    case 'ceilings':
      return msg('measuring what this machine reaches at the most');
    case 'input':
      return msg('making the data');
    case 'prepare':
      return msg(str`${name} is preparing and answers`);
    case 'warm-up':
      return msg(str`${name} is warming up`);
    case 'measure':
      return msg(str`measuring ${name}`);
  }
}

/** For a screen reader too: changes when a workload begins, not with every lane. */
export function standingWords({ phase, progress, workloads, law, report, error }: BenchState): string {
  const finished = integer(report?.workloads.length ?? 0);
  const all = integer(workloads.length);
  switch (phase) {
    case 'choosing':
      return '';
    case 'resting':
      return msg('The race comes to rest first.');
    case 'running':
      if (progress?.m !== undefined) return msg(str`The law t = fixed + slope · m, at m = ${integer(progress.m)}`);
      return progress?.workload
        ? msg(str`Workload ${integer(progress.index + 1)} of ${all}: ${progress.workload}`)
        : msg('Opening the engines.');
    case 'done':
      if (law && workloads.length === 0) return msg('The law is measured.');
      if (law)
        return workloads.length === 1
          ? msg('The workload and the law are measured.')
          : msg(str`All ${all} workloads and the law are measured.`);
      return workloads.length === 1 ? msg('The workload is measured.') : msg(str`All ${all} workloads are measured.`);
    case 'stopped':
      return report
        ? msg(str`Stopped after ${finished} of ${all} workloads: what was finished is kept.`)
        : msg('Stopped before a workload was finished: there is nothing to keep.');
    case 'failed':
      return `${msg(str`It failed after ${finished} of ${all} workloads; what was finished is kept.`)} (${error ?? ''})`;
  }
}

export function leftWords(state: BenchState, nowMs: number): string {
  const seconds = secondsLeft(state, nowMs);
  return seconds < 1.5 ? msg('almost done') : msg(str`about ${roughly(seconds)} left`);
}

/** Why a lane has no time; a lane that failed in words of its own is quoted. */
export function reasonWords({ reason, error }: Pick<LaneResult, 'reason' | 'error'>): string {
  if (reason === undefined) return error ?? '';
  switch (reason) {
    case 'no-adapter':
      return msg('There is no WebGPU adapter here.');
    case 'not-isolated':
      return msg('Threads need shared memory, and this page is not cross-origin isolated.');
    case 'no-such-lane':
      return msg('There is no such lane here.');
    case 'no-such-kernel':
      return msg('It has no such kernel on its own.');
    case 'below-resolution':
      return msg('below timer resolution');
    case 'one-block':
      return msg('Only one block counts: the tab was hidden, or the lane failed.');
    case 'not-run':
      return msg('It did not run.');
  }
}

/** What a plan is called; a single kernel and a library's way have names of their own. */
export function planWords(plan: string): string {
  const names: Readonly<Record<string, string>> = {
    layered: msg('layered'),
    'two-pass': msg('two-pass'),
    'one-pass': msg('one-pass'),
    tiny: msg('tiny'),
    reference: 'TypeScript',
    plain: 'TypeScript',
    'wasm-one-pass': msg('one-pass'),
    'wasm-layered': msg('block by block'),
    'wasm-matmul': msg('matrix multiply'),
    'wasm-sigmoid': msg('sigmoid'),
  };
  return names[plan] ?? plan;
}

/** What a lane reaches beside what its processor reaches at the most, and what a run costs with its upload and read-back. */
export function laneDetail(lane: LaneResult, endToEndSteps: number): string {
  const { gigabytesPerSecond, gigaflopsPerSecond, shareOfCopy, shareOfFma, endToEndMs } = lane;
  const parts = [
    ...(gigabytesPerSecond === null ? [] : [bandwidthText(gigabytesPerSecond, shareOfCopy)]),
    ...(gigaflopsPerSecond === null ? [] : [arithmeticText(gigaflopsPerSecond, shareOfFma)]),
    ...(endToEndMs === null ? [] : [msg(str`${integer(endToEndSteps)} steps with upload and read-back: ${duration(endToEndMs)}`)]),
  ];
  return parts.join(' · ');
}

/** `t = 51.2 µs + 12.5 ns · m`. */
export function lawWords({ fixedMs, msPerExample }: Pick<LawResult, 'fixedMs' | 'msPerExample'>): string {
  return `t = ${duration(fixedMs)} + ${duration(msPerExample)} · m`;
}

/** `+1.5 %`: how far a time lies from its law. */
export function offTheLine(deviation: number): string {
  return `${deviation < 0 ? '−' : '+'}${Math.abs(100 * deviation).toFixed(1)} %`;
}

export interface RatioWords {
  readonly winner: 'gpu' | 'cpu' | null;
  /** `12.3×`, or words where no number is claimed. */
  readonly figure: string;
  readonly words: string;
  /** The interval, as a sentence's end. */
  readonly sure: string;
}

type Ratio = Pick<RatioResult, 'ratio' | 'ci95'>;

/** Above 1 in the winner's favour, whichever it is; an interval that holds 1 claims nothing. */
function ratioWords({ ratio, ci95: [low, high] }: Ratio): RatioWords {
  if (low <= 1 && high >= 1) {
    const { low: from, high: to } = interval(ratio, low, high);
    return { winner: null, figure: msg('no measurable difference'), words: '', sure: msg(str`95 % CI ${from} – ${to}`) };
  }
  const winner = ratio > 1 ? 'gpu' : 'cpu';
  const shown = winner === 'gpu' ? interval(ratio, low, high) : interval(1 / ratio, 1 / high, 1 / low);
  const words = winner === 'gpu' ? msg('faster on the GPU') : msg('faster on the CPU');
  return { winner, figure: `${shown.value}×`, words, sure: msg(str`95 % CI ${shown.low} – ${shown.high}`) };
}

/** The speed-up of one workload, of the GPU and the fastest lane of the CPU; which that is belongs to it. */
export function speedUpWords(speedup: RatioResult): RatioWords {
  const found = ratioWords(speedup);
  const lane = cpuWords(speedup.against);
  const words = { gpu: msg(str`faster on the GPU than with ${lane}`), cpu: msg(str`faster on the CPU, with ${lane}`) };
  return { ...found, words: found.winner ? words[found.winner] : '' };
}

/** The score; `count`: speed-ups in it. Null where there is none. */
export function scoreWords({ score, workloads }: BenchReport): RatioWords | null {
  if (!score) return null;
  const count = workloads.filter(({ speedup }) => speedup !== null).length;
  const found = ratioWords(score);
  const of = count === 1 ? msg('the speed-up of 1 workload') : msg(str`geometric mean of ${integer(count)} speed-ups`);
  return { ...found, sure: `${of} · ${found.sure}` };
}
