/**
 * Where a (w, b, J) is seen: the matrices of the view in space and of the map, and their use on single points. The same
 * numbers serve the GPU, the painter without one, and the page's labels and pointers. Pure.
 */

/** Column by column, as WGSL has it. */
export type Matrix = readonly number[];

/** How wide the view is, what it shows, and from where. */
export interface Space {
  readonly width: number;
  readonly height: number;
  readonly span: number;
  /** J at the upper end of the box. */
  readonly top: number;
  /** Degrees. */
  readonly turn: number;
  readonly tilt: number;
}

/** The box is 2 wide, 2 deep and this high. */
export const boxHeight = 1.15;
const distance = 6;
const [near, far] = [distance - 2.2, distance + 2.2];
/** Share of the panel that the box may fill; the rest is for its labels. */
const fill = 0.94;

const radians = (degrees: number): number => (degrees * Math.PI) / 180;

/** A box that turns about its J axis, seen from above its ground at an angle; it keeps its size however it is turned. */
export function spaceMatrix({ width, height, span, top, turn, tilt }: Space): Matrix {
  const [cosTurn, sinTurn] = [Math.cos(radians(turn)), Math.sin(radians(turn))];
  const [cosTilt, sinTilt] = [Math.cos(radians(tilt)), Math.sin(radians(tilt))];
  const radius = Math.SQRT2;
  // what its bounding cylinder takes, nearer than the middle since its front is
  const front = distance - 0.5 * radius * cosTilt;
  const scale = fill * Math.min((front * width) / (2 * radius), (front * height) / (2 * radius * sinTilt + boxHeight * cosTilt));
  const [scaleX, scaleY] = [(2 * scale) / width, (2 * scale) / height];
  const depth = far / (far - near);
  // rows over box coordinates (w / span, b / span, J / top) and 1
  const [kw, kb, kj] = [1 / span, 1 / span, boxHeight / Math.max(top, 1e-30)];
  const lower = -boxHeight / 2;
  const right = [cosTurn, -sinTurn, 0, 0];
  const up = [sinTurn * sinTilt, cosTurn * sinTilt, cosTilt, lower * cosTilt];
  const away = [sinTurn * cosTilt, cosTurn * cosTilt, -sinTilt, distance - lower * sinTilt];
  const column = (at: number, factor: number): number[] => [
    scaleX * (right[at] ?? 0) * factor,
    scaleY * (up[at] ?? 0) * factor,
    depth * (away[at] ?? 0) * factor,
    (away[at] ?? 0) * factor,
  ];
  const last = column(3, 1);
  return [...column(0, kw), ...column(1, kb), ...column(2, kj), last[0] ?? 0, last[1] ?? 0, (last[2] ?? 0) - depth * near, last[3] ?? 0];
}

/** From above: w to the right, b upwards, J without effect. */
export function mapMatrix(span: number): Matrix {
  return [1 / span, 0, 0, 0, 0, 1 / span, 0, 0, 0, 0, 0, 0, 0, 0, 0.5, 1];
}

/** Where a point is seen in a panel, in its pixels from the upper left; and its depth, 0 … 1. */
export function project(
  matrix: Matrix,
  { width, height }: { readonly width: number; readonly height: number },
  [w, b, j]: readonly [number, number, number],
): readonly [x: number, y: number, depth: number] {
  const row = (at: number): number =>
    (matrix[at] ?? 0) * w + (matrix[4 + at] ?? 0) * b + (matrix[8 + at] ?? 0) * j + (matrix[12 + at] ?? 0);
  const own = row(3);
  return [((row(0) / own + 1) / 2) * width, ((1 - row(1) / own) / 2) * height, row(2) / own];
}

/**
 * The (w, b) that is seen at a pixel, on the horizontal plane at some J; null where the plane is behind the eye.
 * Solves the two equations x · (last row) = (first row) and the like for w and b.
 */
export function unproject(
  matrix: Matrix,
  { width, height }: { readonly width: number; readonly height: number },
  [x, y]: readonly [number, number],
  j: number,
): readonly [w: number, b: number] | null {
  const [px, py] = [(2 * x) / width - 1, 1 - (2 * y) / height];
  const m = (column: number, row: number): number => matrix[4 * column + row] ?? 0;
  const equation = (p: number, row: number): readonly [number, number, number] => {
    const [w, b, cost, one] = [0, 1, 2, 3].map((column) => m(column, row) - p * m(column, 3));
    return [w ?? 0, b ?? 0, -((cost ?? 0) * j + (one ?? 0))];
  };
  const [a, c, e] = equation(px, 0);
  const [d, f, g] = equation(py, 1);
  const determinant = a * f - c * d;
  if (Math.abs(determinant) < 1e-12) return null;
  return [(e * f - c * g) / determinant, (a * g - e * d) / determinant];
}
