/** The Loss lab below the page: descent on the kernel's twin, what surfaces are like, and where things are seen. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { float32, float64 } from '../../../src/engine/cpu/arithmetic.ts';
import { costAt, lossSurface, slopesAt } from '../../../src/engine/cpu/kernels/loss-surface.ts';
import { mapMatrix, project, spaceMatrix, unproject } from '../../../src/session/loss/camera.ts';
import { descend, exampleAt, isOver, logit, outcomeOf, stateAt, verdictOn } from '../../../src/session/loss/descent.ts';
import { contourLevels, landscapeOf } from '../../../src/session/loss/landscape.ts';
import { panelsOf } from '../../../src/session/loss/layout.ts';
import { shadeOf } from '../../../src/session/loss/painter.ts';
import { planOf } from '../../../src/session/loss/plan.ts';
import type { LossScene } from '../../../src/session/loss/protocol.ts';
import { defaultLoss, lossCosts, pointPresets, presetRates, ratePresets, type LabPoint } from '../../../src/session/loss/settings.ts';

const zero = { w: 0, b: 0 };
const point = (x: number, y: 0 | 1): LabPoint => ({ x, y });

describe('the twin', () => {
  const examples = { x: [-1.5, 0.25, 2], y: [0, 1, 1] };

  it.each(['sigmoid/cross-entropy', 'sigmoid/squared-error'] as const)('%s: slopes are those of central differences', (loss) => {
    fc.assert(
      fc.property(fc.double({ min: -5, max: 5, noNaN: true }), fc.double({ min: -5, max: 5, noNaN: true }), (w, b) => {
        const at = (dw: number, db: number): number => costAt(loss, examples, w + dw, b + db, float64);
        const { cost, dw, db } = slopesAt(loss, examples, w, b, float64);
        const h = 1e-5;
        expect(cost).toBeCloseTo(at(0, 0), 12);
        expect(dw).toBeCloseTo((at(h, 0) - at(-h, 0)) / (2 * h), 7);
        expect(db).toBeCloseTo((at(0, h) - at(0, -h)) / (2 * h), 7);
      }),
    );
  });

  it('gives on a grid what it gives at its points, row by row, and 0 without examples', () => {
    const grid = { columns: 3, rows: 2, firstW: -1, stepW: 1, firstB: 0.5, stepB: 2 };
    const surface = lossSurface('sigmoid/cross-entropy', examples, grid, float32);
    expect(surface).toHaveLength(6);
    expect(surface[5]).toBeCloseTo(costAt('sigmoid/cross-entropy', examples, 1, 2.5, float64), 6);
    expect([...lossSurface('sigmoid/squared-error', { x: [], y: [] }, grid, float32)]).toEqual([0, 0, 0, 0, 0, 0]);
  });
});

describe('descent', () => {
  it('starts at J = log 2 and ½ · ¼ when w and b are 0, and moves w against the sign of dJ/dw', () => {
    const [start, next] = descend(pointPresets.mixed, 'cross-entropy', zero, 1, 1);
    expect(start?.cost).toBeCloseTo(Math.log(2), 6);
    expect(stateAt(pointPresets.mixed, 'squared-error', 0, 0).cost).toBeCloseTo(0.125, 6);
    expect(start?.dw).toBeLessThan(0);
    expect(next?.w).toBeCloseTo(-(start?.dw ?? 0), 6);
  });

  it('goes on from what is known, bit for bit as from the start', () => {
    const whole = descend(pointPresets.mixed, 'cross-entropy', zero, 0.5, 40);
    const part = descend(pointPresets.mixed, 'cross-entropy', zero, 0.5, 15);
    expect(descend(pointPresets.mixed, 'cross-entropy', zero, 0.5, 40, part)).toEqual(whole);
    expect(descend(pointPresets.mixed, 'cross-entropy', zero, 0.5, 15, whole)).toEqual(part);
    expect(whole).toHaveLength(41);
  });

  it('has the outcomes that the presets promise', () => {
    const { mixed } = pointPresets;
    const lowest = landscapeOf(mixed, 'cross-entropy', 6).minima[0]?.cost ?? null;
    const run = (name: keyof typeof ratePresets) => {
      const { learningRate, steps } = ratePresets[name];
      return outcomeOf(descend(mixed, 'cross-entropy', zero, learningRate, steps), 6, lowest);
    };
    const small = run('small');
    expect(small.kind === 'falls' && (small.share ?? 1) < 0.5).toBe(true);
    expect(run('good').kind).toBe('arrived');
    expect(run('large')).toMatchObject({ kind: 'left' });
  });

  it('is caught above the lowest valley of squared error, where cross-entropy arrives', () => {
    const { valleys } = pointPresets;
    const outcomes = lossCosts.map((cost) => {
      const lowest = landscapeOf(valleys, cost, 6).minima[0]?.cost ?? null;
      return outcomeOf(descend(valleys, cost, zero, presetRates.valleys, 800), 6, lowest).kind;
    });
    expect(outcomes).toEqual(['arrived', 'caught']);
  });

  it('stays finite for α = 10⁶ and any points, and knows when nothing more is to be seen', () => {
    const points = fc.array(fc.record({ x: fc.double({ min: -5, max: 5, noNaN: true }), y: fc.constantFrom(0 as const, 1 as const) }), {
      maxLength: 12,
    });
    fc.assert(
      fc.property(points, fc.constantFrom(...lossCosts), fc.constantFrom(1e-4, 1, 30, 1e6), (some, cost, learningRate) => {
        const path = descend(some, cost, zero, learningRate, 60);
        expect(path).toHaveLength(61);
        expect(path.every((one) => Object.values(one).every(Number.isFinite))).toBe(true);
        expect(outcomeOf(path, 6, null).kind).not.toBe('start');
      }),
    );
    expect(isOver(descend(pointPresets.mixed, 'cross-entropy', zero, 1e6, 3), 6)).toBe(true);
    expect(isOver(descend(pointPresets.mixed, 'cross-entropy', zero, 1, 3), 6)).toBe(false);
    expect(isOver(descend(pointPresets.mixed, 'cross-entropy', zero, 1, 300), 6)).toBe(true);
  });

  it('tells points apart that have no minimum', () => {
    expect(verdictOn([])).toBe('empty');
    expect(verdictOn([point(1, 1)])).toBe('one-class');
    expect(verdictOn([point(1, 1), point(1, 0)])).toBe('one-x');
    expect(verdictOn([point(1, 1), point(1, 0), point(2, 1)])).toBe('apart');
    expect(verdictOn(pointPresets.apart)).toBe('apart');
    expect(verdictOn(pointPresets.mixed)).toBe('mixed');
  });
});

describe('one example', () => {
  it('shows the slope of squared error vanish at a confident mistake', () => {
    const { yHat, of } = exampleAt(logit(0.001), 1);
    expect(yHat).toBeCloseTo(0.001, 9);
    expect(of['cross-entropy'].slope).toBeCloseTo(-0.999, 6);
    expect(of['squared-error'].slope).toBeCloseTo(-0.999 * 0.001 * 0.999, 9);
    expect(of['cross-entropy'].value).toBeCloseTo(-Math.log(0.001), 6);
    expect(exampleAt(10, 0).of['cross-entropy'].value).toBeCloseTo(10.0000454, 6);
  });
});

describe('a landscape', () => {
  it('of cross-entropy has the one minimum at which the slopes vanish', () => {
    const { minima, low, high, levels } = landscapeOf(pointPresets.mixed, 'cross-entropy', 6);
    expect(minima).toHaveLength(1);
    const [minimum] = minima;
    const { dw, db } = stateAt(pointPresets.mixed, 'cross-entropy', minimum?.w ?? 9, minimum?.b ?? 9);
    expect(Math.hypot(dw, db)).toBeLessThan(1e-4);
    expect(low).toBe(minimum?.cost);
    expect(levels.every((level) => level > low && level < high)).toBe(true);
  });

  it('of squared error has several where the preset says so, and none where points can be told apart or are of one class', () => {
    expect(landscapeOf(pointPresets.valleys, 'squared-error', 6).minima.length).toBeGreaterThan(1);
    expect(landscapeOf(pointPresets.valleys, 'cross-entropy', 6).minima).toHaveLength(1);
    for (const cost of lossCosts) {
      expect(landscapeOf(pointPresets.apart, cost, 6).minima).toEqual([]);
      expect(landscapeOf([point(1, 1)], cost, 6).minima).toEqual([]);
      expect(landscapeOf([], cost, 6)).toMatchObject({ low: 0, high: 0, levels: [], minima: [] });
    }
  });

  it('has rising round contour levels between its ends', () => {
    expect(contourLevels(0.452, 8.79)).toEqual([0.46, 0.49, 0.55, 0.66, 0.83, 1.1, 1.5, 2, 2.6, 3.5, 4.6, 6, 7.4]);
    expect(contourLevels(1, 1)).toEqual([]);
    fc.assert(
      fc.property(fc.double({ min: 1e-9, max: 10, noNaN: true }), fc.double({ min: 1e-9, max: 100, noNaN: true }), (low, more) => {
        const levels = contourLevels(low, low + more);
        expect(levels.length).toBeLessThanOrEqual(16);
        expect(levels.every((level, at) => level > (levels[at - 1] ?? low) && level < low + more)).toBe(true);
      }),
    );
    expect(shadeOf([1, 2, 4], 0.5)).toBe(0);
    expect(shadeOf([1, 2, 4], 3)).toBe(0.75);
    expect(shadeOf([1, 2, 4], 9)).toBe(1);
  });
});

describe('the view', () => {
  const panel = { width: 400, height: 300 };

  it('finds the (w, b) under a pixel that a point was projected to, in space and on the map', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: -6, max: 6, noNaN: true }),
        fc.double({ min: 0, max: 3, noNaN: true }),
        fc.integer({ min: -180, max: 180 }),
        fc.integer({ min: 5, max: 88 }),
        (w, b, j, turn, tilt) => {
          for (const matrix of [spaceMatrix({ ...panel, span: 6, top: 3, turn, tilt }), mapMatrix(6)]) {
            const [x, y, depth] = project(matrix, panel, [w, b, j]);
            expect(depth).toBeGreaterThan(0);
            expect(depth).toBeLessThan(1);
            const found = unproject(matrix, panel, [x, y], j);
            expect(found?.[0]).toBeCloseTo(w, 6);
            expect(found?.[1]).toBeCloseTo(b, 6);
          }
        },
      ),
    );
  });

  it('keeps the whole box in its panel however it is turned', () => {
    fc.assert(
      fc.property(fc.integer({ min: -180, max: 180 }), fc.integer({ min: 5, max: 88 }), (turn, tilt) => {
        const matrix = spaceMatrix({ ...panel, span: 6, top: 3, turn, tilt });
        for (const corner of [0, 1, 2, 3, 4, 5, 6, 7]) {
          const [x, y] = project(matrix, panel, [corner & 1 ? 6 : -6, corner & 2 ? 6 : -6, corner & 4 ? 3 : 0]);
          expect(x).toBeGreaterThan(-8);
          expect(x).toBeLessThan(panel.width + 8);
          expect(y).toBeGreaterThan(-8);
          expect(y).toBeLessThan(panel.height + 8);
        }
      }),
    );
  });

  it('lays panels out side by side without overlap, inside the picture', () => {
    for (const view of ['surface', 'contours', 'both'] as const) {
      for (const costs of [lossCosts, lossCosts.slice(0, 1)]) {
        for (const [width, height] of [
          [720, 480],
          [330, 460],
        ] as const) {
          const panels = panelsOf(width, height, costs, view);
          expect(panels).toHaveLength(costs.length * (view === 'both' ? 2 : 1));
          for (const one of panels) {
            expect(one.x >= 0 && one.y >= 0 && one.x + one.width <= width && one.y + one.height <= height).toBe(true);
            for (const other of panels) {
              const apart =
                one.x + one.width <= other.x ||
                other.x + other.width <= one.x ||
                one.y + one.height <= other.y ||
                other.y + other.height <= one.y;
              expect(one === other || apart).toBe(true);
            }
          }
        }
      }
    }
  });

  it('draws nothing of a path outside the picture', () => {
    const { points, span, turn, tilt } = defaultLoss;
    const track = Float32Array.from([0, 0, 0.69, 50, -80, 9, 1, 1, 0.7]);
    const scene: LossScene = {
      ...{ points, costs: ['cross-entropy'], view: 'both', span, turn, tilt, tracks: [track], width: 700, height: 400, ratio: 1 },
      colors: { card: [1, 1, 1], ink: [0, 0, 0], soft: [0.4, 0.4, 0.4] },
      moving: false,
    };
    const panels = planOf(scene, [landscapeOf(points, 'cross-entropy', span)], 1);
    expect(panels.map(({ kind }) => kind)).toEqual(['surface', 'contours']);
    for (const { lines, marks } of panels) {
      for (const { from, to } of [...lines, ...marks]) {
        for (const value of [from[0], from[1], to[0], to[1]]) expect(Math.abs(value)).toBeLessThanOrEqual(span + 1e-5);
      }
    }
  });
});
