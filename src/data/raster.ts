/**
 * Puts pixels on the pictures of Cats: backgrounds and sprites, in whole numbers only, so that every engine draws the
 * same bits. What is drawn where is decided in `compose.ts`.
 */

/** Width and height of a picture. */
export const pictureSide = 64;
/** Features of a picture: red, green, blue of each pixel, row by row. */
export const pictureBytes = pictureSide * pictureSide * 3;

/** Drawings, `side` × `side` each, one word a pixel: premultiplied red in the lowest byte, then green, blue, coverage. */
export interface SpriteSheet {
  readonly side: number;
  readonly pixels: Uint32Array;
}

/** From picture to sprite: u = u0 + ux · x + uy · y and v alike, in 1/65536 of a sprite's pixel. */
export interface Placement {
  readonly u0: number;
  readonly ux: number;
  readonly uy: number;
  readonly v0: number;
  readonly vx: number;
  readonly vy: number;
}

/** What becomes of red, green and blue: nine factors in 1/1024, row by row. */
export type Colouring = Int32Array;

/** A background between colours `a` and `b` (a byte each for red, green, blue from the lowest). */
export interface Ground {
  readonly a: number;
  readonly b: number;
  /** How far the mix of a and b moves for a pixel to the right and downwards, in 1/65536; 0 and 0 is flat. */
  readonly right: number;
  readonly down: number;
  /** Seed of grain that mixes a and b at each pixel, or null for none. */
  readonly grainSeed: number | null;
}

/** Multiplies colour by coverage, so that sampling between pixels makes no dark or bright seams, and packs it in words. */
export function packSprites(rgba: Uint8Array): Uint32Array {
  const words = new Uint32Array(rgba.length / 4);
  for (let i = 0, at = 0; i < words.length; i++, at += 4) {
    const alpha = rgba[at + 3] ?? 0;
    if (alpha === 0) continue;
    if (alpha === 255) {
      words[i] = ((rgba[at] ?? 0) | ((rgba[at + 1] ?? 0) << 8) | ((rgba[at + 2] ?? 0) << 16) | (255 << 24)) >>> 0;
      continue;
    }
    words[i] =
      (times(rgba[at] ?? 0, alpha) | (times(rgba[at + 1] ?? 0, alpha) << 8) | (times(rgba[at + 2] ?? 0, alpha) << 16) | (alpha << 24)) >>>
      0;
  }
  return words;
}

/** a · b of two shares in 1/255, rounded. */
function times(a: number, b: number): number {
  return ((a * b + 127) / 255) | 0;
}

/** Fills the picture with a background. Levels stay below 96 of 255, so that drawings stand out whatever their hue. */
export function drawGround({ a, b, right, down, grainSeed }: Ground, out: Uint8Array): void {
  const grey = (colour: number, c: number): number => ((colour >>> (8 * c)) & 255) * 96;
  const from = [grey(a, 0), grey(a, 1), grey(a, 2)] as const;
  const step = [grey(b, 0) - from[0], grey(b, 1) - from[1], grey(b, 2) - from[2]] as const;
  const half = pictureSide / 2;
  for (let y = 0, at = 0; y < pictureSide; y++) {
    for (let x = 0; x < pictureSide; x++, at += 3) {
      const place =
        grainSeed === null ? 32768 + right * (x - half) + down * (y - half) : (scramble(grainSeed + y * pictureSide + x) & 255) << 8;
      const mix = place >> 8;
      out[at] = (from[0] + ((step[0] * mix) >> 8)) >> 8;
      out[at + 1] = (from[1] + ((step[1] * mix) >> 8)) >> 8;
      out[at + 2] = (from[2] + ((step[2] * mix) >> 8)) >> 8;
    }
  }
}

/** A cheap 32-bit mix for grain, where quality hardly matters. */
function scramble(word: number): number {
  let x = Math.imul(word ^ (word >>> 16), 0x45d9f3b);
  x = Math.imul(x ^ (x >>> 16), 0x45d9f3b);
  return (x ^ (x >>> 16)) >>> 0;
}

/** Draws one sprite of the sheet over the picture, sampled between its pixels and recoloured. */
export function drawSprite({ side, pixels }: SpriteSheet, sprite: number, place: Placement, colouring: Colouring, out: Uint8Array): void {
  const base = sprite * side * side;
  for (let y = 0; y < pictureSide; y++) {
    let u = place.u0 + place.uy * y;
    let v = place.v0 + place.vy * y;
    for (let x = 0; x < pictureSide; x++, u += place.ux, v += place.vx) {
      const column = u >> 16;
      const row = v >> 16;
      if (column < 0 || row < 0 || column >= side - 1 || row >= side - 1) continue;
      const at = base + row * side + column;
      const topLeft = pixels[at] ?? 0;
      const topRight = pixels[at + 1] ?? 0;
      const bottomLeft = pixels[at + side] ?? 0;
      const bottomRight = pixels[at + side + 1] ?? 0;
      let word = topLeft;
      // Inside a flat area there is nothing to mix; that is most of a drawing.
      if (topLeft !== topRight || topLeft !== bottomLeft || topLeft !== bottomRight) {
        const right = (u >> 8) & 255;
        word = mix(mix(topLeft, topRight, right), mix(bottomLeft, bottomRight, right), (v >> 8) & 255);
      }
      if (word !== 0) blend(word, colouring, out, (y * pictureSide + x) * 3);
    }
  }
}

/** Two words mixed byte by byte, two bytes at a time: `share` of 256 of the second. */
function mix(first: number, second: number, share: number): number {
  const rest = 256 - share;
  const even = (Math.imul(first & 0xff00ff, rest) + Math.imul(second & 0xff00ff, share)) >>> 8;
  const odd = Math.imul((first >>> 8) & 0xff00ff, rest) + Math.imul((second >>> 8) & 0xff00ff, share);
  return ((even & 0xff00ff) | (odd & 0xff00ff00)) >>> 0;
}

/** Lays a premultiplied word, recoloured, over the picture's pixel at `at`. */
function blend(word: number, colouring: Colouring, out: Uint8Array, at: number): void {
  const red = word & 255;
  const green = (word >>> 8) & 255;
  const blue = (word >>> 16) & 255;
  const alpha = word >>> 24;
  for (let c = 0; c < 3; c++) {
    const turned = ((colouring[3 * c] ?? 0) * red + (colouring[3 * c + 1] ?? 0) * green + (colouring[3 * c + 2] ?? 0) * blue) >> 10;
    const inside = turned < 0 ? 0 : turned > alpha ? alpha : turned;
    out[at + c] = alpha === 255 ? inside : inside + times(out[at + c] ?? 0, 255 - alpha);
  }
}
