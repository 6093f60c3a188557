/** Small geometry for pictures of a plane: round ticks, mixing two colours, shades, and where a grid crosses a level. Pure. */

/** Two to five round numbers inside [low, high]. */
export function roundTicks(low: number, high: number): number[] {
  const rough = (high - low) / 4;
  const size = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * size).find((candidate) => candidate >= rough) ?? rough;
  const ticks: number[] = [];
  for (let i = Math.ceil(low / step); i * step <= high; i++) ticks.push(Number((i * step).toPrecision(6)));
  return ticks;
}

/** `#rrggbb` twice → red, green and blue of the mixture. */
export function mixed(from: string, to: string, share: number): number[] {
  const parse = (hex: string): number[] => [1, 3, 5].map((at) => Number.parseInt(hex.slice(at, at + 2), 16) || 0);
  const end = parse(to);
  return parse(from).map((value, i) => value + share * ((end[i] ?? 0) - value));
}

/**
 * ŷ as shares of the way from the lightest shade to the darkest. Probabilities are shares already; scores are spread as
 * far as they reach to either side of the threshold, which lies in the middle.
 */
export function shares(values: ArrayLike<number>, threshold: number, probability: boolean): Float32Array {
  let reach = 0.5;
  if (!probability) {
    reach = 0;
    for (let i = 0; i < values.length; i++) reach = Math.max(reach, Math.abs((values[i] ?? threshold) - threshold) || 0);
  }
  return Float32Array.from(values, (value) => {
    const share = reach > 0 && Number.isFinite(reach) ? 0.5 + (value - threshold) / (2 * reach) : 0.5 + Math.sign(value - threshold) / 2;
    return Math.min(1, Math.max(0, Number.isNaN(share) ? 0.5 : share));
  });
}

/** Pieces of the contour at `level`, in cells of the grid: x₁, y₁, x₂, y₂ with cell centres at + ½. */
export function crossings(values: ArrayLike<number>, size: number, level: number): [number, number, number, number][] {
  const pieces: [number, number, number, number][] = [];
  for (let y = 0; y < size - 1; y++) {
    for (let x = 0; x < size - 1; x++) {
      const points = cellCrossings(values, size, level, x, y);
      for (let i = 0; i + 1 < points.length; i += 2) {
        const [x1, y1] = points[i] ?? [0, 0];
        const [x2, y2] = points[i + 1] ?? [0, 0];
        pieces.push([x1, y1, x2, y2]);
      }
    }
  }
  return pieces;
}

const corners = [
  [0, 0],
  [1, 0],
  [1, 1],
  [0, 1],
] as const;

/** Where the four sides of one cell cross the level, in order around it. */
function cellCrossings(values: ArrayLike<number>, size: number, level: number, x: number, y: number): [number, number][] {
  const points: [number, number][] = [];
  corners.forEach(([ax, ay], i) => {
    const [bx, by] = corners[(i + 1) % 4] ?? [0, 0];
    const a = values[(y + ay) * size + x + ax] ?? 0;
    const b = values[(y + by) * size + x + bx] ?? 0;
    if (a >= level === b >= level) return;
    const share = (level - a) / (b - a);
    points.push([x + ax + share * (bx - ax) + 0.5, y + ay + share * (by - ay) + 0.5]);
  });
  return points;
}
