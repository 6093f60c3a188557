/** The sentences of the Train lab: what it is doing, what went wrong and what to do, what two numbers mean. Only words. */
import { msg, str } from '@lit/localize';
import type { Divergence, Failure, RaceNotice } from '../../session/protocol.ts';
import { ranges, type Settings } from '../../session/settings.ts';
import { bytes, duration, integer, percent, plain, scientific, significant } from '../../ui/format.ts';
import { laneOf, stepsDone, type RaceState } from '../../ui/race-state.ts';
import { absenceSentence, laneDetail, laneName, planName } from '../../ui/words.ts';
import { examplesOf, modelName } from './names.ts';
import { headline } from './speed-text.ts';

export function noticeSentence(notice: RaceNotice): string {
  switch (notice.kind) {
    case 'device-lost':
      return deviceLostSentence(notice);
    case 'gpu-unfit':
      return msg(str`This problem does not fit the GPU, so the CPU races alone. ${notice.message}`);
    case 'cpu-put-in':
      return msg('There is no GPU here and the CPU was switched off: a race needs a lane, so the CPU was put in.');
    case 'cpu-lane-unfit':
      if (notice.why === null)
        return msg(
          'This page is not cross-origin isolated, so threads cannot share memory: the CPU computes on one. Its host has to send Cross-Origin-Opener-Policy: same-origin and Cross-Origin-Embedder-Policy: require-corp, as npm start does.',
        );
      return msg(str`The CPU computes by ${laneDetail(notice.used, 'reference')}: ${notice.why}.`);
    case 'gpu-lane-absent':
      return absenceSentence(notice.why);
    case 'm-reduced':
      return msg(
        str`These data have ${integer(notice.used)} training examples, not ${integer(notice.asked)}: all ${integer(notice.used)} are used.`,
      );
    case 'plan-unfit':
      return msg(
        str`The plan “${planName(notice.asked)}” does not fit this model; “${planName(notice.used)}” runs instead. “${planName('auto')}” always takes one that fits.`,
      );
    case 'precision':
      return msg(
        str`float32 rounding is magnified here: the engines’ costs part by ${significant(notice.difference, 2)} at step ${integer(notice.atStep)}, where J is ${significant(notice.cost, 2)}. At this learning rate float32 and float64 part ways too; a smaller α keeps them together.`,
      );
    case 'single-class':
      return msg(
        str`All training examples are “${notice.className}”: with one class there is nothing to tell apart, and the model learns to answer it always. A larger m brings the other class in.`,
      );
  }
}

function deviceLostSentence({ atStep, recovered, detail }: Extract<RaceNotice, { kind: 'device-lost' }>): string {
  const aside = detail.trim() === '' ? '' : ` (${detail.trim().replace(/[.]+$/, '')})`;
  const lost = msg(str`The GPU device was lost at step ${integer(atStep)}${aside}.`);
  const then = recovered
    ? msg('A new one was made and the race went on from there.')
    : msg('No GPU could be had again; the CPU races on alone.');
  return `${lost} ${then}`;
}

/** The α to offer after a divergence, or null where none is smaller and within the range. */
export function rateToTry({ learningRate, tryLearningRate }: Divergence): number | null {
  return tryLearningRate < learningRate && tryLearningRate >= ranges.learningRate[0] ? tryLearningRate : null;
}

export function divergenceSentence(divergence: Divergence, settings: Settings): string {
  const { lane, step, layer, part, learningRate } = divergence;
  const layers = settings.hidden.length + 1;
  const what = msg(
    str`J stopped being finite on the ${laneName(lane)} at step ${integer(step)}, first in ${part} of layer ${layer} of ${layers}: with α = ${plain(learningRate)} each step overshoots further than the last.`,
  );
  const smaller = rateToTry(divergence);
  const then =
    smaller === null
      ? msg(
          str`No smaller α is left to try: it starts at ${plain(ranges.learningRate[0])}, and none helps here. Normalised features, fewer units or another cost may.`,
        )
      : msg(str`Try α = ${plain(smaller)}.`);
  return `${what} ${then}`;
}

