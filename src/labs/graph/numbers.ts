/** Numbers as the graph shows them: short enough for a box, with a true minus. Pure. */
import { scientific } from '../../ui/format.ts';

/** Four significant digits, of large numbers a tenth, as short as they can be said. */
export function shown(value: number): string {
  if (!Number.isFinite(value)) return '–';
  if (value !== 0 && (Math.abs(value) < 1e-4 || Math.abs(value) >= 1e7)) return scientific(value, 3);
  return String(Number(Math.abs(value) < 1000 ? value.toPrecision(4) : value.toFixed(1))).replace('-', '−');
}

/** As many digits as it takes to see a change of this size. */
export function resolved(value: number, change: number): string {
  if (!Number.isFinite(value)) return '–';
  if (Math.abs(value) >= 1e9) return scientific(value, 6);
  const size = Math.abs(change);
  const decimals = size > 0 && Number.isFinite(size) ? Math.min(12, Math.max(0, Math.ceil(-Math.log10(size)) + 2)) : 4;
  return String(Number(value.toFixed(decimals))).replace('-', '−');
}

/** Terms of a sum: `3 + 12 − 1`. */
export function summed(terms: readonly number[]): string {
  return terms.map((term, index) => (index === 0 ? shown(term) : term < 0 ? `− ${shown(-term)}` : `+ ${shown(term)}`)).join(' ');
}

/** A factor in a product: negative ones in parentheses. */
export function factor(value: number): string {
  return value < 0 ? `(${shown(value)})` : shown(value);
}

/** How far arrow keys move a value: a tenth, or of large values as much as can be seen. */
export function stride(value: number): number {
  return Math.max(0.1, 10 ** (Math.floor(Math.log10(Math.max(1, Math.abs(value)))) - 1));
}

/** On a grid of the stride, so that 0.1 + 0.2 is 0.3. */
export function moved(value: number, by: number): number {
  return Number((value + by).toPrecision(12));
}
