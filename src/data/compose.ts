/**
 * Composes the pictures of Cats: one sprite, placed, scaled, turned, mirrored, with its hue turned, over a random
 * background. Example i depends on (seed, i) alone. The few real numbers on the way use only + − × ÷ and √, which
 * IEEE 754 rounds alike everywhere: the same bits in Node and in every browser. Pixels are the business of `raster.ts`.
 */
import { hash, streams } from '../math/rng.ts';
import { drawGround, drawSprite, pictureSide, type Colouring, type Ground, type Placement, type SpriteSheet } from './raster.ts';

/** Drawings to compose from: `count` of them, of which the first `cats` are cats. */
export interface Sprites extends SpriteSheet {
  readonly count: number;
  readonly cats: number;
}

/** A word of its own for each choice, so that adding a choice never shifts another. */
const choices = {
  label: 0,
  sprite: 1,
  turn: 2,
  size: 3,
  left: 4,
  top: 5,
  mirror: 6,
  hue: 7,
  hueHalf: 8,
  light: 9,
  ground: 10,
  colourA: 11,
  colourB: 12,
  slope: 13,
  grain: 14,
} as const;
const wordsPerExample = 16;

/** How many of a hundred pictures hold a cat, on average. */
const catPercent = 45;

/** The choices of one example. */
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

  sign(choice: keyof typeof choices): 1 | -1 {
    return this.word(choice) >>> 31 === 1 ? -1 : 1;
  }
}

/**
 * Draws example `index` and returns its label.
 * @param index below 2²⁸
 * @param out `pictureBytes` bytes
 * @returns 1 for a cat, else 0
 */
export function composeExample(sprites: Sprites, seed: number, index: number, out: Uint8Array): 0 | 1 {
  const draw = new Draw(seed, index);
  const label = draw.below('label', 100) < catPercent ? 1 : 0;
  const sprite = label === 1 ? draw.below('sprite', sprites.cats) : sprites.cats + draw.below('sprite', sprites.count - sprites.cats);
  drawGround(ground(draw), out);
  drawSprite(sprites, sprite, placement(draw, sprites.side), colouring(draw), out);
  return label;
}

/** Flat, a gradient or grain, a third each. */
function ground(draw: Draw): Ground {
  const kind = draw.below('ground', 3);
  const slope = draw.word('slope');
  return {
    a: draw.word('colourA'),
    b: draw.word('colourB'),
    // At most ± 512 a pixel: the mix stays within 0 … 65536 over the 64 pixels of a picture.
    right: kind === 1 ? (slope & 1023) - 512 : 0,
    down: kind === 1 ? ((slope >>> 10) & 1023) - 512 : 0,
    grainSeed: kind === 2 ? draw.word('grain') : null,
  };
}

function placement(draw: Draw, side: number): Placement {
  // With t = tan(θ/2), cos θ and sin θ are fractions in t: no sine, which engines round differently. About ± 10°.
  const t = draw.between('turn', -0.09, 0.09);
  const cos = (1 - t * t) / (1 + t * t);
  const sin = (2 * t) / (1 + t * t);
  const step = side / (pictureSide * draw.between('size', 0.8, 1));
  const mirror = draw.sign('mirror');
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

/** A turn of the hue by any angle about the grey axis, times a light. */
function colouring(draw: Draw): Colouring {
  const t = draw.between('hue', -1, 1);
  const half = draw.sign('hueHalf');
  const cos = (half * (1 - t * t)) / (1 + t * t);
  const sin = (half * 2 * t) / (1 + t * t);
  const light = draw.between('light', 0.5, 0.9) * 1024;
  const same = light * (cos + (1 - cos) / 3);
  const next = light * ((1 - cos) / 3 - sin / Math.sqrt(3));
  const last = light * ((1 - cos) / 3 + sin / Math.sqrt(3));
  return Int32Array.of(same, next, last, last, same, next, next, last, same);
}
