/** The Loss lab's address, its store and its sentences. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readLossQuery, writeLossQuery } from '../../../src/labs/loss/loss-query.ts';
import { LossSession, type Drawer } from '../../../src/labs/loss/loss-session.ts';
import { lossNotices } from '../../../src/labs/loss/notice-sentences.ts';
import { stepsAfter } from '../../../src/labs/loss/pace.ts';
import { dragOf, keyPatch } from '../../../src/labs/loss/picture-geometry.ts';
import { exampleSentence, outcomeSentence, pointsSentence, stepSentence, valleysSentence } from '../../../src/labs/loss/sentences.ts';
import { project, spaceMatrix } from '../../../src/session/loss/camera.ts';
import { costOf, descend, stateAt, verdictOn } from '../../../src/session/loss/descent.ts';
import { landscapeOf } from '../../../src/session/loss/landscape.ts';
import type { LossScene, Shown } from '../../../src/session/loss/protocol.ts';
import { costChoices, defaultLoss, lossRanges, pointPresets, viewChoices, type LossSettings } from '../../../src/session/loss/settings.ts';

const tenths = ([low, high]: readonly [number, number]): fc.Arbitrary<number> =>
  fc.integer({ min: Math.ceil(low * 10), max: Math.floor(high * 10) }).map((value) => value / 10);

const settingsArbitrary: fc.Arbitrary<LossSettings> = fc.record({
  points: fc.array(fc.record({ x: tenths(lossRanges.x), y: fc.constantFrom(0 as const, 1 as const) }), { maxLength: 40 }),
  w: tenths(lossRanges.start),
  b: tenths(lossRanges.start),
  learningRate: fc.constantFrom(1e-4, 0.03, 1, 1e6),
  steps: fc.integer({ min: 0, max: 2000 }),
  cost: fc.constantFrom(...costChoices),
  view: fc.constantFrom(...viewChoices),
  span: tenths(lossRanges.span),
  z: tenths(lossRanges.z),
  turn: fc.integer({ min: -180, max: 180 }),
  tilt: fc.integer({ min: 5, max: 88 }),
});

describe('the address', () => {
  it('reads back what it wrote, and the defaults are empty', () => {
    expect(writeLossQuery(defaultLoss)).toBe('');
    fc.assert(
      fc.property(settingsArbitrary, (settings) => {
        const { settings: found, notes } = readLossQuery(writeLossQuery(settings));
        expect(found).toEqual(settings);
        expect(notes).toEqual([]);
      }),
    );
  });

  it('takes the default for nonsense and names it', () => {
    const query = 'points=1:2&w=abc&alpha=0&steps=1.5&cost=hinge&view=&span=1e9&foo=1&b=2';
    const { settings, notes } = readLossQuery(query);
    expect(settings).toEqual({ ...defaultLoss, b: 2 });
    expect(notes.map(({ key }) => key)).toEqual(['points', 'w', 'alpha', 'steps', 'cost', 'view', 'span', 'foo']);
    expect(readLossQuery('points=none').settings.points).toEqual([]);
    fc.assert(fc.property(fc.string(), (text) => void readLossQuery(text)));
  });
});

/** A store without a browser: frames are called by hand. */
function storeAround(isStill = false) {
  const scenes: LossScene[] = [];
  const queries: [string, boolean | undefined][] = [];
  const frames: ((nowMs: number) => void)[] = [];
  let callbacks: [(shown: Shown) => void, () => void, (why: string) => void] | null = null;
  const drawer: Drawer = {
    attach: () => undefined,
    show: (scene) => void scenes.push(scene),
    loseDevice: async () => undefined,
    memory: async () => ({ buffers: 0, bytes: 0 }),
    dispose: () => undefined,
  };
  const session = new LossSession({
    drawer: (...given) => {
      callbacks = given;
      return drawer;
    },
    setQuery: (query, replace) => void queries.push([query, replace]),
    requestFrame: (then) => frames.push(then),
    cancelFrame: () => void frames.splice(0),
    isStill: () => isStill,
  });
  session.follow('');
  session.enter();
  const color = [0, 0, 0] as const;
  session.setFrame({ width: 700, height: 400, ratio: 1, colors: { card: color, ink: color, soft: color } });
  const runFrames = (count: number): void => {
    for (let nowMs = 0; frames.length > 0 && nowMs < count * 16; nowMs += 16) frames.splice(0).forEach((frame) => frame(nowMs));
  };
  return { session, scenes, queries, frames, runFrames, callbacks: () => callbacks };
}

