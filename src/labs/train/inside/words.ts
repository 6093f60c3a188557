/** Words and digits of the panel: names of channels, where an entry of x lies, numbers written out. Pure. */
import { msg, str } from '@lit/localize';
import { entryOf, pixelOf, sigmoid } from '../../../session/inside/neuron.ts';
import type { InsideNeuron, InsidePicture } from '../../../session/inside/protocol.ts';
import type { ImageShape } from '../../../session/protocol.ts';
import { integer, significant } from '../../../ui/format.ts';

export function channelNames({ channels }: ImageShape): readonly string[] {
  return channels === 1 ? [msg('grey')] : [msg('red'), msg('green'), msg('blue')];
}

/** `64 · 64 · 3 = 12,288`. */
export function countWords({ width, height, channels }: ImageShape): string {
  return `${height} · ${width} · ${channels} = ${integer(width * height * channels)}`;
}

/** Where entry k of x comes from, in short. */
export function shortEntry(k: number, image: ImageShape): string {
  const { row, column, channel } = pixelOf(k, image);
  return `${integer(k)}: ${channelNames(image)[channel] ?? ''} (${row}, ${column})`;
}

/** Where entry k of x comes from. */
export function entryWords(k: number, image: ImageShape): string {
  const { row, column, channel } = pixelOf(k, image);
  return msg(str`entry ${integer(k)}: ${channelNames(image)[channel] ?? ''} of row ${row}, column ${column}`);
}

/** Value of an entry of x, by its byte. */
export function xAt({ scale, shift }: InsidePicture, k: number, raw: number): number {
  return (scale[k] ?? 0) * raw + (shift[k] ?? 0);
}

/** All that is to be said about the pixel that holds entry k. */
export function pixelWords(picture: InsidePicture, k: number): string {
  const { image, raw } = picture;
  const { row, column } = pixelOf(k, image);
  const names = channelNames(image);
  const entries = names.map((_, channel) => entryOf({ row, column, channel }, image));
  const values = names.map((name, channel) => `${name} ${raw[entries[channel] ?? 0] ?? 0}`).join(', ');
  const xs = entries.map((at) => significant(xAt(picture, at, raw[at] ?? 0))).join(', ');
  const [first = 0, last] = [entries[0], entries.at(-1)];
  return last === undefined || last === first
    ? msg(str`Row ${row}, column ${column}: ${values}. It is entry ${integer(first)} of x: ${xs}.`)
    : msg(str`Row ${row}, column ${column}: ${values}. They are entries ${integer(first)} to ${integer(last)} of x: ${xs}.`);
}

/** How a byte becomes an entry of x. */
export function scalingWords({ scale, shift }: InsidePicture): string {
  const same = (values: ArrayLike<number>): boolean => Array.prototype.every.call(values, (value) => value === values[0]);
  const first = scale[0] ?? 1;
  if (!same(scale) || !same(shift)) {
    return msg('Each entry is shifted by the mean of its pixel over the training examples and divided by its deviation.');
  }
  if (first === 1 && shift[0] === 0) return msg('The bytes are x as they are, 0 … 255.');
  return msg(str`Each byte is divided by ${significant(1 / first)}, so that x lies between 0 and 1.`);
}

/** What y says of an example. */
export function labelOf(y: number, classNames: readonly string[]): string {
  return classNames[y] ?? String(y);
}

/** Every digit that counts, without an exponent: 162,755 and 0.00000614. For values ≥ 0. */
export function writtenOut(value: number): string {
  if (value === 0 || !Number.isFinite(value)) return significant(value);
  if (value >= 1000) return integer(value);
  if (value >= 1) return value.toPrecision(4);
  return value.toFixed(Math.min(100, 2 - Math.floor(Math.log10(value))));
}

/** σ(z) with so many digits that it can be told from 0 and from 1. */
export function sigmoidText(z: number): string {
  const value = sigmoid(z);
  if (z <= 0) return writtenOut(value);
  return value.toFixed(Math.min(16, 2 - Math.floor(Math.log10(sigmoid(-z)))));
}

/** What a unit is called. */
export function unitName({ of, unit }: Pick<InsideNeuron, 'of' | 'unit'>, classNames: readonly string[]): string {
  switch (of) {
    case 'output':
      return msg('the output');
    case 'class':
      return msg(str`class ${classNames[unit] ?? unit}`);
    case 'hidden-unit':
      return msg(str`unit ${integer(unit + 1)} of the first hidden layer`);
  }
}

/** Why z is no probability, by where it lies. */
export function noProbabilityWords(z: number): string {
  if (z > 1) {
    return msg(
      str`Without σ, ŷ would be ${significant(z)}, above 1: nothing is ${integer(100 * z)} % likely. And for an example with y = 0, L would need log(1 − ŷ), the logarithm of a negative number.`,
    );
  }
  if (z < 0) {
    return msg(
      str`Without σ, ŷ would be ${significant(z)}, below 0: nothing happens less often than never. And for an example with y = 1, L would need log ŷ, the logarithm of a negative number.`,
    );
  }
  return msg('This z happens to lie between 0 and 1, but nothing keeps it there. Drag z, or let the race run on.');
}

/** What the slope of σ comes to at the ends. */
export function limitWords(z: number): string {
  if (z >= 5) return msg('z is large: e^−z has nearly gone, 1 is divided by nearly 1, and σ(z) → 1.');
  if (z <= -5) return msg('z is far below 0: e^−z is huge, 1 is divided by it, and σ(z) → 0.');
  return msg('Near 0 σ is steepest: σ(0) = ½. Drag z far to either side to see σ(z) → 1 and → 0.');
}
