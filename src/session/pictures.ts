/** Examples and weights as RGBA pictures, ready for a canvas. Which ones are shown is `insight.ts`'s. */
import type { FeatureMatrix, ImageShape } from '../data/dataset.ts';
import type { Picture } from './protocol.ts';

/** One example's raw values, 0 … 255, as a picture. */
export function examplePicture(label: string, x: FeatureMatrix, example: number, image: ImageShape): Picture {
  const { width, height, channels } = image;
  const pixels = new Uint8ClampedArray(width * height * 4);
  const start = example * x.n;
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[pixel * 4 + channel] = x.values[start + pixel * channels + (channels === 3 ? channel : 0)] ?? 0;
    }
    pixels[pixel * 4 + 3] = 255;
  }
  return { label, width, height, pixels };
}

/**
 * Weights of one unit, drawn as the picture that they multiply: grey is 0, brighter is positive, darker negative, each
 * channel by itself; the largest |w| reaches the end of the scale.
 */
export function weightPicture(label: string, weights: ArrayLike<number>, start: number, image: ImageShape): Picture {
  const { width, height, channels } = image;
  const count = width * height * channels;
  let largest = 0;
  for (let i = 0; i < count; i++) largest = Math.max(largest, Math.abs(weights[start + i] ?? 0));
  const gain = largest > 0 ? 127 / largest : 0;
  const pixels = new Uint8ClampedArray(width * height * 4);
  for (let pixel = 0; pixel < width * height; pixel++) {
    for (let channel = 0; channel < 3; channel++) {
      pixels[pixel * 4 + channel] = 128 + gain * (weights[start + pixel * channels + (channels === 3 ? channel : 0)] ?? 0);
    }
    pixels[pixel * 4 + 3] = 255;
  }
  return { label, width, height, pixels };
}
