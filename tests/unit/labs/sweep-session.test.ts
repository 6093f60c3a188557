/** The store of the Scale lab against a worker and a memory that are made up: what it sends, keeps and shows. */
import { describe, expect, it } from 'vitest';
import type { SweepProgress, SweepReport, SweepUpdate } from '../../../src/session/sweep/protocol.ts';
import { plannedRuns, defaultSweeps, quickSweep, type SweepSettings } from '../../../src/session/sweep/settings.ts';
import { writeSweepQuery } from '../../../src/labs/scale/sweep-query.ts';
import { SweepSession, type Keeper, type Sweeper } from '../../../src/labs/scale/sweep-session.ts';
import { madeUpSweep } from '../../support/results.ts';
import { madeLaws, madeSample, madeSamples, madeTimes } from '../../support/sweep-fixture.ts';

const toys = defaultSweeps.toys;

class FakeSweeper implements Sweeper {
  readonly calls: string[] = [];
  progress: SweepProgress | null = null;
  tell: (update: SweepUpdate) => void = () => undefined;

  async start(settings: SweepSettings, from: SweepProgress | null): Promise<void> {
    this.calls.push(from ? `start from ${from.samples.length}` : 'start');
    this.progress = from ?? { settings, times: [], samples: [], laws: null };
  }
  async pause(): Promise<void> {
    this.calls.push('pause');
  }
  async resume(): Promise<void> {
    this.calls.push('resume');
  }
  async cancel(): Promise<void> {
    this.calls.push('cancel');
  }
  async setHidden(hidden: boolean): Promise<void> {
    this.calls.push(`hidden ${hidden}`);
  }
  report(): SweepReport | null {
    return this.progress && madeUpSweep();
  }
  dispose(): void {
    this.calls.push('dispose');
  }

  /** As the worker would, with progress kept as the client does. */
  say(update: Partial<SweepUpdate>): void {
    const { samples = [], times = [], laws } = update;
    if (this.progress) {
      const { settings } = this.progress;
      this.progress = {
        settings,
        times: [...this.progress.times, ...times],
        samples: [...this.progress.samples, ...samples],
        laws: laws ?? this.progress.laws,
      };
    }
    this.tell({ phase: 'running', done: 0, count: 10, secondsLeft: null, task: null, ...update });
  }
}

class FakeKeeper implements Keeper {
  readonly kept = new Map<string, SweepProgress>();
  refuses = false;

  async load(settings: SweepSettings): Promise<SweepProgress | null> {
    if (this.refuses) throw new Error('private mode');
    return this.kept.get(writeSweepQuery(settings)) ?? null;
  }
  async save(progress: SweepProgress): Promise<void> {
    this.kept.set(writeSweepQuery(progress.settings), progress);
  }
  async forget(settings: SweepSettings): Promise<void> {
    this.kept.delete(writeSweepQuery(settings));
  }
}

interface Opened {
  readonly session: SweepSession;
  readonly sweeper: FakeSweeper;
  readonly keeper: FakeKeeper;
  readonly queries: readonly string[];
  readonly results: readonly SweepReport[];
}

const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve));

async function open(query: string, keeper = new FakeKeeper()): Promise<Opened> {
  const sweeper = new FakeSweeper();
  const queries: string[] = [];
  const results: SweepReport[] = [];
  const session = new SweepSession({
    sweeper: (onUpdate) => {
      sweeper.tell = onUpdate;
      return sweeper;
    },
    keeper,
    setQuery: (text) => void queries.push(text),
    whenQuiet: async () => undefined,
    keepResult: (report) => void results.push(report),
  });
  session.follow(query);
  await settled();
  sweeper.calls.length = 0;
  return { session, sweeper, keeper, queries, results };
}

