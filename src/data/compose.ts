/**
 * Composes the pictures of Cats: one sprite, placed, scaled, rotated, mirrored, with its hue turned, over a random
 * background. Example i depends on (seed, i) alone. Every pixel comes from whole numbers, and the few real numbers on
 * the way use only + − × ÷ and √, which IEEE 754 rounds alike everywhere: the same bits in Node and in every browser.
 */
import { hash, streams } from '../math/rng.ts';

/** Width and height of a picture. */
export const pictureSide = 64;
/** Features of a picture: red, green, blue of each pixel, row by row. */
export const pictureBytes = pictureSide * pictureSide * 3;

/** Drawings to compose from: `count` of them, premultiplied RGBA, `side` × `side`; the first `cats` are cats. */
export interface Sprites {
  readonly count: number;
  readonly cats: number;
  readonly side: number;
  readonly pixels: Uint8Array;
}

/** Draws one word for each named choice, so that adding a choice never shifts another. */
const choices = { label: 0, sprite: 1, turn: 2, size: 3, left: 4, top: 5, mirror: 6, hue: 7, hueHalf: 8, light: 9, ground: 10, colourA: 11, colourB: 12, slope: 13, grain: 14 } as const;
const wordsPerExample = 16;

/** A share of 2³² below which a label word means a cat. */
const catShare = 0.45;

class Draw {
  readonly #seed: number;
  readonly #base: number;

  constructor(seed: number, index: number) {
    this.#seed = seed;
    this.#base = index * wordsPerExample;
  }

