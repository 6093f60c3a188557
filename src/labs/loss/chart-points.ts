/** The numbers behind the charts of the lab, for those who save them. Pure. */
import { costOf, exampleAt, type DescentStep } from '../../session/loss/descent.ts';
import { lossCosts, lossRanges, type LabPoint, type LossCost } from '../../session/loss/settings.ts';
import type { Points } from '../../ui/charts/points-csv.ts';
import type { CostPath } from './loss-session.ts';

/** L of one example by each cost and label, at every tenth of z. */
export function examplePoints(): Points {
  const [from, to]: readonly [number, number] = lossRanges.z;
  const count = Math.round((to - from) * 10);
  return {
    head: ['y', 'cost', 'z', 'ŷ', 'L', 'dL/dz'],
    rows: ([1, 0] as const).flatMap((y) =>
      lossCosts.flatMap((cost) =>
        Array.from({ length: count + 1 }, (_, at) => {
          const z = Number((from + at / 10).toFixed(1));
          const { yHat, of } = exampleAt(z, y);
          return [y, cost, z, yHat, of[cost].value, of[cost].slope];
        }),
      ),
    ),
  };
}

/** Where descent was after each step. */
export function pathPoints(paths: readonly CostPath[]): Points {
  return {
    head: ['cost', 'step', 'w', 'b', 'J', 'dJ/dw', 'dJ/db'],
    rows: paths.flatMap(({ cost, steps }) => steps.map(({ w, b, cost: j, dw, db }, step) => [cost, step, w, b, j, dw, db])),
  };
}

/** The examples, with what each path makes of them by now. */
export function labPoints(points: readonly LabPoint[], paths: readonly CostPath[]): Points {
  const yHat = ({ steps }: CostPath, x: number): number => {
    const { w = 0, b = 0 } = steps.at(-1) ?? {};
    return 1 / (1 + Math.exp(-(w * x + b)));
  };
  return {
    head: ['x', 'y', ...paths.map(({ cost }) => `ŷ by ${cost}`)],
    rows: points.map(({ x, y }) => [x, y, ...paths.map((path) => yHat(path, x))]),
  };
}

/** J along w at one b, in so many pieces. */
const pieces = 120;

export function slicePoints(points: readonly LabPoint[], cost: LossCost, span: number, { b }: DescentStep): Points {
  const at = (piece: number): number => -span + (2 * span * piece) / pieces;
  return {
    head: ['cost', 'w', 'b', 'J'],
    rows: Array.from({ length: pieces + 1 }, (_, piece) => [cost, at(piece), b, costOf(points, cost, at(piece), b)]),
  };
}
