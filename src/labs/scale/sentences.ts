/** The sentences of the Scale lab under its charts and beside its headlines: what was found, and what it rests on. Only words. */
import { msg, str } from '@lit/localize';
import { findingsOf, type Findings, type Gain } from '../../session/sweep/findings.ts';
import type { Crossover, Scored, SweepLaw, SweepLaws, SweepSample, SweepTime } from '../../session/sweep/protocol.ts';
import { fewExamples, sweepSizes, training, type SweepModel, type SweepSettings } from '../../session/sweep/settings.ts';
import { integer, plain, significant } from '../../ui/format.ts';
import { laneDetail } from '../../ui/words.ts';
import { modelName, ordered } from './models.ts';
import { gainText, isWrong, lawText, listed, roundSize, scoreText, shortTime, sizeInterval } from './numbers.ts';
import { bestWithin, curvesOf, lowestR2, patienceSeconds } from './score-picture.ts';

export interface Headline {
  readonly figure: string;
  readonly words: string;
  /** Nothing is known yet: it is to stand back. */
  readonly waiting?: boolean;
}

const laneWord = (lane: 'gpu' | 'cpu'): string => (lane === 'gpu' ? 'GPU' : 'CPU');
const otherLane = (lane: 'gpu' | 'cpu'): 'gpu' | 'cpu' => (lane === 'gpu' ? 'cpu' : 'gpu');

/** m* where the lanes change places, or what there is instead. */
export function timeHeadline(laws: SweepLaws | null, over: boolean): Headline {
  if (!laws) {
    return over
      ? { figure: msg('no law'), words: msg('Too few values of m were timed.'), waiting: true }
      : { figure: 'm* = …', words: msg('Where does the GPU begin to pay? Both lanes are timed at each m.'), waiting: true };
  }
  const { crossover } = laws;
  return crossover.kind === 'crossing' ? crossingHeadline(laws, crossover) : noCrossing(laws, crossover.reason, over);
}

/** The m at which both lanes were timed, from and to. */
function measured({ gpu, cpu }: SweepLaws): readonly [from: number, to: number] {
  return [Math.max(gpu?.from ?? 0, cpu?.from ?? 0), Math.min(gpu?.to ?? Infinity, cpu?.to ?? Infinity)];
}

function crossingHeadline(laws: SweepLaws, { m, ci95, inside, faster }: Extract<Crossover, { kind: 'crossing' }>): Headline {
  const sure = msg(str`95 % CI ${sizeInterval(ci95)}`);
  if (inside) return { figure: `m* = ${roundSize(m)}`, words: msg(str`From here on the ${laneWord(faster)} wins (${sure}).`) };
  const [from, to] = measured(laws);
  const winner = m > to ? otherLane(faster) : faster;
  return {
    figure: winner === 'gpu' ? msg('GPU ahead') : msg('CPU ahead'),
    words: msg(
      str`No crossover from m = ${integer(from)} to ${integer(to)}: the ${laneWord(winner)} is faster at all of them. The laws would cross at m ≈ ${roundSize(m)} (${sure}), where nothing was measured.`,
    ),
  };
}

function noCrossing(laws: SweepLaws, reason: Extract<Crossover, { kind: 'none' }>['reason'], over: boolean): Headline {
  const { gpu, cpu } = laws;
  const range = measured(laws).map(integer);
  switch (reason) {
    case 'gpu':
      return {
        figure: msg('GPU ahead'),
        words: msg(str`No crossover from m = ${range[0]} to ${range[1]}: the GPU is faster at all of them.`),
      };
    case 'cpu':
      return {
        figure: msg('CPU ahead'),
        words: msg(str`No crossover from m = ${range[0]} to ${range[1]}: the CPU is faster at all of them.`),
      };
    case 'unclear':
      return {
        figure: msg('m* unclear'),
        words: msg('The times of the two lanes lie too close together to tell where they would cross, if they do.'),
      };
    case 'one-lane': {
      const law = gpu ?? cpu;
      return {
        figure: law ? lawText(law) : msg('one lane'),
        words: gpu
          ? msg('Only the GPU could be timed here, so nothing crosses.')
          : msg('Only the CPU could be timed here, so nothing crosses.'),
      };
    }
    case 'few':
      return {
        figure: over ? msg('no law') : 'm* = …',
        words: over
          ? msg('A law needs three values of m with a time; there are fewer.')
          : msg('Three values of m make a law; they are being timed.'),
        waiting: true,
      };
  }
}

