/** Bytes of an example as pixels: a channel by itself, the whole picture, and its column x drawn as a strip. */
import { entryOf, pixelOf } from '../../../session/inside/neuron.ts';
import type { ImageShape, Picture } from '../../../session/protocol.ts';

/** A canvas that is drawn from; never on the page. */
export function rasterOf(width: number, height: number, pixels: Uint8ClampedArray<ArrayBuffer>): OffscreenCanvas {
  const canvas = new OffscreenCanvas(width, height);
  canvas.getContext('2d')?.putImageData(new ImageData(pixels, width, height), 0, 0);
  return canvas;
}

/** Red, green and blue of one pixel, 0 … 255; a grey one has the same thrice. */
export function colorAt(raw: ArrayLike<number>, start: number, pixel: number, channels: 1 | 3): readonly [number, number, number] {
  const at = start + pixel * channels;
  const first = raw[at] ?? 0;
  return channels === 1 ? [first, first, first] : [first, raw[at + 1] ?? 0, raw[at + 2] ?? 0];
}

/** One example as a picture for `<picture-canvas>`. @param start of the example among the bytes */
export function wholePicture(raw: ArrayLike<number>, start: number, { width, height, channels }: ImageShape, label: string): Picture {
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) pixels.set([...colorAt(raw, start, pixel, channels), 255], 4 * pixel);
  return { label, width, height, pixels };
}

/** One channel in its own colour; the only one in grey. */
export function channelRaster(raw: ArrayLike<number>, image: ImageShape, channel: number): OffscreenCanvas {
  const { width, height, channels } = image;
  const pixels = new Uint8ClampedArray(4 * width * height);
  for (let pixel = 0; pixel < width * height; pixel++) {
    const value = raw[pixel * channels + channel] ?? 0;
    for (let part = 0; part < 3; part++) pixels[4 * pixel + part] = channels === 1 || part === channel ? value : 0;
    pixels[4 * pixel + 3] = 255;
  }
  return rasterOf(width, height, pixels);
}

/** The column that an example is, one pixel wide: each line has the colour of the pixel that lies there. */
export function stripRaster(raw: ArrayLike<number>, start: number, image: ImageShape): OffscreenCanvas {
  const { width, height, channels } = image;
  const count = width * height;
  const lines = Math.min(count, 1024);
  const pixels = new Uint8ClampedArray(4 * lines);
  for (let line = 0; line < lines; line++) {
    pixels.set([...colorAt(raw, start, Math.floor((line * count) / lines), channels), 255], 4 * line);
  }
  return rasterOf(1, lines, pixels);
}

/** Entry k moved by so many columns and rows of the picture, held within it; the channel stays. */
export function movedEntry(k: number, columns: number, rows: number, image: ImageShape): number {
  const { row, column, channel } = pixelOf(k, image);
  const within = (value: number, size: number): number => Math.min(size - 1, Math.max(0, value));
  return entryOf({ row: within(row + rows, image.height), column: within(column + columns, image.width), channel }, image);
}
