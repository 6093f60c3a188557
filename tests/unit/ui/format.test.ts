/** Numbers as people read them. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import {
  bytes,
  decimalsFor,
  duration,
  durationBeside,
  editable,
  integer,
  interval,
  percent,
  plain,
  probability,
  rate,
  roughly,
  scientific,
  significant,
} from '../../../src/ui/format.ts';

describe('scientific', () => {
  it('writes powers of ten as one would by hand', () => {
    expect(scientific(3.1e-6)).toBe('3.1 × 10⁻⁶');
    expect(scientific(-2.54e12, 3)).toBe('−2.54 × 10¹²');
    expect(scientific(0)).toBe('0');
  });
  it('names what is not finite', () => {
    expect(scientific(Number.NaN)).toBe('not a number');
    expect(scientific(Number.POSITIVE_INFINITY)).toBe('∞');
  });
});

describe('interval', () => {
  it('shows as many digits as the interval supports', () => {
    expect(interval(14.23, 13.81, 14.72)).toEqual({ value: '14.2', low: '13.8', high: '14.7' });
    expect(interval(14.234, 14.21, 14.25)).toEqual({ value: '14.23', low: '14.21', high: '14.25' });
    expect(interval(142.3, 120, 160)).toEqual({ value: '142', low: '120', high: '160' });
  });
  it('keeps one digit below ten, so that an interval above 1 does not read as 1', () => {
    expect(interval(2.1, 1.3, 4.2).low).toBe('1.3');
  });
  it('never shows an end on the wrong side of the value', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-3, max: 1e4, noNaN: true }), fc.double({ min: 0, max: 1, noNaN: true }), (value, spread) => {
        const shown = interval(value, value * (1 - spread / 2), value * (1 + spread));
        const [low, middle, high] = [shown.low, shown.value, shown.high].map((text) => Number(text.replaceAll(',', '')));
        return (low ?? 0) <= (middle ?? 0) && (middle ?? 0) <= (high ?? 0);
      }),
    );
  });
  it('bounds the digits', () => {
    expect(decimalsFor(0)).toBe(3);
    expect(decimalsFor(1e-9)).toBe(3);
    expect(decimalsFor(1e9)).toBe(0);
  });
});

describe('units', () => {
  it('gives times the unit of their size', () => {
    expect(duration(1.344)).toBe('1.34 ms');
    expect(duration(0.01234)).toBe('12.3 µs');
    expect(duration(0.9996)).toBe('1.00 ms');
    expect(duration(2400)).toBe('2.40 s');
    expect(duration(0)).toBe('0 ms');
    expect(duration(3e-5)).toBe('30.0 ns');
    expect(duration(600_000)).toBe('10 min');
  });
  it('gives times that stand side by side one unit', () => {
    expect(durationBeside(0.9, 4.6)).toBe('0.900 ms');
    expect(durationBeside(0.5, 0.8)).toBe('500 µs');
  });
  it('counts bytes in decimal units', () => {
    expect(bytes(2_568_192)).toBe('2.6 MB');
    expect(bytes(151_000_000)).toBe('151 MB');
    expect(bytes(999)).toBe('999 B');
    expect(bytes(999_999)).toBe('1.0 MB');
  });
  it('says rates and waits shortly', () => {
    expect(rate(746.2)).toBe('746');
    expect(rate(53.4)).toBe('53');
    expect(rate(0.42)).toBe('0.42');
    expect(rate(2_500_000)).toBe('2.50 M');
    expect(roughly(40.4)).toBe('40 s');
    expect(roughly(180)).toBe('3 min');
  });
});

describe('plain numbers', () => {
  it('groups thousands', () => expect(integer(12288)).toBe('12,288'));
  it('keeps settings as they were typed', () => {
    expect(plain(0.005)).toBe('0.005');
    expect(plain(1e-7)).toBe('1.0 × 10⁻⁷');
    expect(editable(1e-7)).toBe('1e-7');
  });
  it('shows shares with the digits that the count supports', () => {
    expect(percent(0.84, 200)).toBe('84.0 %');
    expect(percent(0.84, 20)).toBe('84 %');
  });
  it('shortens probabilities', () => {
    expect(probability(0.97)).toBe('.97');
    expect(probability(0.999)).toBe('1.0');
    expect(probability(0.001)).toBe('.00');
  });
  it('never loses more than the digits asked for', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-4, max: 900, noNaN: true }),
        (value) => Math.abs(Number(significant(value)) - value) <= 0.006 * value,
      ),
    );
  });
});
