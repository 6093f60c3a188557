/** Numbers as people read them: digits follow what is known, units follow the size. Pure; knows no element. */
import { msg } from '@lit/localize';

const superscripts: Readonly<Record<string, string>> = {
  '-': '⁻',
  '0': '⁰',
  '1': '¹',
  '2': '²',
  '3': '³',
  '4': '⁴',
  '5': '⁵',
  '6': '⁶',
  '7': '⁷',
  '8': '⁸',
  '9': '⁹',
};
const grouped = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });

/** 12288 → `12,288`. */
export function integer(value: number): string {
  return Number.isFinite(value) ? grouped.format(Math.round(value)) : '–';
}

/** 3.1e-6 → `3.1 × 10⁻⁶`; zero stays `0`. */
export function scientific(value: number, digits = 2): string {
  if (value === 0) return '0';
  if (!Number.isFinite(value)) return Number.isNaN(value) ? msg('not a number') : value > 0 ? '∞' : '−∞';
  const [mantissa = '0', exponent = '0'] = value.toExponential(digits - 1).split('e');
  const raised = [...exponent.replace('+', '')].map((c) => superscripts[c] ?? c).join('');
  return `${minus(mantissa)} × 10${raised}`;
}

function minus(text: string): string {
  return text.replace('-', '−');
}

/** Three significant digits (or as many as asked), without an exponent as long as that reads well. */
export function significant(value: number, digits = 3): string {
  if (!Number.isFinite(value)) return scientific(value);
  if (value === 0) return '0';
  const size = Math.abs(value);
  if (size < 1e-4 || size >= 1e9) return scientific(value, digits);
  if (size >= 10 ** digits) return minus(integer(value));
  return minus(value.toPrecision(digits).includes('e') ? String(Number(value.toPrecision(digits))) : value.toPrecision(digits));
}

/** As short as it can be said without loss at 6 digits: settings such as α = 0.005. */
export function plain(value: number): string {
  if (value !== 0 && (Math.abs(value) < 1e-5 || Math.abs(value) >= 1e7)) return scientific(value);
  return minus(String(Number(value.toPrecision(6))));
}

/** A setting as it stands in a field: what one reads there can be typed again. */
export function editable(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** Digits after the point that an interval this wide supports. */
export function decimalsFor(width: number, most = 3): number {
  if (!Number.isFinite(width) || width <= 0) return most;
  return Math.max(0, Math.min(most, Math.ceil(-Math.log10(width))));
}

export interface Interval {
  readonly value: string;
  readonly low: string;
  readonly high: string;
}

/** A value and its interval with the same number of digits, as many as the interval supports; below ten, one at least. */
export function interval(value: number, low: number, high: number): Interval {
  const decimals = Math.max(decimalsFor(high - low), value < 9.95 ? 1 : 0);
  const show = (x: number): string => (decimals === 0 ? integer(x) : x.toFixed(decimals));
  return { value: show(value), low: show(low), high: show(high) };
}

/**
 * A value and its interval with as many digits as the interval bears: one beyond its own first, two to four; never with an
 * exponent, so that values of one column can be compared by their looks.
 */
export function borne(value: number, low: number, high: number): Interval {
  const width = (high - low) / Math.abs(value);
  const digits = width > 0 ? Math.min(4, Math.max(2, Math.ceil(-Math.log10(width)) + 1)) : 4;
  const decimals = Math.min(12, Math.max(0, digits - 1 - Math.floor(Math.log10(Math.abs(value)))));
  const show = (x: number): string => (decimals === 0 ? integer(x) : x.toFixed(decimals));
  return { value: show(value), low: show(low), high: show(high) };
}

/** Time with a unit of its own size, three digits: `1.34 ms`, `12.3 µs`, `2.40 s`. */
export function duration(ms: number): string {
  if (!Number.isFinite(ms)) return '–';
  if (ms === 0) return '0 ms';
  if (ms < 1e-3) return `${significant(ms * 1e6)} ns`;
  if (ms < 0.9995) return `${significant(ms * 1e3)} µs`;
  if (ms < 999.5) return `${significant(ms)} ms`;
  if (ms < 119_500) return `${significant(ms / 1e3)} s`;
  return `${significant(ms / 60_000, 2)} min`;
}

/** One unit for times that stand side by side: milliseconds, or microseconds when all are shorter than one. */
export function durationBeside(ms: number, longestMs: number): string {
  if (longestMs < 0.9995 || ms >= 10_000 || ms < 1e-3) return duration(ms);
  return `${significant(ms)} ms`;
}

/** A time still to wait: whole seconds, then minutes. */
export function roughly(seconds: number): string {
  if (seconds < 90) return `${Math.max(1, Math.round(seconds))} s`;
  if (seconds < 5400) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** Decimal units: 2,568,192 → `2.6 MB`. */
export function bytes(count: number): string {
  const units = ['B', 'kB', 'MB', 'GB', 'TB'] as const;
  let value = count;
  let unit = 0;
  while (value >= 999.5 && unit < units.length - 1) {
    value /= 1000;
    unit++;
  }
  const text = unit === 0 || value >= 99.5 ? integer(value) : significant(value, 2);
  return `${text} ${units[unit] ?? 'B'}`;
}

/** A share with digits that `count` examples can support: one of 50 moves it by 2 %. */
export function percent(share: number, count = Number.POSITIVE_INFINITY): string {
  if (!Number.isFinite(share)) return '–';
  const decimals = count < 30 ? 0 : 1;
  return `${minus((share * 100).toFixed(decimals))} %`;
}

/** ŷ under a picture: `.97`, `1.0`, `.03`. */
export function probability(value: number): string {
  const text = value.toFixed(2);
  return text.startsWith('0.') ? text.slice(1) : value >= 0.995 ? '1.0' : text;
}

/** A rate per second: `746`, `53`, `0.42`, `12.3 k`. */
export function rate(perSecond: number): string {
  if (!Number.isFinite(perSecond)) return '–';
  if (perSecond >= 1e6) return `${significant(perSecond / 1e6)} M`;
  if (perSecond >= 99_950) return `${significant(perSecond / 1e3)} k`;
  return perSecond >= 100 ? integer(perSecond) : significant(perSecond, 2);
}

/** A change as `+3 %` or `−12 %`. */
export function signedPercent(change: number): string {
  return `${change < 0 ? '−' : '+'}${Math.round(Math.abs(change) * 100)} %`;
}
