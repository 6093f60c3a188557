/**
 * J(w, b) of logistic regression with one feature, and its slopes, at one point and on a grid. Twin of
 * `shaders/loss-surface.wgsl`; the losses themselves are `math/costs.ts`'s.
 */
import { losses } from '../../../math/costs.ts';
import type { Arithmetic, Row } from '../arithmetic.ts';

/** Costs of a sigmoid output. */
export type SurfaceLoss = 'sigmoid/cross-entropy' | 'sigmoid/squared-error';

/** m examples of one feature; y is 0 or 1. */
export interface FewExamples {
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

/** Values of w along a row and of b from row to row. */
export interface SurfaceGrid {
  readonly columns: number;
  readonly rows: number;
  readonly firstW: number;
  readonly stepW: number;
  readonly firstB: number;
  readonly stepB: number;
}

export interface Slopes {
  readonly cost: number;
  /** dJ/dw = (1/m) Σ dL/dz · x. */
  readonly dw: number;
  /** dJ/db = (1/m) Σ dL/dz. */
  readonly db: number;
}

/** @returns J at (w, b); 0 without examples */
export function costAt(name: SurfaceLoss, { x, y }: FewExamples, w: number, b: number, arithmetic: Arithmetic): number {
  const { value } = losses[name];
  const m = x.length;
  const z = arithmetic.zeros(1);
  const sum = arithmetic.zeros(1);
  for (let j = 0; j < m; j++) {
    z[0] = w * (x[j] as number) + b;
    sum[0] = (sum[0] as number) + value(z, 0, 1, y[j] as number);
  }
  return (sum[0] as number) / Math.max(1, m);
}

/** @returns J, dJ/dw and dJ/db at (w, b); zeros without examples */
export function slopesAt(name: SurfaceLoss, { x, y }: FewExamples, w: number, b: number, arithmetic: Arithmetic): Slopes {
  const { value, derivative } = losses[name];
  const m = x.length;
  const z = arithmetic.zeros(1);
  const dz = arithmetic.zeros(1);
  const sums = arithmetic.zeros(3);
  for (let j = 0; j < m; j++) {
    z[0] = w * (x[j] as number) + b;
    derivative(z, 0, 1, y[j] as number, dz);
    sums[0] = (sums[0] as number) + value(z, 0, 1, y[j] as number);
    sums[1] = (sums[1] as number) + (dz[0] as number) * (x[j] as number);
    sums[2] = (sums[2] as number) + (dz[0] as number);
  }
  const [cost, dw, db] = [...sums].map((sum) => sum / Math.max(1, m));
  return { cost: cost ?? 0, dw: dw ?? 0, db: db ?? 0 };
}

/** @returns J row by row, columns · rows values */
export function lossSurface(name: SurfaceLoss, examples: FewExamples, grid: SurfaceGrid, arithmetic: Arithmetic): Row {
  const { columns, rows, firstW, stepW, firstB, stepB } = grid;
  const { value } = losses[name];
  const { x, y } = examples;
  const m = x.length;
  const costs = arithmetic.zeros(columns * rows);
  // w, b, z and the sum: kept in the arithmetic's own precision
  const now = arithmetic.zeros(3);
  const z = arithmetic.zeros(1);
  for (let at = 0; at < costs.length; at++) {
    now[0] = firstW + (at % columns) * stepW;
    now[1] = firstB + Math.floor(at / columns) * stepB;
    now[2] = 0;
    for (let j = 0; j < m; j++) {
      z[0] = now[0] * (x[j] as number) + now[1];
      now[2] = now[2] + value(z, 0, 1, y[j] as number);
    }
    costs[at] = now[2] / Math.max(1, m);
  }
  return costs;
}
