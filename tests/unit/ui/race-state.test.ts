/** The fold of the worker's messages: curves grow, stale messages change nothing, the last speed-up stays as a ghost. */
import { describe, expect, it } from 'vitest';
import fc from 'fast-check';
import type { DataReport, LaneReport, RaceUpdate, SpeedUp } from '../../../src/session/protocol.ts';
import { emptyRace, emptySeries, extend, laneOf, reduceRace, seriesLimit, stepsDone, type RaceState } from '../../../src/ui/race-state.ts';

const lane = (kind: 'gpu' | 'cpu', from: number, to: number): LaneReport => ({
  lane: kind === 'gpu' ? 'gpu' : 'reference',
  kind,
  plan: kind === 'gpu' ? 'layered' : 'reference',
  planSegments: [],
  dispatchesPerStep: 0,
  step: to,
  points: Array.from({ length: to - from }, (_, i) => ({ step: from + i, cost: 1 / (1 + from + i), seconds: (from + i) / 1000 })),
  coldMs: null,
  stepMs: null,
  blocks: 0,
  outlierBlocks: 0,
  drift: null,
  gigabytesPerSecond: null,
  gigaflopsPerSecond: null,
  shareOfCopy: null,
  shareOfFma: null,
  profile: null,
  checked: null,
});
const speedUp: SpeedUp = { ratio: 2, low: 1.9, high: 2.1, blocks: 9, verdict: 'gpu', stepsPerBlock: 4, hiddenBlocks: 0 };
const data = { task: 'binary', m: 209 } as DataReport;
const say = (state: RaceState, update: Partial<RaceUpdate>): RaceState =>
  reduceRace(state, {
    type: 'update',
    update: { runId: 1, phase: 'racing', warming: false, wantsToRun: true, stepsAsked: 100, ...update },
  });

describe('curves', () => {
  it('grow by what is new, whatever is repeated', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 50 }), { maxLength: 12 }), (ends) => {
        let series = emptySeries;
        for (const end of ends) series = extend(series, lane('gpu', 0, end).points);
        const most = Math.max(0, ...ends);
        expect(series.step).toEqual(Array.from({ length: most }, (_, i) => i));
        expect(series.cost).toHaveLength(most);
        expect(series.seconds).toHaveLength(most);
      }),
    );
  });
  it('are thinned when they are long, first and last point staying', () => {
    const series = extend(emptySeries, lane('gpu', 0, seriesLimit + 2).points);
    expect(series.step.length).toBeLessThanOrEqual(seriesLimit / 2 + 2);
    expect(series.step[0]).toBe(0);
    expect(series.step.at(-1)).toBe(seriesLimit + 1);
  });
  it('keep test points apart by lane', () => {
    const state = say(emptyRace, {
      testPoints: [
        { step: 1, cost: 0.6, lane: 'gpu', seconds: 0.1 },
        { step: 1, cost: 0.7, lane: 'reference', seconds: 0.2 },
      ],
    });
    expect(say(state, { testPoints: [{ step: 5, cost: 0.5, lane: 'gpu', seconds: 0.3 }] }).tests.map(({ series }) => series.step)).toEqual([
      [1, 5],
      [1],
    ]);
  });
});

describe('messages', () => {
  it('of an older run change nothing', () => {
    const state = say(emptyRace, { runId: 4, lanes: [lane('gpu', 0, 3)] });
    expect(say(state, { runId: 3, phase: 'failed' })).toBe(state);
  });
  it('leave alone what they do not mention', () => {
    const state = say(say(emptyRace, { data, speedUp, lanes: [lane('gpu', 0, 3), lane('cpu', 0, 2)] }), { phase: 'paused' });
    expect(state).toMatchObject({ phase: 'paused', data, speedUp });
    expect(stepsDone(state)).toBe(2);
    expect(laneOf(state, 'cpu')?.report.step).toBe(2);
  });
  it('can take a speed-up back', () => expect(say(say(emptyRace, { speedUp }), { speedUp: null }).speedUp).toBeNull());
  it('keep one notice of a kind', () => {
    const lost = (atStep: number): Partial<RaceUpdate> => ({
      notice: { kind: 'device-lost', atStep, recovered: true, detail: 'destroyed' },
    });
    const twice = say(say(say(emptyRace, lost(3)), { notice: { kind: 'cpu-put-in' } }), lost(9));
    expect(twice.notices).toEqual([lost(9).notice, { kind: 'cpu-put-in' }]);
  });
});

describe('what was asked for', () => {
  it('is what was pressed last, whatever the phase', () => {
    const pressed = reduceRace(say(emptyRace, { phase: 'preparing' }), { type: 'ask', run: false });
    expect(pressed).toMatchObject({ phase: 'preparing', wantsToRun: false });
    expect(say(pressed, { phase: 'preparing', wantsToRun: false }).wantsToRun).toBe(false);
    expect(reduceRace(pressed, { type: 'ask', run: true }).wantsToRun).toBe(true);
  });
  it('is to wait after a reset and to run after any other start', () => {
    expect(reduceRace(emptyRace, { type: 'start', keep: true, paused: true }).wantsToRun).toBe(false);
    expect(reduceRace(say(emptyRace, { wantsToRun: false }), { type: 'start', keep: true, paused: false }).wantsToRun).toBe(true);
  });
});

describe('a new start', () => {
  const raced = say(emptyRace, { data, speedUp, lanes: [lane('gpu', 0, 30)], testPoints: [{ step: 1, cost: 1, lane: 'gpu', seconds: 0 }] });

  it('leaves the last speed-up as a ghost, and curves until new ones come', () => {
    const started = reduceRace(raced, { type: 'start', keep: true, paused: false });
    expect(started).toMatchObject({ speedUp: null, ghost: { speedUp, m: 209 }, stale: true, data });
    expect(started.lanes[0]?.series.step).toHaveLength(30);
    const next = say(started, { runId: 2, lanes: [lane('gpu', 0, 2)] });
    expect(next.stale).toBe(false);
    expect(next.lanes[0]?.series.step).toEqual([0, 1]);
    expect(next.tests).toEqual([]);
  });
  it('keeps the ghost through starts that end before a speed is known', () => {
    let state = raced;
    for (let i = 0; i < 5; i++) state = reduceRace(state, { type: 'start', keep: true, paused: false });
    expect(state.ghost).toEqual({ speedUp, m: 209 });
  });
  it('on other data forgets everything', () => {
    expect(reduceRace(raced, { type: 'start', keep: false, paused: false })).toMatchObject({
      data: null,
      lanes: [],
      tests: [],
      ghost: null,
      insight: null,
    });
  });
});
