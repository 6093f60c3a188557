/** Numbers of the Scale lab as people read them: laws, scores, gains, ticks. Pure. */
import { msg, str } from '@lit/localize';
import type { Scored, SweepLaw } from '../../session/sweep/protocol.ts';
import { integer, percent, plain, significant } from '../../ui/format.ts';

/** The share `share` of the values lies below; NaN without any. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  const at = share * (sorted.length - 1);
  const [below = Number.NaN, above = below] = [sorted[Math.floor(at)], sorted[Math.ceil(at)]];
  return below + (above - below) * (at - Math.floor(at));
}

/** `0.31 ms`, `0.20 µs`, `42 ns`: two digits in the unit that suits. */
export function shortTime(ms: number): string {
  const size = Math.abs(ms);
  if (size === 0) return msg('0 ms');
  if (size >= 1000) return `${significant(ms / 1000, 2)} s`;
  if (size >= 0.1) return `${significant(ms, 2)} ms`;
  return size >= 1e-4 ? `${significant(ms * 1000, 2)} µs` : `${significant(ms * 1e6, 2)} ns`;
}

/** A time on an axis: as few digits as it has. */
export function tickTime(ms: number): string {
  if (ms >= 1000) return `${plain(ms / 1000)} s`;
  if (ms >= 0.1) return `${plain(ms)} ms`;
  return ms >= 1e-4 ? `${plain(ms * 1000)} µs` : `${plain(ms * 1e6)} ns`;
}

/** `0.31 ms + 0.20 µs · m`; a part that is nothing is left out. */
export function lawText({ fixedMs, msPerExample }: SweepLaw): string {
  const slope = msg(str`${shortTime(msPerExample)} · m`);
  if (msPerExample <= 0) return shortTime(fixedMs);
  return fixedMs <= 0 ? slope : `${shortTime(fixedMs)} + ${slope}`;
}

/** A score: `87.3 %`, or `0.71` for R². */
export function scoreText(score: number, scored: Scored): string {
  return scored === 'accuracy' ? percent(score) : score.toFixed(2).replace('-', '−');
}

/** A difference of scores: `+11.8 pt`, or `+0.12`. */
export function gainText(gain: number, scored: Scored): string {
  const digits = scored === 'accuracy' ? (100 * Math.abs(gain)).toFixed(1) : Math.abs(gain).toFixed(2);
  const sign = Number(digits) === 0 ? '±' : gain < 0 ? '−' : '+';
  return scored === 'accuracy' ? msg(str`${sign}${digits} pt`) : `${sign}${digits}`;
}

/** Ticks of a score: whole percents unless they lie close together. */
export function tickScore(scored: Scored): (value: number) => string {
  return scored === 'accuracy' ? (value) => `${plain(Number((100 * value).toPrecision(6)))} %` : (value) => plain(value);
}

/** `1,310 – 1,560`; open above where nothing bounds it. */
export function sizeInterval([low, high]: readonly [number, number]): string {
  return Number.isFinite(high) ? `${roundSize(low)} – ${roundSize(high)}` : msg(str`from ${roundSize(low)} on`);
}

/** An m that was computed and not counted: three digits. */
export function roundSize(m: number): string {
  return integer(Number(m.toPrecision(3)));
}

/** `a, b and c`. */
export function listed(names: readonly string[]): string {
  const last = names.at(-1) ?? '';
  return names.length < 2 ? last : msg(str`${names.slice(0, -1).join(', ')} and ${last}`);
}

/** A lane's problem that is a wrong answer. */
export function isWrong(problem: string | null): boolean {
  return problem?.startsWith('WRONG') ?? false;
}