  word(choice: keyof typeof choices): number {
    return hash(this.#seed, streams.compose, this.#base + choices[choice]);
  }

  /** Uniform in [from, to). */
  between(choice: keyof typeof choices, from: number, to: number): number {
    return from + (this.word(choice) / 4294967296) * (to - from);
  }

  below(choice: keyof typeof choices, below: number): number {
    return Math.floor((this.word(choice) / 4294967296) * below);
  }
}

/** Multiplies colour by coverage, so that sampling between pixels makes no dark or bright seams. In place. */
export function premultiply(rgba: Uint8Array): Uint8Array {
  for (let at = 0; at < rgba.length; at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    if (alpha === 255) continue;
    for (let c = at; c < at + 3; c++) rgba[c] = (((rgba[c] ?? 0) * alpha + 127) / 255) | 0;
  }
  return rgba;
}

/**
 * Draws example `index` and returns its label.
 * @param out `pictureBytes` bytes
 * @returns 1 for a cat, else 0
 */
export function composeExample(sprites: Sprites, seed: number, index: number, out: Uint8Array): 0 | 1 {
  const draw = new Draw(seed, index);
  const label = draw.word('label') < catShare * 4294967296 ? 1 : 0;
  const sprite = label === 1 ? draw.below('sprite', sprites.cats) : sprites.cats + draw.below('sprite', sprites.count - sprites.cats);
  drawGround(draw, out);
  drawSprite(sprites, sprite, placement(draw, sprites.side), colouring(draw), out);
  return label;
}

/** Flat, a gradient or grain, each between two dim colours, so that drawings stand out whatever their hue. */
function drawGround(draw: Draw, out: Uint8Array): void {
  const kind = draw.below('ground', 3);
  const a = draw.word('colourA');
  const b = draw.word('colourB');
  // Direction of the gradient: steps of the mix, in 1/65536, for each pixel to the right and downwards.
  const right = kind === 1 ? (draw.word('slope') & 1023) - 512 : 0;
  const down = kind === 1 ? ((draw.word('slope') >>> 10) & 1023) - 512 : 0;
  const grain = kind === 2 ? 255 : 0;
  const grainSeed = draw.word('grain');
  for (let y = 0, at = 0; y < pictureSide; y++) {
    for (let x = 0; x < pictureSide; x++) {
      const noise = grain === 0 ? 0 : (scramble(grainSeed + y * pictureSide + x) & 255) << 8;
      const mix = noise + (kind === 1 ? 32768 + right * (x - 32) + down * (y - 32) : 0);
      for (let c = 0; c < 3; c++, at++) {
        const from = (a >>> (8 * c)) & 255;
        const to = (b >>> (8 * c)) & 255;
        out[at] = (dimmest * 256 + (((from << 8) + (((to - from) * mix) >> 8)) * dimRange >> 8)) >> 8;
      }
    }
  }
}

/** Backgrounds lie between these levels of 255. */
const dimmest = 0;
const dimRange = 96;

/** A cheap 32-bit mix for grain, where quality hardly matters. */
function scramble(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** From picture to sprite: u = u0 + ux · x + uy · y and v alike, in 1/65536 of a sprite's pixel. */
interface Placement {
  readonly u0: number;
  readonly ux: number;
  readonly uy: number;
  readonly v0: number;
  readonly vx: number;
  readonly vy: number;
}

function placement(draw: Draw, side: number): Placement {
  // With t = tan(θ/2), cos θ and sin θ are fractions in t: no sine, which engines round differently.
  const t = draw.between('turn', -0.09, 0.09);
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const size = pictureSide * draw.between('size', 0.8, 1.0);
  const step = side / size;
  const mirror = (draw.word('mirror') & 1) === 1 ? -1 : 1;
  const centreX = pictureSide / 2 + draw.between('left', -3, 3);
  const centreY = pictureSide / 2 + draw.between('top', -3, 3);
  const ux = cos * step * mirror;
  const uy = sin * step * mirror;
  const vx = -sin * step;
  const vy = cos * step;
  // Half a pixel: the middle of the picture's pixel (x, y) is at (x + ½, y + ½), and so in the sprite.
  const u0 = side / 2 - 0.5 + ux * (0.5 - centreX) + uy * (0.5 - centreY);
  const v0 = side / 2 - 0.5 + vx * (0.5 - centreX) + vy * (0.5 - centreY);
  const fixed = (value: number): number => Math.round(value * 65536);
  return { u0: fixed(u0), ux: fixed(ux), uy: fixed(uy), v0: fixed(v0), vx: fixed(vx), vy: fixed(vy) };
}

/** A turn of the hue by a random angle about the grey axis, times a light; nine factors in 1/1024, row by row. */
type Colouring = Int32Array;

function colouring(draw: Draw): Colouring {
  const t = draw.between('hue', -1, 1);
  const half = (draw.word('hueHalf') & 1) === 1 ? -1 : 1;
  const cos = (half * (1 - t * t)) / (1 + t * t);
  const sin = (half * 2 * t) / (1 + t * t);
  const light = draw.between('light', 0.5, 0.9) * 1024;
  const same = light * (cos + (1 - cos) / 3);
  const next = light * ((1 - cos) / 3 - sin / Math.sqrt(3));
  const last = light * ((1 - cos) / 3 + sin / Math.sqrt(3));
  return Int32Array.of(same, next, last, last, same, next, next, last, same);
}

function drawSprite(sprites: Sprites, sprite: number, at: Placement, colour: Colouring, out: Uint8Array): void {
  const { side, pixels } = sprites;
  const base = sprite * side * side * 4;
  const rowBytes = side * 4;
  const sample = new Int32Array(4);
  for (let y = 0; y < pictureSide; y++) {
    let u = at.u0 + at.uy * y;
    let v = at.v0 + at.vy * y;
    for (let x = 0; x < pictureSide; x++, u += at.ux, v += at.vx) {
      const column = u >> 16;
      const row = v >> 16;
      if (column < 0 || row < 0 || column >= side - 1 || row >= side - 1) continue;
      bilinear(pixels, base + row * rowBytes + column * 4, rowBytes, (u >> 8) & 255, (v >> 8) & 255, sample);
      if (sample[3] !== 0) blend(sample, colour, out, (y * pictureSide + x) * 3);
    }
  }
}

/** The four pixels around a point, weighted by nearness (right, down in 1/256), into `sample`: RGBA, 0 … 255. */
function bilinear(pixels: Uint8Array, at: number, rowBytes: number, right: number, down: number, sample: Int32Array): void {
  for (let c = 0; c < 4; c++) {
    const top = (pixels[at + c] ?? 0) * (256 - right) + (pixels[at + 4 + c] ?? 0) * right;
    const bottom = (pixels[at + rowBytes + c] ?? 0) * (256 - right) + (pixels[at + rowBytes + 4 + c] ?? 0) * right;
    sample[c] = (top * (256 - down) + bottom * down) >> 16;
  }
}

/** Lays a premultiplied sample with its hue turned over the picture's pixel at `at`. */
function blend(sample: Int32Array, colour: Colouring, out: Uint8Array, at: number): void {
  const r = sample[0] ?? 0;
  const g = sample[1] ?? 0;
  const b = sample[2] ?? 0;
  const alpha = sample[3] ?? 0;
  for (let c = 0; c < 3; c++) {
    const turned = ((colour[3 * c] ?? 0) * r + (colour[3 * c + 1] ?? 0) * g + (colour[3 * c + 2] ?? 0) * b) >> 10;
    const inside = turned < 0 ? 0 : turned > alpha ? alpha : turned;
    out[at + c] = inside + (((out[at + c] ?? 0) * (255 - alpha) + 127) / 255 | 0);
  }
}
