/** Curves as the chart wants them: thinned to the width of a screen, joined on one x, and labels kept apart. Pure. */

export interface Curve {
  readonly id: string;
  readonly label: string;
  readonly color: 'gpu' | 'cpu' | 'ink' | 'soft';
  readonly dashed: boolean;
  /** CSS pixels. */
  readonly width: number;
  readonly x: readonly number[];
  readonly y: readonly number[];
}

/** Every k-th point so that at most about `most` stay; the last one always does. */
export function thinned(x: readonly number[], y: readonly number[], most: number): { readonly x: number[]; readonly y: number[] } {
  const stride = Math.max(1, Math.ceil(x.length / most));
  const outX: number[] = [];
  const outY: number[] = [];
  for (let i = 0; i < x.length; i += stride) {
    outX.push(x[i] ?? 0);
    outY.push(y[i] ?? 0);
  }
  const last = x.length - 1;
  if (last > 0 && last % stride !== 0) {
    outX.push(x[last] ?? 0);
    outY.push(y[last] ?? 0);
  }
  return { x: outX, y: outY };
}

/** All x in order with a column of y a curve; undefined where a curve has no point there. */
export function joined(
  curves: readonly { readonly x: readonly number[]; readonly y: readonly number[] }[],
): [number[], ...(number | null | undefined)[][]] {
  const xs = [...new Set(curves.flatMap((curve) => curve.x))].sort((a, b) => a - b);
  const columns = curves.map((curve) => {
    let at = 0;
    return xs.map((x) => {
      while (at < curve.x.length && (curve.x[at] ?? 0) < x) at++;
      return curve.x[at] === x ? curve.y[at] : undefined;
    });
  });
  return [xs, ...columns];
}

/** Moves labels apart, as little as needed, within [low, high]; the order by y stays. */
export function apart(wanted: readonly number[], gap: number, low: number, high: number): number[] {
  const order = wanted.map((y, i) => ({ y, i })).sort((a, b) => a.y - b.y);
  let floor = low;
  for (const label of order) {
    label.y = Math.max(label.y, floor);
    floor = label.y + gap;
  }
  let ceiling = high;
  for (const label of order.toReversed()) {
    label.y = Math.min(label.y, ceiling);
    ceiling = label.y - gap;
  }
  const placed: number[] = [];
  for (const { y, i } of order) placed[i] = y;
  return placed;
}