export function failureSentence(failure: Failure): string {
  switch (failure.kind) {
    case 'data':
      return msg(str`The data could not be had: ${failure.message}`);
    case 'problem':
      return msg(str`This cannot be trained: ${failure.message}`);
    case 'capacity':
      return msg(str`This does not fit: ${failure.message}`);
    case 'shader':
      return msg(str`A shader did not compile: ${failure.message}`);
    case 'unexpected':
      return msg(str`Something unexpected happened: ${failure.message}`);
  }
}

/** What the page is doing, for people and for screen readers; changes with the phase, not with every step. */
export function statusSentence(race: RaceState, settings: Settings): string {
  const model = modelName(settings);
  switch (race.phase) {
    case 'loading':
      return race.loading ? msg(str`Loading ${race.loading.file}.`) : msg('Loading the data.');
    case 'preparing':
      return msg('Preparing: the same bits go to both processors.');
    case 'racing':
      return racingSentence(race, settings, model);
    case 'paused':
      return msg(str`Paused at step ${integer(stepsDone(race))}.`);
    case 'finished':
      return finishedSentence(race);
    case 'diverged':
      return msg('Stopped: the cost is no longer finite.');
    case 'failed':
      return msg('Stopped.');
  }
}

function racingSentence(race: RaceState, settings: Settings, model: string): string {
  const examples = examplesOf(settings.set, race.data?.m ?? settings.m);
  const gpu = laneOf(race, 'gpu');
  const cpu = laneOf(race, 'cpu');
  if (gpu && cpu) return msg(str`Racing: the same ${model} on ${examples}, on your GPU and your CPU in turns.`);
  return gpu ? msg(str`Training a ${model} on ${examples}, on your GPU.`) : msg(str`Training a ${model} on ${examples}, on your CPU.`);
}

function finishedSentence(race: RaceState): string {
  const steps = msg(str`Finished: ${integer(stepsDone(race))} steps.`);
  const score = race.insight && race.data ? ` ${scoreSentence(race)}` : '';
  const speed = race.speedUp ? ` ${headline(race.speedUp).sentence}` : '';
  return steps + score + speed + untimed(race);
}

/** Why a race has no time. */
function untimed({ lanes }: RaceState): string {
  if (lanes.some(({ report }) => report.stepMs !== null || report.checked === false)) return '';
  return ` ${msg('Too short to time: run on, or take more steps.')}`;
}

function scoreSentence({ insight, data }: RaceState): string {
  if (!insight || !data) return '';
  if (data.task === 'regression') return msg(str`Test R² ${significant(insight.testScore, 2)}.`);
  return msg(str`Test accuracy ${percent(insight.testScore, data.mTest)}.`);
}

/** How far a file has come. */
export function loadingText(race: RaceState): string {
  if (!race.loading) return '';
  const { loadedBytes, totalBytes } = race.loading;
  return totalBytes === null ? bytes(loadedBytes) : msg(str`${bytes(loadedBytes)} of ${bytes(totalBytes)}`);
}

/** The line below the cost chart. */
export function differenceSentence(race: RaceState): { readonly before: string; readonly value: string; readonly after: string } | null {
  const both = laneOf(race, 'gpu') !== undefined && laneOf(race, 'cpu') !== undefined;
  if (!both || !race.difference || race.difference.steps === 0) return null;
  const steps = integer(race.difference.steps);
  const before =
    race.difference.steps === 1
      ? msg('Same seed, same bits: after 1 step the two curves differ by at most')
      : msg(str`Same seed, same bits: after ${steps} steps the two curves differ by at most`);
  return { before, value: scientific(race.difference.largest).replaceAll(' ', '\u00a0'), after: '.' };
}

/** The chart in words. */
export function chartSummary(race: RaceState): string {
  const parts = race.lanes.map(({ report, series }) => {
    const first = series.cost[0];
    const last = series.cost.at(-1);
    if (first === undefined || last === undefined) return '';
    const name = report.kind === 'gpu' ? 'GPU' : 'CPU';
    const time = duration((series.seconds.at(-1) ?? 0) * 1000);
    return msg(str`${name}: the cost went from ${significant(first)} to ${significant(last)} in ${integer(report.step)} steps, ${time}.`);
  });
  return `${msg('Cost against training.')} ${parts.join(' ')}`;
}
