/** What the Loss lab says of its numbers: the step at hand, how a run ended, the points, one example. Only words. */
import { msg, str } from '@lit/localize';
import { exampleAt, outcomeOf, verdictOn, type DescentStep, type Outcome, type PointsVerdict } from '../../session/loss/descent.ts';
import type { Landscape } from '../../session/loss/protocol.ts';
import type { LabPoint, LossCost, LossSettings } from '../../session/loss/settings.ts';
import { integer, percent, plain, significant } from '../../ui/format.ts';

export function costName(cost: LossCost): string {
  return cost === 'cross-entropy' ? msg('cross-entropy') : msg('squared error');
}

/** A number in a sentence: three digits, a real minus. */
export const short = (value: number): string => (Math.abs(value) < 5e-7 ? '0' : significant(value, 3));

/** A negative number in a formula stands in brackets. */
const inFormula = (value: number): string => (value < 0 ? `(${short(value)})` : short(value));

/** What the sign of dJ/dw means, and what the next step makes of w. */
export function stepSentence({ w, dw }: DescentStep, learningRate: number): string {
  if (Math.abs(dw) < 5e-7) return msg('dJ/dw is 0: w stays where it is.');
  const next = w - learningRate * dw;
  const formula = `w := ${short(w)} − ${plain(learningRate)} · ${inFormula(dw)} = ${short(next)}`;
  return dw < 0
    ? msg(str`dJ/dw is negative: J falls to the right. w := w − α · dw, so w moves right: ${formula}.`)
    : msg(str`dJ/dw is positive: J falls to the left. w := w − α · dw, so w moves left: ${formula}.`);
}

/** A path and what is said of it. */
interface Run {
  readonly cost: LossCost;
  readonly first: DescentStep;
  readonly last: DescentStep;
  readonly steps: number;
  readonly learningRate: number;
  readonly verdict: PointsVerdict;
}

/** A slope of squared error below this, with most of the way still to go, is a plain and not the fault of α. */
const plainSlope = 0.03;

/** How a path stands, with where it is. */
export function outcomeSentence(cost: LossCost, path: readonly DescentStep[], settings: LossSettings, landscape: Landscape | null): string {
  const outcome = outcomeOf(path, settings.span, landscape?.minima[0]?.cost ?? null);
  const [first, last] = [path[0], path.at(-1)];
  if (!first || !last) return '';
  const { learningRate, points } = settings;
  return `${capital(costName(cost))}: ${outcomeWords(outcome, { cost, first, last, steps: path.length - 1, learningRate, verdict: verdictOn(points) })}`;
}

const placeOf = ({ w, b }: DescentStep): string => `w = ${short(w)}, b = ${short(b)}`;

function outcomeWords(outcome: Outcome, run: Run): string {
  const { first, last, steps, learningRate } = run;
  switch (outcome.kind) {
    case 'start':
      return msg(str`J = ${short(first.cost)} at the start.`);
    case 'left':
      return leftWords(outcome.step, run);
    case 'arrived':
      return msg(str`arrived. After ${integer(outcome.step)} steps the slopes are almost 0, at ${placeOf(last)}, J = ${short(last.cost)}.`);
    case 'caught':
      return msg(
        str`caught. The slopes are almost 0 from step ${integer(outcome.step)} on, at ${placeOf(last)}, but J = ${short(last.cost)} is not the lowest there is.`,
      );
    case 'overshoots':
      return msg(
        str`α = ${plain(learningRate)} is too large: steps jump across the valley, and J rose in ${integer(outcome.rises)} of ${integer(steps)}. Now J = ${short(last.cost)} at ${placeOf(last)}.`,
      );
    case 'falls':
      return fallsWords(outcome.share, run);
  }
}

function leftWords(step: number, { last, steps, verdict }: Run): string {
  const where = msg(
    str`left the picture at step ${integer(step)}; at step ${integer(steps)} it is at ${placeOf(last)}, J = ${short(last.cost)}.`,
  );
  if (verdict === 'apart' || verdict === 'one-class') return `${where} ${msg('J has no minimum to stop at.')}`;
  return Math.hypot(last.dw, last.db) < 1e-4
    ? `${where} ${msg('There J is flat: no slope leads back. A smaller α stays in the valley.')}`
    : `${where} ${msg('A smaller α stays in the valley.')}`;
}

