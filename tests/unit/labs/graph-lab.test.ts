/** The store of the Graph lab: its place in the URL, stepping, playing, and what becomes of wrong texts. */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { presetSettings, readGraphQuery, writeGraphQuery } from '../../../src/labs/graph/graph-query.ts';
import { GraphSession, type Surroundings } from '../../../src/labs/graph/graph-session.ts';
import { mostValue, nudgeSizes, stepsDone, timedSizes, type GraphSettings } from '../../../src/labs/graph/graph-state.ts';
import { mostExamples } from '../../../src/session/graph/study.ts';
import { parseText } from '../../../src/session/graph/parse.ts';

const value = fc.double({ min: -mostValue, max: mostValue, noNaN: true }).map((x) => x + 0);

const graphSettings: fc.Arbitrary<GraphSettings> = fc
  .record({
    text: fc.constantFrom('J = 3(a + b c)', 'J = a/b + c & "<b>"', 'z = a; J = σ(z)\n', 'a  +  b'),
    values: fc.record({ a: value, b: value, c: value }),
    detail: fc.constantFrom('lines', 'operations'),
    nudge: fc.constantFrom('', 'a', 'w_1'),
    size: fc.constantFrom(...nudgeSizes),
    part: fc.constantFrom('forward', 'backward'),
    steps: fc.integer({ min: 0, max: 999 }),
  })
  .map(({ part, steps, ...rest }) => ({ ...presetSettings('course'), ...rest, position: { part, steps } }));

const loopSettings: fc.Arbitrary<GraphSettings> = fc
  .record({
    w1: value,
    w2: value,
    b: value,
    m: fc.integer({ min: 1, max: mostExamples }),
    timedM: fc.constantFrom(...timedSizes),
    steps: fc.nat(99),
  })
  .map(({ w1, w2, b, steps, ...rest }) => ({
    ...presetSettings('examples'),
    weights: { w1, w2, b },
    position: { part: 'forward', steps },
    ...rest,
  }));

describe('the address', () => {
  it('reads back as the same settings', () => {
    fc.assert(
      fc.property(fc.oneof(graphSettings, loopSettings), (settings) => {
        const { settings: read, notes } = readGraphQuery(writeGraphQuery(settings));
        expect(notes).toEqual([]);
        expect(read).toEqual(settings);
      }),
    );
  });

  it('is empty for what opens first, and short for the presets', () => {
    expect(writeGraphQuery(presetSettings('course'))).toBe('');
    expect(writeGraphQuery(presetSettings('logistic'))).toBe('preset=logistic');
    expect(writeGraphQuery(presetSettings('examples'))).toBe('preset=examples');
  });

  it.each([
    ['preset=foo', 'preset'],
    ['values=a', 'values'],
    ['values=a:1e9', 'values'],
    ['nodes=all', 'nodes'],
    ['at=z9', 'at'],
    ['size=0.3', 'size'],
    ['preset=examples&m=99', 'm'],
    ['weights=1,2', 'weights'],
    ['foo=1', 'foo'],
  ])('%s becomes the default and a note', (query, key) => {
    const { settings, notes } = readGraphQuery(query);
    expect(notes.map((note) => note.key)).toEqual([key]);
    expect(settings).toEqual(presetSettings(query.startsWith('preset=examples') ? 'examples' : 'course'));
  });
});