describe('the store', () => {
  it('draws when a frame is there, steps, and writes steps into the address', () => {
    const { session, scenes, queries } = storeAround();
    expect(scenes).toHaveLength(1);
    session.step();
    session.step();
    expect(session.settings.steps).toBe(2);
    expect(queries.at(-1)?.[0]).toBe('steps=2');
    expect(scenes.at(-1)?.tracks.map(({ length }) => length)).toEqual([9, 9]);
    session.reset();
    expect(queries.at(-1)?.[0]).toBe('');
  });

  it('runs until nothing more is to be seen, and begins anew after that', () => {
    const { session, runFrames, queries } = storeAround();
    session.toggle();
    expect(session.isRunning).toBe(true);
    runFrames(20);
    expect(session.settings.steps).toBeGreaterThan(0);
    session.toggle();
    expect(session.isRunning).toBe(false);
    session.toggle();
    runFrames(4000);
    expect(session.isRunning).toBe(false);
    expect(session.isOver).toBe(true);
    expect(queries.at(-1)?.[0]).toBe(`steps=${session.settings.steps}`);
    session.toggle();
    expect(session.settings.steps).toBe(0);
  });

  it('shows a run at its end where movement is not wanted', () => {
    const { session, frames } = storeAround(true);
    session.chooseRate('good');
    expect(session.settings.steps).toBe(200);
    expect(frames).toHaveLength(0);
  });

  it('writes the address when a drag has ended, and tells the drawer what moves', () => {
    const { session, scenes, queries } = storeAround();
    session.change({ points: [{ x: 1, y: 1 }] }, true);
    expect(scenes.at(-1)?.moving).toBe(true);
    session.change({ points: [{ x: 1.5, y: 1 }] }, true);
    expect(queries).toEqual([]);
    session.change({});
    expect(scenes.at(-1)?.moving).toBe(false);
    session.step();
    expect(queries).toEqual([
      ['points=1.5:1', false],
      ['points=1.5:1&steps=1', true],
    ]);
  });

  it('draws nothing without points, asks for another canvas when one is spent, and says what failed', () => {
    const { session, scenes, callbacks } = storeAround();
    session.change({ points: [] });
    session.toggle();
    expect(session.isRunning).toBe(false);
    expect(scenes).toHaveLength(1);
    const { canvasNumber } = session;
    callbacks()?.[1]();
    expect(session.canvasNumber).toBe(canvasNumber + 1);
    callbacks()?.[2]('broken');
    expect(lossNotices(session)).toMatchObject([{ id: 'failed', tone: 'bad' }]);
    session.again();
    expect(session.failure).toBeNull();
  });
});

