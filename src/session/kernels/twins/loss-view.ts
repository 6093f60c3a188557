/**
 * Twin, in float64, of `shaders/loss-view.wgsl`: what its two pairs of shaders draw, pixel by pixel. A triangle covers the
 * pixels whose centres lie in it; what belongs to a place is found there with perspective; the nearest is seen.
 */

/** As the uniform of the shader has it. */
export interface Panel {
  /** (w, b, J, 1) to clip space, column by column. */
  readonly matrix: ArrayLike<number>;
  readonly levels: readonly number[];
  /** First w, last w, first b, last b. */
  readonly window: readonly [number, number, number, number];
  /** Grid points a side, and cells of the mesh a side. */
  readonly points: number;
  readonly cells: number;
  readonly heightPerCost: number;
  readonly lift: number;
  readonly contourRadius: number;
  readonly top: number;
  readonly low: readonly number[];
  readonly high: readonly number[];
  /** Its last value is how opaque. */
  readonly contour: readonly number[];
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

interface Corner {
  /** In pixels from the upper left; depth from 0 to 1; 1 / w of clip space. */
  readonly x: number;
  readonly y: number;
  readonly depth: number;
  readonly inverse: number;
}

const clamp = (value: number, low: number, high: number): number => Math.min(high, Math.max(low, value));
const mix = (a: number, b: number, share: number): number => a + (b - a) * share;

function project(matrix: ArrayLike<number>, point: readonly [number, number, number], { width, height }: Size): Corner {
  const [x = 0, y = 0, z = 0, w = 1] = [0, 1, 2, 3].map((row) =>
    [...point, 1].reduce((sum, value, column) => sum + (matrix[4 * column + row] ?? 0) * value, 0),
  );
  return { x: (x / w / 2 + 0.5) * width, y: (0.5 - y / w / 2) * height, depth: z / w, inverse: 1 / w };
}

/** J between grid points, and its slopes along u and v. */
function costAndSlopes(cost: ArrayLike<number>, points: number, u: number, v: number): readonly [number, number, number] {
  const cells = points - 1;
  const [x, y] = [clamp(u, 0, 1) * cells, clamp(v, 0, 1) * cells];
  const [column, row] = [Math.min(Math.floor(x), cells - 1), Math.min(Math.floor(y), cells - 1)];
  const at = (right: number, down: number): number => cost[(row + down) * points + column + right] ?? Number.NaN;
  const [a, b, c, d] = [at(0, 0), at(1, 0), at(0, 1), at(1, 1)];
  const [alongX, alongY] = [x - column, y - row];
  return [mix(mix(a, b, alongX), mix(c, d, alongX), alongY), mix(b - a, d - c, alongY) * cells, mix(c - a, d - b, alongX) * cells];
}

/** From 0 at the lowest level to 1 at the highest, and how far the nearest level is. */
function shadeAndDistance(levels: readonly number[], value: number): readonly [number, number] {
  const count = levels.length;
  if (count === 0) return [0, 1e30];
  const above = levels.filter((level) => value >= level).length;
  const [low = 0, high = 0] = [levels[Math.max(above, 1) - 1], levels[Math.min(above, count - 1)]];
  const share = above === 0 || above === count ? 0 : (value - low) / (high - low);
  return [(Math.max(above, 1) - 1 + share) / Math.max(count - 1, 1), Math.min(Math.abs(value - low), Math.abs(value - high))];
}

function light(heightPerCost: number, slopeU: number, slopeV: number): number {
  if (heightPerCost <= 0) return 1;
  const normal = [-0.5 * slopeU * heightPerCost, -0.5 * slopeV * heightPerCost, 1];
  const towards = [-0.45, 0.35, 0.82];
  const dot = normal.reduce((sum, value, at) => sum + value * (towards[at] ?? 0), 0) / (Math.hypot(...normal) * Math.hypot(...towards));
  return 1 - 0.34 * (1 - clamp(dot, 0, 1));
}

/** Grid point that is nearest to a corner of the mesh. */
function nearest(corner: number, { points, cells }: Panel): number {
  return Math.floor((corner * (points - 1) + Math.floor(cells / 2)) / cells);
}

/** Where each pixel looks at the ground: u and v, or NaN where there is none. */
function placesOf(panel: Panel, cost: ArrayLike<number>, size: Size): { readonly u: Float64Array; readonly v: Float64Array } {
  const { cells, points, window, matrix } = panel;
  const count = size.width * size.height;
  const [u, v, depths] = [
    new Float64Array(count).fill(Number.NaN),
    new Float64Array(count).fill(Number.NaN),
    new Float64Array(count).fill(1),
  ];
  const corner = (column: number, row: number): Corner & { readonly u: number; readonly v: number } => {
    const [i, j] = [nearest(column, panel), nearest(row, panel)];
    const [own, other] = [i / (points - 1), j / (points - 1)];
    const point = [mix(window[0], window[1], own), mix(window[2], window[3], other), cost[j * points + i] ?? Number.NaN] as const;
    return { ...project(matrix, point, size), u: own, v: other };
  };
  for (let cell = 0; cell < cells * cells; cell++) {
    const [column, row] = [cell % cells, Math.floor(cell / cells)];
    const [a, b, c, d] = [corner(column, row), corner(column + 1, row), corner(column, row + 1), corner(column + 1, row + 1)];
    for (const [p, q, r] of [
      [a, b, c],
      [c, b, d],
    ] as const) {
      const area = (q.x - p.x) * (r.y - p.y) - (r.x - p.x) * (q.y - p.y);
      const [firstX, lastX] = [Math.max(0, Math.floor(Math.min(p.x, q.x, r.x))), Math.min(size.width, Math.ceil(Math.max(p.x, q.x, r.x)))];
      const [firstY, lastY] = [Math.max(0, Math.floor(Math.min(p.y, q.y, r.y))), Math.min(size.height, Math.ceil(Math.max(p.y, q.y, r.y)))];
      for (let y = firstY; y < lastY; y++) {
        for (let x = firstX; x < lastX; x++) {
          const [px, py] = [x + 0.5, y + 0.5];
          const ofP = ((q.x - px) * (r.y - py) - (r.x - px) * (q.y - py)) / area;
          const ofQ = ((r.x - px) * (p.y - py) - (p.x - px) * (r.y - py)) / area;
          const ofR = 1 - ofP - ofQ;
          const depth = ofP * p.depth + ofQ * q.depth + ofR * r.depth;
          const at = y * size.width + x;
          if (Math.min(ofP, ofQ, ofR) < 0 || depth < 0 || depth >= (depths[at] ?? 1)) continue;
          const [wp, wq, wr] = [ofP * p.inverse, ofQ * q.inverse, ofR * r.inverse];
          depths[at] = depth;
          u[at] = (wp * p.u + wq * q.u + wr * r.u) / (wp + wq + wr);
          v[at] = (wp * p.v + wq * q.v + wr * r.v) / (wp + wq + wr);
        }
      }
    }
  }
  return { u, v };
}

/** Red, green, blue and opacity of each pixel, row by row from the top, where nothing else is drawn. */
export function surfacePixels(panel: Panel, cost: ArrayLike<number>, size: Size): Float64Array {
  const { u, v } = placesOf(panel, cost, size);
  const pixels = new Float64Array(4 * u.length);
  const found = Array.from(u, (own, at) => costAndSlopes(cost, panel.points, own, v[at] ?? 0));
  const value = (x: number, y: number): number => found[y * size.width + x]?.[0] ?? Number.NaN;
  for (const [at, [own, slopeU, slopeV]] of found.entries()) {
    if (Number.isNaN(u[at]) || own > panel.top) continue;
    const [x, y] = [at % size.width, Math.floor(at / size.width)];
    // differences within squares of two by two pixels; y grows downwards as in the shader
    const perPixel = Math.hypot(value(x | 1, y) - value(x & ~1, y), value(x, y | 1) - value(x, y & ~1));
    const [shade, distance] = shadeAndDistance(panel.levels, own);
    const lit = light(panel.heightPerCost, slopeU, slopeV);
    const line = clamp(panel.contourRadius + 0.5 - distance / Math.max(perPixel, 1e-20), 0, 1) * (panel.contour[3] ?? 0);
    for (let channel = 0; channel < 3; channel++) {
      const ground = mix(panel.low[channel] ?? 0, panel.high[channel] ?? 0, shade) * lit;
      pixels[4 * at + channel] = mix(ground, panel.contour[channel] ?? 0, line);
    }
    pixels[4 * at + 3] = 1;
  }
  return pixels;
}

/** Floats of a stroke: w, b, J and radius in pixels; w, b, J, unused; red, green, blue, opacity. */
export const strokeLength = 12;

/** Strokes over nothing, one upon the other. */
export function strokePixels({ matrix }: Pick<Panel, 'matrix'>, strokes: ArrayLike<number>, size: Size): Float64Array {
  const pixels = new Float64Array(4 * size.width * size.height);
  for (let first = 0; first < strokes.length; first += strokeLength) {
    const value = (at: number): number => strokes[first + at] ?? 0;
    const [start, end] = [project(matrix, [value(0), value(1), value(2)], size), project(matrix, [value(4), value(5), value(6)], size)];
    const [spanX, spanY] = [end.x - start.x, end.y - start.y];
    for (let at = 0; at < size.width * size.height; at++) {
      const [x, y] = [(at % size.width) + 0.5 - start.x, Math.floor(at / size.width) + 0.5 - start.y];
      const share = clamp((x * spanX + y * spanY) / Math.max(spanX * spanX + spanY * spanY, 1e-12), 0, 1);
      const opacity = value(11) * clamp(value(3) + 0.5 - Math.hypot(x - share * spanX, y - share * spanY), 0, 1);
      for (let channel = 0; channel < 3; channel++)
        pixels[4 * at + channel] = mix(pixels[4 * at + channel] ?? 0, value(8 + channel), opacity);
      pixels[4 * at + 3] = opacity + (pixels[4 * at + 3] ?? 0) * (1 - opacity);
    }
  }
  return pixels;
}