/** What the left chart shows and how good the laws are. */
export function timeSentences(settings: SweepSettings, times: readonly SweepTime[], laws: SweepLaws | null): readonly string[] {
  if (times.length === 0) return [];
  const model = modelName(settings.timed, settings);
  const last = times.findLast(({ cpuLane }) => cpuLane !== null);
  const lane = last?.cpuLane ? laneDetail(last.cpuLane, 'reference') : null;
  const counts = times.flatMap(({ gpuMs, cpuMs }) => [gpuMs.length, cpuMs.length]).filter((count) => count > 0);
  const basis = counts.length === 0 ? '' : msg(str`Dots are medians of ${spread(counts)} samples, whiskers hold 5 to 95 % of them.`);
  const what =
    lane === null
      ? msg(str`A step of the ${model} on all m examples.`)
      : msg(str`A step of the ${model} on all m examples; the CPU by its fastest lane, at the largest m ${lane}.`);
  return [...wrongSentences(times), `${what} ${basis}`.trim(), ...lawSentences(settings, times, laws)];
}

/** A wrong answer is told before anything else, and has no time. */
function wrongSentences(times: readonly SweepTime[]): readonly string[] {
  return (['gpu', 'cpu'] as const).flatMap((lane) => {
    const bad = times.filter((time) => isWrong(lane === 'gpu' ? time.gpuProblem : time.cpuProblem)).map(({ m }) => integer(m));
    return bad.length === 0
      ? []
      : [msg(str`WRONG at m = ${listed(bad)}: an answer of the ${laneWord(lane)} differs from float64, and no time of it is shown.`)];
  });
}

function spread(counts: readonly number[]): string {
  const [low, high] = [Math.min(...counts), Math.max(...counts)];
  return low === high ? integer(low) : `${integer(low)} … ${integer(high)}`;
}

function lawSentences(settings: SweepSettings, times: readonly SweepTime[], laws: SweepLaws | null): readonly string[] {
  if (!laws) return [];
  const both = (['gpu', 'cpu'] as const).flatMap((lane) => {
    const law = laws[lane];
    return law ? [{ lane, law }] : [];
  });
  if (both.length === 0) return [];
  const parts = both.map(({ lane, law }) => {
    const range = msg(str`m = ${integer(law.from)} to ${integer(law.to)}`);
    return msg(
      str`${laneWord(lane)} = ${lawText(law)}, from ${range} within ${significant(100 * law.largestDeviation, 2)} % of the medians`,
    );
  });
  const sizes = sweepSizes(settings);
  const [from = 0, to = 0] = [sizes[0], sizes.at(-1)];
  const { crossover } = laws;
  const beyond = crossover.kind === 'crossing' && !crossover.inside;
  const dashed = beyond || both.some(({ law }) => law.from > from || law.to < to);
  return [
    `${parts.join('; ')}.`,
    ...(dashed ? [msg('Dashed: the law alone, where nothing was measured.')] : []),
    ...planSentence(times, laws.gpu),
  ];
}

/** Another plan of the GPU follows another law; only that of the largest m is drawn. */
function planSentence(times: readonly SweepTime[], law: SweepLaw | null): readonly string[] {
  const plans = new Set(times.flatMap(({ gpuPlan }) => gpuPlan ?? []));
  if (law === null || plans.size < 2) return [];
  return [msg(str`Below m = ${integer(law.from)} the GPU takes another plan, which follows another law.`)];
}

/** The left chart in words, for those who do not see it. */
export function timeSummary(settings: SweepSettings, times: readonly SweepTime[], laws: SweepLaws | null): string {
  const { figure, words } = timeHeadline(laws, false);
  return `${msg('Time per step against m.')} ${figure}. ${words} ${timeSentences(settings, times, laws).join(' ')}`;
}