describe('sentences', () => {
  const { mixed } = pointPresets;

  it('say which way w moves and why', () => {
    const start = stateAt(mixed, 'cross-entropy', 0, 0);
    expect(stepSentence(start, 1)).toMatch(
      /^dJ\/dw is negative: J falls to the right\. w := w − α · dw, so w moves right: w := 0 − 1 · \(−0\.\d+\) = 0\.\d+\.$/,
    );
    expect(stepSentence(stateAt(mixed, 'cross-entropy', 4, 0), 0.5)).toMatch(
      /dJ\/dw is positive: J falls to the left\..* so w moves left: w := 4\.00 − 0\.5 · 0\.\d+ = /,
    );
    expect(stepSentence({ ...start, dw: 0 }, 1)).toContain('stays');
  });

  it('name a confident mistake with both slopes', () => {
    const text = exampleSentence(Math.log(0.001 / 0.999));
    expect(text).toContain('y = 1, ŷ = 0.00100 is a confident mistake');
    expect(text).toContain('|ŷ − y| = 0.999');
    expect(text).toContain('squared error with 0.000998');
    expect(exampleSentence(6)).toContain('y = 0');
    expect(exampleSentence(0)).toContain('undecided');
  });

  it('say how a path ended, with its numbers', () => {
    const at = (learningRate: number, steps: number): string => {
      const path = descend(mixed, 'cross-entropy', { w: 0, b: 0 }, learningRate, steps);
      return outcomeSentence('cross-entropy', path, { ...defaultLoss, learningRate, steps }, landscapeOf(mixed, 'cross-entropy', 6));
    };
    expect(at(0.002, 200)).toMatch(/α = 0\.002 is too small: after 200 steps only 27\.9 % of the way down is done/);
    expect(at(1, 200)).toMatch(/^Cross-entropy: arrived\. After \d+ steps/);
    expect(at(8, 200)).toMatch(/α = 8 is too large: steps jump across the valley, and J rose in \d+ of 200/);
    expect(at(1e6, 1)).toMatch(/left the picture at step 1; at step 1 it is at w = 470,000, b = 0, J = 103,400\. A smaller α/);
    const stuck = descend(mixed, 'squared-error', { w: -4, b: 3 }, 1, 60);
    expect(outcomeSentence('squared-error', stuck, defaultLoss, landscapeOf(mixed, 'squared-error', 6))).toMatch(
      /: on a plain\. .* 60 steps did 3\.\d %/,
    );
    expect(at(1, 0)).toBe('Cross-entropy: J = 0.693 at the start.');
  });

  it('say what is the matter with points, and nothing where nothing is', () => {
    expect(pointsSentence(mixed)).toBeNull();
    expect(pointsSentence([])).toMatch(/no points/);
    expect(pointsSentence([{ x: 1, y: 1 }])).toMatch(/One point, y = 1: J has no minimum/);
    expect(
      pointsSentence([
        { x: 1, y: 0 },
        { x: 2, y: 0 },
      ]),
    ).toMatch(/All points are y = 0: J has no minimum/);
    expect(pointsSentence(pointPresets.apart)).toMatch(/no minimum/);
  });

  it('count valleys', () => {
    const say = (cost: 'cross-entropy' | 'squared-error'): string | null =>
      valleysSentence(landscapeOf(pointPresets.valleys, cost, 6), verdictOn(pointPresets.valleys));
    expect(say('cross-entropy')).toMatch(/convex: one valley/);
    expect(say('squared-error')).toMatch(/^Squared error has \d valleys here: J = 0\.112 at/);
  });
});

describe('pointers, keys and pace', () => {
  it('on a map the start moves; in space it does near its ring, and the surface turns elsewhere', () => {
    const place = { cost: 'cross-entropy', x: 0, y: 0, width: 400, height: 300, isNamed: true } as const;
    expect(dragOf([0, 0], { ...place, kind: 'contours' }, defaultLoss, 3).patch([300, 75])).toEqual({ w: 3, b: 3 });
    const space = { ...place, kind: 'surface' } as const;
    const matrix = spaceMatrix({ ...place, ...defaultLoss, top: 3 });
    const at = ([w, b]: readonly [number, number]): readonly [number, number] => {
      const [x, y] = project(matrix, place, [w, b, costOf(defaultLoss.points, 'cross-entropy', w, b)]);
      return [x, y];
    };
    const drag = dragOf(at([0, 0]), space, defaultLoss, 3);
    expect(drag.kind).toBe('start');
    const patch = drag.patch(at([1.5, -0.5]));
    expect(patch?.w).toBeCloseTo(1.5, 1);
    expect(patch?.b).toBeCloseTo(-0.5, 1);
    const turn = dragOf([10, 10], space, defaultLoss, 3);
    expect(turn.kind).toBe('turn');
    expect(turn.patch([30, 0])).toEqual({ turn: -40, tilt: 27 });
  });

  it('arrows move the start on a map and turn a surface, within their ranges', () => {
    const press = (key: string, kind: 'contours' | 'surface', patch = {}, shiftKey = false) =>
      keyPatch({ key, shiftKey }, kind, { ...defaultLoss, ...patch });
    expect(press('ArrowRight', 'contours')).toEqual({ w: 0.1, b: 0 });
    expect(press('ArrowDown', 'contours', {}, true)).toEqual({ w: 0, b: -1 });
    expect(press('ArrowRight', 'contours', { w: 20 })).toEqual({ w: 20, b: 0 });
    expect(press('ArrowLeft', 'surface', { turn: -178 })).toMatchObject({ turn: 177 });
    expect(press('ArrowUp', 'surface', { tilt: 87 })).toMatchObject({ tilt: 88 });
    expect(press('x', 'surface')).toBeNull();
  });

  it('runs slowly at first and faster later, and does not catch up after a pause', () => {
    expect(stepsAfter(0, 16)).toBe(0);
    expect(stepsAfter(0, 120)).toBe(1);
    expect(stepsAfter(100, 100)).toBeGreaterThan(5);
    expect(stepsAfter(0, 1e6)).toBeLessThan(5);
  });
});
