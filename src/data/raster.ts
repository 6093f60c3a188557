/**
 * Puts pixels on the pictures of Cats: backgrounds and sprites, in whole numbers only, so that every engine draws the
 * same bits. What is drawn where is decided in `compose.ts`.
 */

/** Width and height of a picture. */
export const pictureSide = 64;
/** Features of a picture: red, green, blue of each pixel, row by row. */
export const pictureBytes = pictureSide * pictureSide * 3;

/**
 * Drawings, `side` × `side` each, one word a pixel: red in the lowest byte, then green, blue and coverage; colours are
 * premultiplied by coverage, so that sampling between pixels makes no dark or bright seams.
 */
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

/** a · b of two shares in 1/255, rounded. */
function times(a: number, b: number): number {
  return ((a * b + 127) / 255) | 0;
}

/** Fills the picture with a background. Levels stay below 96 of 255, so that drawings stand out whatever their hue. */
export function drawGround({ a, b, right, down, grainSeed }: Ground, out: Uint8Array): void {
  const level = (colour: number, c: number): number => ((colour >>> (8 * c)) & 255) * 96;
  const [red, green, blue] = [level(a, 0), level(a, 1), level(a, 2)] as const;
  const [toRed, toGreen, toBlue] = [level(b, 0) - red, level(b, 1) - green, level(b, 2) - blue] as const;
  const half = pictureSide / 2;
  for (let y = 0, at = 0; y < pictureSide; y++) {
    for (let x = 0; x < pictureSide; x++, at += 3) {
      const mixed =
        grainSeed === null ? (32768 + right * (x - half) + down * (y - half)) >> 8 : scramble(grainSeed + y * pictureSide + x) & 255;
      out[at] = (red + ((toRed * mixed) >> 8)) >> 8;
      out[at + 1] = (green + ((toGreen * mixed) >> 8)) >> 8;
      out[at + 2] = (blue + ((toBlue * mixed) >> 8)) >> 8;
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
