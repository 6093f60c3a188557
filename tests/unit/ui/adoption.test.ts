/** Adopted kernels on the page: what is kept and rolled back, what races start with, and when the race begins again. */
import { describe, expect, it } from 'vitest';
import type { Rollback, WentWrong } from '../../../src/session/adopted/protocol.ts';
import { Adoption, type RaceDesk } from '../../../src/ui/adoption/adoption.ts';
import { adopted, nothingAdopted, rolledBack, takenOut } from '../../../src/ui/adoption/adoption-state.ts';
import { editedKernels, rollbackSentence, useSentence } from '../../../src/ui/adoption/adoption-words.ts';
import { emptyRace, reduceRace } from '../../../src/ui/race-state.ts';

const why: WentWrong = { kind: 'cost', atStep: 12, gpu: 0.7, cpu: 0.5 };
const out = (...files: string[]): Rollback => ({ files, why });

describe('what is adopted', () => {
  it('is kept by file, and goes with a rollback, which says which text it was', () => {
    const both = adopted(adopted(nothingAdopted, 'tiny.wgsl', 'one'), 'cost.wgsl', 'two');
    expect(both.kernels).toEqual({ 'tiny.wgsl': 'one', 'cost.wgsl': 'two' });
    const back = rolledBack(both, out('tiny.wgsl'));
    expect(back).toEqual({ kernels: { 'cost.wgsl': 'two' }, rolledBack: { 'tiny.wgsl': { text: 'one', why } }, news: out('tiny.wgsl') });
    expect(takenOut(back, ['cost.wgsl'])).toEqual({ ...back, kernels: {} });
  });

  it('is not touched by a rollback of what is not adopted', () => {
    const state = adopted(nothingAdopted, 'tiny.wgsl', 'one');
    expect(rolledBack(state, out('fold.wgsl'))).toBe(state);
    expect(rolledBack(state, out('fold.wgsl', 'tiny.wgsl')).news).toEqual(out('tiny.wgsl'));
  });

  it('adopted anew, is rolled back no more', () => {
    const back = rolledBack(adopted(nothingAdopted, 'tiny.wgsl', 'one'), out('tiny.wgsl'));
    expect(adopted(back, 'fold.wgsl', 'x')).toMatchObject({ rolledBack: back.rolledBack, news: back.news });
    expect(adopted(back, 'tiny.wgsl', 'two')).toEqual({ kernels: { 'tiny.wgsl': 'two' }, rolledBack: {}, news: null });
  });
});

/** The page's store, as far as adoption knows it. */
class Desk implements RaceDesk {
  lab = 'kernels';
  race = emptyRace;
  /** Of each race that began: whether it waits. */
  readonly begun: boolean[] = [];
  #away: Promise<void> = Promise.resolve();
  #listener = (): void => undefined;

  subscribe(listener: () => void): () => void {
    this.#listener = listener;
    return () => undefined;
  }

  reset(paused = true): void {
    this.begun.push(paused);
  }

  whenAway(): Promise<void> {
    return this.#away;
  }

  async open(lab: string): Promise<void> {
    this.lab = lab;
    this.#listener();
    await this.#away;
    await Promise.resolve();
  }
}

const raced = { ...emptyRace, runId: 1, wantsToRun: true };