function fallsWords(share: number | null, { cost, first, last, steps, learningRate }: Run): string {
  const fall = `${short(first.cost)} → ${short(last.cost)}`;
  if (share === null) return msg(str`J fell in every step, ${fall} in ${integer(steps)}.`);
  if (share >= 0.5 || steps < 50) return msg(str`J ${fall} in ${integer(steps)} steps: ${percent(share)} of the way down.`);
  if (cost === 'squared-error' && Math.hypot(last.dw, last.db) < plainSlope)
    return msg(
      str`on a plain. Points that are wrong for certain hardly pull: dJ/dw = ${short(last.dw)}, dJ/db = ${short(last.db)}, and ${integer(steps)} steps did ${percent(share)} of the way, J ${fall}.`,
    );
  return msg(
    str`α = ${plain(learningRate)} is too small: after ${integer(steps)} steps only ${percent(share)} of the way down is done, J ${fall}.`,
  );
}

/** How many valleys there are; null where there is nothing to say. */
export function valleysSentence({ cost, minima, high }: Landscape, verdict: PointsVerdict): string | null {
  if (high === 0 || verdict === 'one-x') return null;
  if (minima.length > 1) {
    const list = minima.map(({ w, b, cost: j }) => `J = ${short(j)} at w = ${short(w)}, b = ${short(b)}`).join('; ');
    return msg(
      str`${capital(costName(cost))} has ${integer(minima.length)} valleys here: ${list}. Where descent ends depends on where it starts.`,
    );
  }
  const [minimum] = minima;
  if (!minimum) return null;
  return cost === 'cross-entropy'
    ? msg(str`Cross-entropy is convex: one valley, J = ${short(minimum.cost)} at w = ${short(minimum.w)}, b = ${short(minimum.b)}.`)
    : msg(
        str`Squared error has one valley here, J = ${short(minimum.cost)} at w = ${short(minimum.w)}, b = ${short(minimum.b)}, and plains around it. Other points make more valleys.`,
      );
}

/** What is special about the points; null where nothing is. */
export function pointsSentence(points: readonly LabPoint[]): string | null {
  switch (verdictOn(points)) {
    case 'empty':
      return msg('There are no points, so there is no J. Click into the plot or press Add to put one in.');
    case 'one-class': {
      const y = points[0]?.y ?? 0;
      return points.length === 1
        ? msg(str`One point, y = ${y}: J has no minimum. It falls for ever as z grows towards that answer. Add a point of the other class.`)
        : msg(
            str`All points are y = ${y}: J has no minimum. It falls for ever as b moves that way. Relabel a point or add one of the other class.`,
          );
    }
    case 'apart':
      return msg('A single boundary tells the classes apart, so J has no minimum: a larger w is steeper and always a little better.');
    case 'one-x':
      return msg('All points lie at one x: only w · x + b counts, so the lowest J is a whole line of (w, b).');
    case 'mixed':
      return null;
  }
}

/** Why the pull of squared error vanishes where it is needed most, with the numbers at hand. */
export function exampleSentence(z: number): string {
  const { yHat } = exampleAt(z, 1);
  const y = yHat < 0.5 ? 1 : 0;
  const { of } = exampleAt(z, y);
  const [entropy, squared] = [Math.abs(of['cross-entropy'].slope), Math.abs(of['squared-error'].slope)];
  const factor = yHat * (1 - yHat);
  const wrong = Math.abs(y - yHat);
  const how = wrong > 0.9 ? msg('a confident mistake') : wrong > 0.6 ? msg('a mistake') : msg('undecided');
  return msg(
    str`y = ${y}, ŷ = ${shown(yHat)} is ${how}. Cross-entropy pulls with |dL/dz| = |ŷ − y| = ${short(entropy)}, squared error with ${short(squared)}: its slope has another factor, ŷ(1 − ŷ) = ${short(factor)}, and is ${short(1 / factor)} times weaker.`,
  );
}

/** ŷ with enough digits to be told from 0 and 1. */
export function shown(yHat: number): string {
  return yHat > 0.9 ? (1 - yHat < 1e-4 ? yHat.toFixed(6) : yHat.toFixed(4)).replace(/(\.\d{2}\d*?)0+$/, '$1') : short(yHat);
}

/** Why w and b may start at 0 here. */
export function zeroSentence(): string {
  return msg(
    'w = 0, b = 0 is a safe start here: there is one output, its slope is not 0 there, and cross-entropy has one valley. Hidden layers must not start so: units that are all alike get the same slopes and stay alike for ever, which is why they start random.',
  );
}

export function statusSentence(isRunning: boolean, settings: LossSettings, over: boolean): string {
  if (settings.points.length === 0) return msg('No points: there is nothing to descend on.');
  if (isRunning) return msg(str`Going downhill with α = ${plain(settings.learningRate)}.`);
  if (settings.steps === 0) return msg('At the start. Run goes downhill, Step takes one step.');
  return over ? msg(str`Ended at step ${integer(settings.steps)}.`) : msg(str`Paused at step ${integer(settings.steps)}.`);
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
