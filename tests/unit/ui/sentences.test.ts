/** The words for what goes wrong: each its own, with the numbers that matter and the way out. */
import { describe, expect, it } from 'vitest';
import type { Divergence, GpuAbsence, MachineReport, RaceNotice } from '../../../src/session/protocol.ts';
import { defaultSettings, ranges } from '../../../src/session/settings.ts';
import { raceNotices } from '../../../src/labs/train/race-notices.ts';
import { divergenceSentence, noticeSentence, rateToTry } from '../../../src/labs/train/sentences.ts';
import { absenceSentence, softwareGpuSentences } from '../../../src/ui/words.ts';
import { emptyRace } from '../../../src/ui/race-state.ts';

const { adverts, toys } = defaultSettings;
const software = () => Object.values(softwareGpuSentences()).join(' ');

describe('what is amiss', () => {
  const cases: readonly (readonly [what: string, sentence: string, parts: readonly RegExp[]])[] = [
    ['no WebGPU', absenceSentence('no-webgpu'), [/has no WebGPU/, /A current Chrome, Edge, Safari or Firefox brings the GPU lane/]],
    [
      'an insecure page',
      absenceSentence('insecure-context'),
      [/only to pages that came over https or from localhost/, /Open this page that way/],
    ],
    ['no adapter', absenceSentence('no-adapter'), [/no graphics adapter/, /switching it on may bring the GPU lane/]],
    ['no device', absenceSentence('no-device'), [/gave no device/, /Loading the page again may help/]],
    ['a software GPU', software(), [/This is a software GPU/, /A machine with a graphics card/]],
    [
      'one class',
      noticeSentence({ kind: 'single-class', className: 'cat' }),
      [/All training examples are “cat”/, /A larger m brings the other class in/],
    ],
    [
      'a plan that does not fit',
      noticeSentence({ kind: 'plan-unfit', asked: 'tiny', used: 'layered' }),
      [/“tiny” does not fit this model; “layered” runs instead/, /“fastest plan” always takes one that fits/],
    ],
    [
      'a GPU too small',
      noticeSentence({ kind: 'gpu-unfit', message: 'X takes 9 GB, a buffer 2 GB: m = 200,000 would fit.' }),
      [/does not fit the GPU, so the CPU races alone/, /m = 200,000 would fit\.$/],
    ],
    ['no lane left', noticeSentence({ kind: 'cpu-put-in' }), [/no GPU here and the CPU was switched off/, /the CPU was put in/]],
    [
      'rounding magnified',
      noticeSentence({ kind: 'precision', difference: 0.31, cost: 2.4, atStep: 400 }),
      [/costs part by 0\.31 at step 400, where J is 2\.4\./, /a smaller α keeps them together/],
    ],
  ];

  it.each(cases)('%s is said with the way out', (_what, sentence, parts) => {
    for (const part of parts) expect(sentence).toMatch(part);
  });
  it('is said in words of its own', () => expect(new Set(cases.map(([, sentence]) => sentence)).size).toBe(cases.length));
});

describe('a lost device', () => {
  const lost = (recovered: boolean, detail: string) => noticeSentence({ kind: 'device-lost', atStep: 1234, recovered, detail });
  it('is said with what followed', () => {
    expect(lost(true, 'Device was destroyed.')).toBe(
      'The GPU device was lost at step 1,234 (Device was destroyed). A new one was made and the race went on from there.',
    );
    expect(lost(false, 'Device was destroyed.')).toBe(
      'The GPU device was lost at step 1,234 (Device was destroyed). No GPU could be had again; the CPU races on alone.',
    );
  });
  it('has no brackets where the browser gave no reason', () => {
    for (const recovered of [true, false]) for (const detail of ['', ' ']) expect(lost(recovered, detail)).toMatch(/at step 1,234\. [AN]/);
  });
});

describe('a divergence', () => {
  const diverged = (more: Partial<Divergence> = {}): Divergence => ({
    lane: 'gpu',
    step: 17,
    layer: 1,
    part: 'W',
    learningRate: 5,
    tryLearningRate: 0.05,
    ...more,
  });
  const noticeOf = (divergence: Divergence) => raceNotices({ ...emptyRace, divergence }, adverts, null).find(({ id }) => id === 'diverged');

  it('names engine, step, layer and a smaller α', () => {
    expect(divergenceSentence(diverged(), adverts)).toBe(
      'J stopped being finite on the GPU at step 17, first in W of layer 1 of 1: with α = 5 each step overshoots further than the last. Try α = 0.05.',
    );
    expect(divergenceSentence(diverged({ lane: 'wasm', layer: 2, part: 'b' }), toys)).toContain(
      'on the CPU at step 17, first in b of layer 2 of 2',
    );
    expect(noticeOf(diverged())?.action).toBe('Use α = 0.05');
  });
  it.each([
    ['the same', 5],
    ['larger', 6],
    ['below the range', ranges.learningRate[0] / 2],
    ['no number', Number.NaN],
  ])('offers none that is %s, and says so', (_what, tryLearningRate) => {
    const divergence = diverged({ tryLearningRate });
    expect(rateToTry(divergence)).toBeNull();
    expect(divergenceSentence(divergence, adverts)).toContain('No smaller α is left to try');
    expect(divergenceSentence(divergence, adverts)).not.toContain('Try α');
    expect(noticeOf(divergence)).not.toHaveProperty('action');
  });
});

describe('the banners', () => {
  const machine = (absent: GpuAbsence): MachineReport => ({
    gpu: { absent, detail: '' },
    logicalCores: 2,
    crossOriginIsolated: true,
    clockResolutionMs: 0.005,
  });
  it.each<GpuAbsence>(['no-webgpu', 'insecure-context', 'no-adapter', 'no-device'])('say %s once', (why) => {
    const notices: readonly RaceNotice[] = [{ kind: 'gpu-lane-absent', why }];
    expect(raceNotices({ ...emptyRace, notices }, adverts, machine(why))).toEqual([
      { id: `gpu-${why}`, tone: 'warn', text: absenceSentence(why) },
    ]);
  });
});