describe('the race', () => {
  it('starts with what is adopted, and with nothing where nothing is', () => {
    const adoption = new Adoption(new Desk());
    expect(adoption.kernels).toBeUndefined();
    adoption.adopt('tiny.wgsl', 'one');
    expect(adoption.kernels).toEqual({ 'tiny.wgsl': 'one' });
    adoption.takeOut(['tiny.wgsl']);
    expect(adoption.kernels).toBeUndefined();
  });

  it('begins again when Train is opened, once, and not where it had not begun yet', async () => {
    const [fresh, used] = [new Desk(), new Desk()];
    used.race = raced;
    for (const desk of [fresh, used]) {
      new Adoption(desk).adopt('tiny.wgsl', 'one');
      expect(desk.begun).toEqual([]);
      await desk.open('compare');
      expect(desk.begun).toEqual([]);
      for (const _ of [1, 2]) await desk.open('train');
    }
    expect([fresh.begun, used.begun]).toEqual([[], [false]]);
  });

  it('begins again after a rollback, running or paused as it was, and the notice stays until it is dismissed', () => {
    for (const wantsToRun of [true, false]) {
      const desk = new Desk();
      const adoption = new Adoption(desk);
      adoption.adopt('tiny.wgsl', 'one');
      desk.lab = 'train';
      desk.race = { ...raced, wantsToRun };
      adoption.rollBack(out('tiny.wgsl'));
      expect(desk.begun).toEqual([!wantsToRun]);
      expect(adoption.kernels).toBeUndefined();
      expect(adoption.notices).toMatchObject([{ tone: 'warn', text: rollbackSentence(out('tiny.wgsl')) }]);
      adoption.act('another');
      expect(adoption.notices).toHaveLength(1);
      adoption.act('rolled-back');
      expect(adoption.notices).toEqual([]);
      expect(adoption.state.rolledBack).toHaveProperty(['tiny.wgsl', 'why'], why);
    }
  });

  it('that went wrong after Train was left waits in its place, and runs when Train is opened', async () => {
    const desk = new Desk();
    const adoption = new Adoption(desk);
    adoption.adopt('tiny.wgsl', 'one');
    desk.race = raced;
    adoption.rollBack(out('tiny.wgsl'));
    expect(desk.begun).toEqual([true]);
    await desk.open('train');
    expect(desk.begun).toEqual([true, false]);
  });

  it('says which edited kernels it runs, until the next one starts', () => {
    const message = { runId: 1, phase: 'racing', warming: true, wantsToRun: true, stepsAsked: 5 } as const;
    const edited = { steps: ['tiny.wgsl'], beside: [] };
    const told = reduceRace(emptyRace, { type: 'update', update: { ...message, edited } });
    expect(told.edited).toEqual(edited);
    expect(reduceRace(told, { type: 'update', update: message }).edited).toEqual(edited);
    expect(reduceRace(told, { type: 'start', keep: true, paused: false }).edited).toBeNull();
  });
});

describe('in words', () => {
  it('names the kernels, what they do to the times, and why one was rolled back', () => {
    expect(editedKernels(['matmul.wgsl'])).toBe('edited kernel: matmul.wgsl');
    expect(editedKernels(['a.wgsl', 'b.wgsl'])).toBe('edited kernels: a.wgsl, b.wgsl');
    expect(useSentence({ steps: ['a.wgsl'], beside: ['b.wgsl'] }, ['a.wgsl', 'b.wgsl'])).toContain('of the edited text');
    expect(useSentence({ steps: [], beside: ['b.wgsl'] }, ['b.wgsl'])).toContain('test part');
    expect(useSentence({ steps: [], beside: [] }, ['b.wgsl'])).toContain('b.wgsl is adopted, but this plan runs no such kernel');
    expect(rollbackSentence(out('a.wgsl'))).toBe(
      'Rolled back: the edited a.wgsl is out of the race, which began again with the built-in kernel. Why: at step 12 J was 0.700000 on the GPU and 0.500000 on the CPU.',
    );
    const others: readonly WentWrong[] = [
      { kind: 'refused', words: 'unexpected token' },
      { kind: 'device-lost', words: 'gone' },
      { kind: 'device-lost', words: '' },
      { kind: 'too-long', seconds: 15 },
      { kind: 'first-steps', steps: 3 },
      { kind: 'parameters', atStep: 9, difference: 0.5 },
      { kind: 'test-cost', atStep: 9, gpu: 1, cpu: 2 },
      { kind: 'predictions', atStep: 9, example: 4, gpu: 1, cpu: 0 },
      { kind: 'non-finite', atStep: 9 },
    ];
    for (const one of others) {
      const sentence = rollbackSentence({ files: ['a.wgsl', 'b.wgsl'], why: one });
      expect(sentence).toMatch(/^Rolled back: the edited a[.]wgsl, b[.]wgsl are out of the race.* Why: (J|[a-z]).+[.]$/s);
      expect(sentence).not.toMatch(/undefined|NaN|[(][)]/);
    }
  });
});