/** The gain of the last tenfold of data, for the largest model that has one. */
export function scoreHeadline(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored, over: boolean): Headline {
  const gains = findingsOf(samples).gains;
  const [largest] = ordered(gains.map(({ model }) => model)).toReversed();
  const gain = gains.find(({ model }) => model === largest);
  if (!gain) return waitingHeadline(samples, over);
  const name = capital(modelName(gain.model, settings));
  const unit = scored === 'R²' ? ' R²' : '';
  const words = msg(str`${name}, from m = ${integer(gain.from)} to ${integer(gain.to)}.`);
  return {
    figure: gainText(gain.gain, scored) + unit,
    words: gain.clear ? words : `${words} ${msg('The bands overlap: it may be chance.')}`,
  };
}

function waitingHeadline(samples: readonly SweepSample[], over: boolean): Headline {
  if (over) return { figure: msg('no gain to tell'), words: msg('That takes scores at an m and at about a tenth of it.'), waiting: true };
  return {
    figure: samples.length === 0 ? msg('+… pt') : msg('training…'),
    words: msg('What the last tenfold of data brings, once it is there.'),
    waiting: true,
  };
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** What was found, one sentence a finding; the last says what the bands are. */
export function scoreSentences(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored): readonly string[] {
  if (samples.length === 0) return [];
  const { gains, tossUp, orderAtSmallest, largeLeadsFrom, best } = findingsOf(samples);
  const names = (models: readonly SweepModel[]): string => listed(models.map((model) => modelName(model, settings)));
  return [
    gains.length > 0 ? gainsSentence(gains, settings, scored) : null,
    tossUp && msg(str`A toss-up at m = ${integer(tossUp.m)}: ${names(tossUp.models)}; their bands overlap.`),
    orderAtSmallest && msg(str`At m = ${integer(orderAtSmallest.m)}, best first: ${names(orderAtSmallest.models)}; no bands overlap.`),
    largeLeadsFrom &&
      msg(str`The ${modelName(largeLeadsFrom.model, settings)} leads clear of all bands from m = ${integer(largeLeadsFrom.m)} on.`),
    largeLeadsFrom ? null : bestSentence(best, settings, scored),
    divergedSentence(settings, samples),
    cutSentence(samples, scored),
    bandsSentence(settings),
  ].filter((sentence) => sentence !== null);
}

function bestSentence(best: Findings['best'], settings: SweepSettings, scored: Scored): string | null {
  if (!best) return null;
  const { m, score, lead } = best;
  const [name, text] = [modelName(best.model, settings), scoreText(score, scored)];
  const by = gainText(lead, scored);
  return by.startsWith('±')
    ? msg(str`At m = ${integer(m)} the best mean is the ${name}’s: ${text}, level with the next.`)
    : msg(str`At m = ${integer(m)} the best mean is the ${name}’s: ${text}, ahead by ${by.slice(1)}.`);
}

function gainsSentence(gains: readonly Gain[], settings: SweepSettings, scored: Scored): string {
  const parts = ordered(gains.map(({ model }) => model))
    .toReversed()
    .flatMap((model) => {
      const gain = gains.find((one) => one.model === model);
      if (!gain) return [];
      const text = `${modelName(model, settings)} ${gainText(gain.gain, scored)}`;
      return [gain.clear === false ? msg(str`${text} (bands overlap)`) : text];
    });
  const [first] = gains;
  const same = gains.every(({ from, to }) => from === first?.from && to === first.to);
  const range = first && same ? msg(str`, m = ${integer(first.from)} to ${integer(first.to)}`) : '';
  return msg(str`The last tenfold of data${range}: ${parts.join(', ')}.`);
}

/** Which runs ended in numbers that are none. */
export function divergedSentence(settings: SweepSettings, samples: readonly SweepSample[]): string | null {
  const groups = new Map<string, SweepSample[]>();
  for (const sample of samples.filter(({ ended }) => ended === 'diverged')) {
    const key = `${sample.model} ${sample.m}`;
    groups.set(key, [...(groups.get(key) ?? []), sample]);
  }
  const parts = [...groups.values()].flatMap(([first, ...others]) => {
    if (!first) return [];
    const name = modelName(first.model, settings);
    const rate = plain(first.diverged?.learningRate ?? settings.learningRate);
    const count = others.length === 0 ? '' : msg(str`, ${others.length + 1} runs`);
    return [msg(str`${name} at m = ${integer(first.m)} with α = ${rate}${count}`)];
  });
  if (parts.length === 0) return null;
  const [some, more] = [parts.slice(0, 4).join('; '), parts.length - 4];
  const rest = more > 0 ? msg(str`; and ${more} more`) : '';
  return msg(str`× Diverged: ${some}${rest}. A smaller α keeps them finite.`);
}

function cutSentence(samples: readonly SweepSample[], scored: Scored): string | null {
  if (scored === 'accuracy' || !samples.some(({ test }) => test !== null && test < lowestR2)) return null;
  return msg(str`An R² below ${plain(lowestR2)} is drawn at the lower edge.`);
}

/** How many seeds a band is made of. */
export function bandsSentence({ seeds, seedsAbove, mFrom, mTo }: SweepSettings): string {
  const few = integer(fewExamples);
  const seedsOf = (count: number): string => (count === 1 ? msg('1 seed') : msg(str`${count} seeds`));
  const range = msg('from the lowest score to the highest, the line is the mean');
  if (seeds === seedsAbove || mTo <= fewExamples) return msg(str`Bands: ${seedsOf(seeds)} a point, ${range}.`);
  if (mFrom > fewExamples) return msg(str`Bands: ${seedsOf(seedsAbove)} a point, ${range}.`);
  return msg(str`Bands: ${seedsOf(seeds)} up to m = ${few}, ${seedsAbove} above, ${range}.`);
}

/** The best that a little patience buys on this machine. */
export function adviceSentence(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored): string {
  const best = bestWithin(samples, patienceSeconds);
  if (!best) {
    const [quickest] = curvesOf(samples)
      .flatMap(({ bands }) => bands)
      .sort((a, b) => a.seconds - b.seconds);
    return quickest
      ? msg(str`No run took ${patienceSeconds} s or less here; the quickest took ${shortTime(1000 * quickest.seconds)}.`)
      : '';
  }
  const { model, band } = best;
  return msg(
    str`With ${patienceSeconds} s of training on this machine the best choice is the ${modelName(model, settings)} on m = ${integer(band.m)}: ${scoreText(band.mean, scored)} in ${shortTime(1000 * band.seconds)}.`,
  );
}

/** The right chart in words. */
export function scoreSummary(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored): string {
  const { figure, words } = scoreHeadline(settings, samples, scored, false);
  const title = scored === 'R²' ? msg('Test R² against m.') : msg('Test accuracy against m.');
  return `${title} ${figure}: ${words} ${scoreSentences(settings, samples, scored).join(' ')}`;
}

/** How every run trains and when it ends, with the numbers. */
export function budgetSentence(settings: SweepSettings): string {
  const { batch, patience, mostEpochs, leastSteps, stepsBetweenLooks } = training;
  const how = msg(str`Every run: Adam, α = ${plain(settings.learningRate)}, batches of ${batch}.`);
  switch (settings.budget) {
    case 'stops':
      return `${how} ${msg(
        str`A tenth is held out and looked at each epoch, ${stepsBetweenLooks} steps at least. A run ends after ${patience} looks without a lower cost, or at ${mostEpochs} epochs, ${integer(leastSteps)} steps at least; its best look counts.`,
      )}`;
    case 'epochs':
      return `${how} ${msg(str`Every run sees each of its m examples ${integer(settings.epochs)} times: more data, more steps.`)}`;
    case 'steps':
      return `${how} ${msg(str`Every run takes ${integer(settings.steps)} steps, whatever m is: more data, fewer looks at each.`)}`;
  }
}
