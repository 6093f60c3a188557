/**
 * Gradient descent on J(w, b) of a few points, in the float32 of the kernel's twin: the path, how it ended, and one
 * example's loss. Pure and small enough for the page's own thread; grids are the worker's.
 */
import { float32 } from '../../engine/cpu/arithmetic.ts';
import { costAt, slopesAt, type SurfaceLoss } from '../../engine/cpu/kernels/loss-surface.ts';
import { losses } from '../../math/costs.ts';
import { lossCosts, type LabPoint, type LossCost } from './settings.ts';

/** Where descent stands after some steps, with the slopes there. */
export interface DescentStep {
  readonly w: number;
  readonly b: number;
  readonly cost: number;
  readonly dw: number;
  readonly db: number;
}

/** One example at some z: what each cost makes of it. */
export interface ExampleLoss {
  readonly value: number;
  /** dL/dz. */
  readonly slope: number;
}

export const lossOfCost = {
  'cross-entropy': 'sigmoid/cross-entropy',
  'squared-error': 'sigmoid/squared-error',
} as const satisfies Record<LossCost, SurfaceLoss>;

export function examplesOf(points: readonly LabPoint[]): { readonly x: readonly number[]; readonly y: readonly number[] } {
  return { x: points.map(({ x }) => x), y: points.map(({ y }) => y) };
}

export function stateAt(points: readonly LabPoint[], cost: LossCost, w: number, b: number): DescentStep {
  return { w, b, ...slopesAt(lossOfCost[cost], examplesOf(points), w, b, float32) };
}

/** J at (w, b). */
export function costOf(points: readonly LabPoint[], cost: LossCost, w: number, b: number): number {
  return costAt(lossOfCost[cost], examplesOf(points), w, b, float32);
}

/**
 * w := w − α · dw and b := b − α · db, so many times over.
 * @param known a path from the same start with the same points, cost and α: what it has is not computed again
 * @returns steps + 1 states, fewer where one is not finite
 */
export function descend(
  points: readonly LabPoint[],
  cost: LossCost,
  start: { readonly w: number; readonly b: number },
  learningRate: number,
  steps: number,
  known: readonly DescentStep[] = [],
): readonly DescentStep[] {
  const path = known.slice(0, steps + 1);
  while (path.length <= steps) {
    const last = path.at(-1);
    const w = last ? Math.fround(last.w - learningRate * last.dw) : Math.fround(start.w);
    const b = last ? Math.fround(last.b - learningRate * last.db) : Math.fround(start.b);
    if (!Number.isFinite(w) || !Number.isFinite(b)) return path;
    path.push(stateAt(points, cost, w, b));
  }
  return path;
}

export function exampleAt(z: number, y: 0 | 1): { readonly yHat: number; readonly of: Readonly<Record<LossCost, ExampleLoss>> } {
  const row = Float64Array.of(z);
  const out = new Float64Array(1);
  const of = Object.fromEntries(
    lossCosts.map((cost) => {
      const { value, derivative } = losses[lossOfCost[cost]];
      derivative(row, 0, 1, y, out);
      return [cost, { value: value(row, 0, 1, y), slope: out[0] ?? 0 }];
    }),
  ) as Record<LossCost, ExampleLoss>;
  losses['sigmoid/cross-entropy'].prediction(row, 0, 1, out);
  return { yHat: out[0] ?? 0, of };
}

/** z with σ(z) = ŷ. */
export function logit(yHat: number): number {
  return Math.log(yHat / (1 - yHat));
}

/** What can be said of the points themselves. `one-x`: all lie at one x, so only w · x + b counts. */
export type PointsVerdict = 'empty' | 'one-class' | 'apart' | 'one-x' | 'mixed';

export function verdictOn(points: readonly LabPoint[]): PointsVerdict {
  if (points.length === 0) return 'empty';
  const xs = ([0, 1] as const).map((label) => points.filter(({ y }) => y === label).map(({ x }) => x));
  const [zeros = [], ones = []] = xs;
  if (zeros.length === 0 || ones.length === 0) return 'one-class';
  if (points.every(({ x }) => x === points[0]?.x)) return 'one-x';
  // a boundary that touches both classes is not crossed either: J falls for ever
  const isApart = Math.max(...zeros) <= Math.min(...ones) || Math.max(...ones) <= Math.min(...zeros);
  return isApart ? 'apart' : 'mixed';
}

/** How a path stands. */
export type Outcome =
  | { readonly kind: 'start' }
  /** It left the picture at this step and is outside now. */
  | { readonly kind: 'left'; readonly step: number }
  /** The slopes are nothing: at the lowest J there is, or on a plain or in a valley above it. */
  | { readonly kind: 'arrived' | 'caught'; readonly step: number }
  /** J rose this often. */
  | { readonly kind: 'overshoots'; readonly rises: number }
  /** It falls, and has come this share of the way from the start's J to the lowest; null where none is known. */
  | { readonly kind: 'falls'; readonly share: number | null };

/** Slopes below this move nothing that could be seen. */
const flatSlope = 1e-4;

/**
 * @param span of the picture
 * @param lowest the lowest J that any (w, b) gives, or null where there is none
 */
export function outcomeOf(path: readonly DescentStep[], span: number, lowest: number | null): Outcome {
  const [first] = path;
  const last = path.at(-1);
  if (!first || !last || path.length === 1) return { kind: 'start' };
  const isOutside = ({ w, b }: DescentStep): boolean => Math.abs(w) > span || Math.abs(b) > span;
  if (isOutside(last)) {
    const lastInside = path.findLastIndex((one) => !isOutside(one));
    return { kind: 'left', step: lastInside + 1 };
  }
  const flatAt = path.findIndex(({ dw, db }) => Math.hypot(dw, db) < flatSlope);
  if (flatAt >= 0 && Math.hypot(last.dw, last.db) < flatSlope) {
    const isLow = lowest === null || last.cost - lowest < 1e-3 * Math.max(lowest, 0.05);
    return { kind: isLow ? 'arrived' : 'caught', step: flatAt };
  }
  const rises = path.filter(({ cost }, at) => at > 0 && cost > (path[at - 1]?.cost ?? cost) + 1e-6).length;
  if (rises > 0) return { kind: 'overshoots', rises };
  const share = lowest === null || first.cost <= lowest ? null : (first.cost - last.cost) / (first.cost - lowest);
  return { kind: 'falls', share };
}

/** Nothing more is to be seen of it: run ends here. */
export function isOver(path: readonly DescentStep[], span: number): boolean {
  const last = path.at(-1);
  if (!last || path.length === 1) return false;
  return Math.hypot(last.dw, last.db) < flatSlope / 2 || Math.abs(last.w) > 20 * span || Math.abs(last.b) > 20 * span;
}