describe('the store of a sweep', () => {
  it('hands on the result when everything is done, once, and nothing before', async () => {
    const { session, sweeper, results } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({ samples: [madeSample('16', 20, 0, 0.5)] });
    sweeper.say({ phase: 'paused' });
    expect(results).toEqual([]);
    sweeper.say({ phase: 'finished' });
    sweeper.say({ phase: 'finished' });
    expect(results).toEqual([madeUpSweep()]);
  });

  it('starts, pauses, resumes and shows what comes', async () => {
    const { session, sweeper } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({ samples: [madeSample('16', 20, 0, 0.5)], times: madeTimes(toys).slice(0, 1) });
    sweeper.say({ samples: [madeSample('16', 20, 1, 0.6)] });
    session.toggle();
    expect(session.state.wantsToRun).toBe(false);
    sweeper.say({ phase: 'paused' });
    session.toggle();
    expect(sweeper.calls).toEqual(['start', 'pause', 'resume']);
    expect([session.state.samples.length, session.state.times.length]).toEqual([2, 1]);
    session.dispose();
  });

  it('keeps what was found and offers it to the next visit, which goes on from there or starts anew', async () => {
    const first = await open('set=toys');
    first.session.toggle();
    await settled();
    first.sweeper.say({ samples: madeSamples(toys).slice(0, 3), laws: madeLaws(toys) });
    first.session.leave();
    const second = await open('set=toys', first.keeper);
    expect(second.session.state).toMatchObject({ phase: 'idle', offered: true });
    expect(second.session.state.samples).toHaveLength(3);
    second.session.goOn();
    await settled();
    expect(second.sweeper.calls).toEqual(['start from 3']);
    expect(second.session.state).toMatchObject({ offered: false, done: 3, count: plannedRuns(toys) });
    const third = await open('set=toys', first.keeper);
    third.session.startAnew();
    await settled();
    expect(third.sweeper.calls).toEqual(['start']);
    expect(third.session.state.samples).toEqual([]);
  });

  it('forgets on reset, and hears nothing more of what it was', async () => {
    const { session, sweeper, keeper } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({ samples: [madeSample('16', 20, 0, 0.5)] });
    session.leave();
    expect(keeper.kept.size).toBe(1);
    session.reset();
    sweeper.say({ phase: 'cancelled', samples: [madeSample('16', 20, 1, 0.5)] });
    expect(session.state).toMatchObject({ phase: 'idle', samples: [] });
    expect(keeper.kept.size).toBe(0);
  });

  it('ends the sweep when settings change, writes the URL once, and follows it back', async () => {
    const { session, sweeper, queries } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({ samples: [madeSample('16', 20, 0, 0.5)] });
    session.change({ points: 4 });
    session.change({ points: 4 });
    expect(queries).toEqual(['set=toys&points=4']);
    expect(sweeper.calls).toEqual(['start', 'cancel']);
    expect(session.state.samples).toEqual([]);
    session.follow('set=toys');
    await settled();
    expect(session.settings).toEqual(toys);
    expect(session.state).toMatchObject({ offered: true });
    expect(session.state.samples).toHaveLength(1);
  });

  it('takes another set with its own defaults, and the presets', async () => {
    const { session } = await open('');
    session.change({ set: 'houses' });
    expect(session.settings).toEqual(defaultSweeps.houses);
    session.choose('quick');
    expect(session.settings).toEqual(quickSweep(defaultSweeps.houses));
    session.choose('whole');
    expect(session.settings).toEqual(defaultSweeps.houses);
  });

  it('rests while the lab is left, and goes on when it is opened again unless it was paused', async () => {
    const { session, sweeper } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({});
    session.leave();
    sweeper.say({ phase: 'paused' });
    session.enter();
    await settled();
    sweeper.say({});
    session.toggle();
    sweeper.say({ phase: 'paused' });
    session.leave();
    session.enter();
    await settled();
    expect(sweeper.calls).toEqual(['start', 'pause', 'resume', 'pause']);
  });

  it('says when the browser keeps nothing, and works on', async () => {
    const keeper = new FakeKeeper();
    keeper.refuses = true;
    const { session, sweeper } = await open('set=toys', keeper);
    expect(session.state.notices).toEqual([{ kind: 'not-kept', why: { isFull: false, words: 'private mode' } }]);
    session.toggle();
    await settled();
    expect(sweeper.calls).toEqual(['start']);
  });

  it('goes on after a failure from what was found', async () => {
    const { session, sweeper } = await open('set=toys');
    session.toggle();
    await settled();
    sweeper.say({ samples: [madeSample('16', 20, 0, 0.5)] });
    sweeper.say({ phase: 'failed', failure: 'its script did not load' });
    expect(session.state).toMatchObject({ phase: 'failed', failure: 'its script did not load' });
    session.toggle();
    await settled();
    expect(sweeper.calls.at(-1)).toBe('start from 1');
  });
});