describe('the store', () => {
  let queries: string[] = [];
  let session: GraphSession;

  const make = (still: boolean, timeLoop: Surroundings['timeLoop'] = () => new Promise(() => undefined)): GraphSession => {
    session = new GraphSession({
      loadParser: () => Promise.resolve(parseText),
      setQuery: (query) => void queries.push(query),
      still: () => still,
      timeLoop,
      whenQuiet: () => Promise.resolve(),
    });
    return session;
  };
  const open = async (query: string, still = true): Promise<GraphSession> => {
    make(still).follow(query);
    await vi.advanceTimersByTimeAsync(0);
    return session;
  };
  const done = (): number => stepsDone(session.settings, session.state);

  beforeEach(() => {
    vi.useFakeTimers();
    queries = [];
  });

  afterEach(() => {
    session.dispose();
    vi.useRealTimers();
  });

  it('opens with all values, and plays the chain rule by itself unless nothing is to move', async () => {
    await open('', false);
    expect(session.state.study?.values.at(-1)?.value).toBe(33);
    expect([done(), session.state.playing]).toEqual([3, true]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect([done(), session.state.playing]).toEqual([9, false]);
    expect(vi.getTimerCount()).toBe(0);
    await open('', true);
    expect([done(), session.state.playing]).toEqual([3, false]);
  });

  it.each([
    ['a text', () => session.type('J = 3(a + '), () => [session.state.complaint !== null, session.state.draft], [true, 'J = 3(a + ']],
    ['a right text', () => session.type('J = a b'), () => [session.settings.text, session.state.draft], ['J = a b', null]],
    ['a value', () => session.setValue('a', 6), () => [session.state.study?.values.at(-1)?.value], [36]],
    ['a preset', () => session.choose('logistic'), () => [session.state.study?.graph.inputs.includes('y')], [true]],
  ])('loses nothing that comes before the parser: %s', async (_name, act, found, expected) => {
    make(true).follow('');
    act();
    await vi.advanceTimersByTimeAsync(0);
    expect(found()).toEqual(expected);
  });

  it('opens a link where it was left', async () => {
    await open('values=a:7&at=b3', false);
    expect([done(), session.state.playing]).toEqual([6, false]);
    expect(session.state.study?.values.at(-1)?.value).toBe(39);
    await open('at=f1');
    expect(done()).toBe(1);
  });

  it('steps there and back, fills a part at once, and starts anew', async () => {
    await open('at=f0');
    session.step();
    expect([done(), queries.at(-1)]).toEqual([1, 'at=f1']);
    session.all();
    expect([done(), queries.at(-1)]).toEqual([3, '']);
    session.all();
    expect(done()).toBe(9);
    session.step();
    expect(done()).toBe(9);
    session.step(-1);
    expect([done(), queries.at(-1)]).toEqual([8, 'at=b5']);
    session.reset();
    session.step(-1);
    expect(done()).toBe(0);
  });

  it('plays a part, pauses, and goes on', async () => {
    await open('');
    session.forward();
    expect([done(), session.state.playing]).toEqual([0, true]);
    await vi.advanceTimersByTimeAsync(1000);
    session.toggle();
    expect([done(), session.state.playing]).toEqual([1, false]);
    session.forward();
    await vi.advanceTimersByTimeAsync(10_000);
    expect([done(), session.state.playing]).toEqual([3, false]);
    session.reset();
    session.backward();
    expect(done()).toBe(3);
    await vi.advanceTimersByTimeAsync(20_000);
    expect(done()).toBe(9);
    session.toggle();
    await vi.advanceTimersByTimeAsync(20_000);
    expect(done()).toBe(9);
  });

  it('rests while the lab is not to be seen', async () => {
    await open('', false);
    session.leave();
    await vi.advanceTimersByTimeAsync(5000);
    expect(done()).toBe(3);
    session.enter();
    await vi.advanceTimersByTimeAsync(1000);
    expect(done()).toBe(4);
  });

  it('follows a value at once, wherever one stands', async () => {
    await open('at=b99');
    session.setValue('c', 4);
    expect(done()).toBe(9);
    expect(session.state.study?.values.at(-1)?.value).toBe(51);
    expect(session.state.study?.back?.gradients.slice(0, 3)).toEqual([3, 12, 9]);
    expect(queries.at(-1)).toContain('values=c:4');
  });

  it('keeps the graph while the text is wrong, and takes it up when it is right', async () => {
    await open('');
    session.type('J = 3(a +');
    expect(session.state.complaint).toMatchObject({ kind: 'expected', place: 9 });
    expect(session.state.draft).toBe('J = 3(a +');
    expect(session.state.study?.graph.inputs).toEqual(['a', 'b', 'c']);
    expect(queries).toEqual([]);
    session.type('J = 3(a + q)');
    expect(session.state.complaint).toBeNull();
    expect(session.state.study?.graph.inputs).toEqual(['a', 'q']);
    expect(session.state.valued).toEqual(['q']);
    expect(session.settings.values).toEqual({ a: 5, q: 1 });
    session.setValue('q', 2);
    expect(session.state.valued).toEqual([]);
  });

  it('shows every operation of a single line, whatever was chosen for several', async () => {
    await open('preset=logistic');
    expect(session.state.study?.graph.nodes.map(({ name }) => name).slice(-3)).toEqual(['z', 'a', 'L']);
    session.type('J = a b + a');
    expect(session.state.study?.graph.nodes.map(({ name }) => name)).toEqual(['a', 'b', 'u', 'J']);
  });

  it('takes the default for an expression in the address that cannot be read, and says why', async () => {
    await open('expr=a%2B');
    expect(session.notes.map(({ key }) => key)).toEqual(['expr']);
    expect(session.state.study?.values.at(-1)?.value).toBe(33);
  });

  it('says when the parser does not come, and tries again', async () => {
    let fails = true;
    session = new GraphSession({
      loadParser: () => (fails ? Promise.reject(new Error('offline')) : Promise.resolve(parseText)),
      setQuery: () => undefined,
      still: () => true,
      timeLoop: () => new Promise(() => undefined),
      whenQuiet: () => Promise.resolve(),
    });
    session.follow('');
    await vi.advanceTimersByTimeAsync(0);
    expect(session.state.failure).toBe('offline');
    fails = false;
    await session.reopen();
    expect(session.state.failure).toBeNull();
    expect(session.state.study).not.toBeNull();
  });

  it('runs the loop line by line', async () => {
    await open('preset=examples');
    session.step();
    expect([done(), queries.at(-1)]).toEqual([1, 'preset=examples&at=f1']);
    session.all();
    expect(session.state.loop.trace[done()]?.line).toBe('mean');
  });

  it('times one thing at a time, and forgets what no longer holds', async () => {
    const signals: AbortSignal[] = [];
    make(true, (_m, _onProgress, signal) => {
      signals.push(signal);
      return Promise.reject(new Error('no'));
    }).follow('preset=examples');
    await vi.advanceTimersByTimeAsync(0);
    session.time();
    session.time();
    await vi.advanceTimersByTimeAsync(0);
    expect(signals).toHaveLength(1);
    expect(session.state.timing).toMatchObject({ phase: 'failed', words: 'no' });
    session.change({ timedM: 1000 });
    expect(session.state.timing.phase).toBe('idle');
  });
});
