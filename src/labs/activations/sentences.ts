/** What the compared nets show, in words: who reaches a cost when, how much gradient arrives, what is flat. Pure. */
import { msg, str } from '@lit/localize';
import { gradientRatio, reachedCost } from '../../session/activations/findings.ts';
import type { ComparedActivation, LayerActivity, TrainingEngine } from '../../session/activations/protocol.ts';
import type { ActivationSettings } from '../../session/activations/settings.ts';
import { integer, percent, scientific, significant } from '../../ui/format.ts';
import { laneDetail } from '../../ui/words.ts';
import { isActive, stepsDone, type ActivationState, type NetState } from './activation-state.ts';
import { activationName, listed } from './names.ts';

export interface Headline {
  readonly figure: string;
  readonly words: string;
  readonly waiting: boolean;
}

/** A ratio as it is read: `0.43`, `3.1 × 10⁻⁸`. */
export function ratioText(ratio: number): string {
  if (Number.isNaN(ratio)) return '–';
  return ratio !== 0 && Math.abs(ratio) < 0.001 ? scientific(ratio) : significant(ratio, 2);
}

export function divergedSentence({ activation, diverged }: NetState): string {
  if (!diverged) return '';
  const name = activationName(activation);
  const step = integer(diverged.step);
  return diverged.layer === undefined
    ? msg(str`${name} diverged: at step ${step} its cost was no longer a number.`)
    : msg(str`${name} diverged: at step ${step} layer ${diverged.layer} was no longer finite.`);
}

/** Who is first to a cost that all but one reach. */
export function costHeadline({ nets, phase }: ActivationState): Headline {
  const reached = reachedCost(nets);
  if (!reached) {
    const begun = nets.some(({ costs }) => costs.length > 1);
    const end = phase === 'finished' ? msg('No cost was reached') : msg('Nobody is down yet');
    const words = begun
      ? msg('Fewer than three nets are below the cost that all began with.')
      : msg('All four nets begin with the same seed.');
    return { figure: begun ? end : msg('At the start'), words, waiting: true };
  }
  const there = reached.steps.flatMap(({ activation, step }) => (step === null ? [] : [{ activation, step }]));
  const [first, ...others] = [...there].sort((a, b) => a.step - b.step);
  const missing = reached.steps.filter(({ step }) => step === null).map(({ activation }) => activationName(activation));
  const cost = significant(reached.cost);
  const then = others.map(({ activation, step }) => `${activationName(activation)} ${integer(step)}`);
  const late = missing.length > 0 ? msg(str`; not yet there: ${listed(missing, msg('and'))}`) : '';
  return {
    figure: first ? msg(str`${activationName(first.activation)}: ${integer(first.step)} steps`) : '–',
    words: msg(str`to a cost of ${cost}. The others: ${then.join(', ')}${late}.`),
    waiting: false,
  };
}

const netOf = (state: ActivationState, activation: ComparedActivation): NetState | undefined =>
  state.nets.find((net) => net.activation === activation);

/** The ratio of a net's first gradient. */
function startRatio(net: NetState | undefined): number {
  const probe = net?.probes[0];
  return probe ? gradientRatio(probe) : Number.NaN;
}

/** The ratio at the start and now: `3.1 × 10⁻⁸ → 0.043`. */
export function ratioChange({ probes }: NetState): string {
  const [first, last] = [probes[0], probes.at(-1)];
  if (!first || !last) return '–';
  const start = ratioText(gradientRatio(first));
  return first === last ? start : `${start} → ${ratioText(gradientRatio(last))}`;
}

/** How much of the gradient is left at the first layer, for sigmoid beside ReLU. */
export function gradientHeadline(state: ActivationState): Headline {
  const [sigmoid, relu] = [netOf(state, 'sigmoid'), netOf(state, 'relu')];
  const [first, last] = [sigmoid?.probes[0], sigmoid?.probes.at(-1)];
  if (!first || !last) return { figure: '‖dW⁽¹⁾‖ / ‖dW⁽ᴸ⁾‖', words: msg('How much gradient arrives at the first layer.'), waiting: true };
  return {
    figure: ratioText(gradientRatio(first)),
    words: msg(
      str`of the last layer’s gradient is what sigmoid lets through to the first at the start: ‖dW⁽¹⁾‖ / ‖dW⁽ᴸ⁾‖. ReLU: ${ratioText(startRatio(relu))}.`,
    ),
    waiting: false,
  };
}

/** The ratio of every net, at the start and now; what screen readers get for the map. */
export function gradientSentences({ nets }: ActivationState): readonly string[] {
  return nets.flatMap((net) => {
    const [first, last] = [net.probes[0], net.probes.at(-1)];
    if (!first || !last) return [];
    const name = activationName(net.activation);
    const start = msg(str`${name}: ${ratioText(gradientRatio(first))} at the start`);
    return [last === first ? `${start}.` : msg(str`${start}, ${ratioText(gradientRatio(last))} at step ${integer(last.step)}.`)];
  });
}

/** What counts as flat, and for how much of a layer. */
export function flatWord(activation: ComparedActivation): string {
  switch (activation) {
    case 'sigmoid':
      return msg('a < 0.01 or > 0.99');
    case 'tanh':
      return '|a| > 0.99';
    case 'relu':
      return msg('a = 0');
    case 'leaky-relu':
      return msg('a < 0');
  }
}

export function layerSentence(activation: ComparedActivation, layer: number, { saturated, deadUnits }: LayerActivity): string {
  const flat = msg(str`layer ${layer}: ${percent(saturated)} with ${flatWord(activation)}`);
  return activation === 'relu' && deadUnits > 0 ? msg(str`${flat}, ${integer(deadUnits)} dead units`) : flat;
}

export function activitySentence({ activation, activity }: NetState): string {
  const name = activationName(activation);
  if (!activity) return msg(str`${name}: nothing yet`);
  const layers = activity.layers.map((layer, l) => layerSentence(activation, l + 1, layer));
  return msg(str`${name} at step ${integer(activity.step)}: ${layers.join('; ')}.`);
}

/** What the outputs of the hidden layers say, where it is worth a sentence. */
export function outputSentences({ nets }: ActivationState, { width, depth }: ActivationSettings): readonly string[] {
  const relu = nets.find(({ activation }) => activation === 'relu')?.activity;
  const sigmoid = nets.find(({ activation }) => activation === 'sigmoid')?.activity;
  const dead = relu?.layers.reduce((sum, { deadUnits }) => sum + deadUnits, 0) ?? 0;
  const sentences: string[] = [];
  if (relu) {
    const all = integer(width * depth);
    sentences.push(
      dead === 0
        ? msg(str`No ReLU unit is dead: each of the ${all} answers to some of the ${integer(relu.examples)} examples.`)
        : msg(
            str`${integer(dead)} of ${all} ReLU units are dead: 0 for all of the ${integer(relu.examples)} examples, so they learn nothing from them.`,
          ),
    );
  }
  if (sigmoid) {
    const worst = Math.max(...sigmoid.layers.map(({ saturated }) => saturated));
    if (worst < 0.01) {
      sentences.push(
        msg(
          'Sigmoid fades without being saturated: its slope is 0.25 at the most, and each layer multiplies the gradient by it once more.',
        ),
      );
    }
  }
  return sentences;
}

/** Which engine trains, and why that one. */
export function engineSentence({ lane, why, gpu }: TrainingEngine): string {
  const name = laneDetail(lane, 'wasm-layered');
  const device = gpu?.name ?? '';
  switch (why) {
    case 'gpu':
      return msg(str`The GPU trains: ${device}.`);
    case 'asked':
      return lane !== 'gpu'
        ? msg(str`The CPU trains (${name}), as you chose.`)
        : gpu?.software
          ? msg(str`The GPU trains, as you chose: ${device}, a software GPU that runs on the CPU.`)
          : msg(str`The GPU trains, as you chose: ${device}.`);
    case 'software-gpu':
      return msg(str`The CPU trains (${name}): the GPU here is a software GPU, which would be slower.`);
    case 'no-gpu':
      return msg(str`The CPU trains (${name}): there is no GPU for this page.`);
    case 'gpu-lost':
      return msg(str`The CPU trains (${name}): the GPU was lost more than once.`);
    case 'gpu-wrong':
      return msg(str`The CPU trains (${name}): the GPU’s first steps were not those of the float64 reference.`);
    case 'gpu-unfit':
      return msg(str`The CPU trains (${name}): the net or its data do not fit the GPU.`);
  }
}

/** Where it stands, as seldom as it changes: it is read aloud. */
export function statusSentence(state: ActivationState): string {
  switch (state.phase) {
    case 'idle':
      return msg('Ready: Run trains the same net with each activation.');
    case 'loading':
      return state.wantsToRun ? msg('Getting the data and the nets ready.') : msg('Getting ready, then waiting.');
    case 'running':
      return state.wantsToRun ? msg('Training four nets in turns.') : msg('Pausing.');
    case 'paused':
      return state.wantsToRun ? msg('Going on.') : msg(str`Paused at step ${integer(stepsDone(state))}.`);
    case 'finished':
      if (state.nets.every(({ diverged }) => diverged !== null)) return msg('All four nets diverged.');
      return msg(str`Done: ${integer(stepsDone(state))} steps of each net.`);
    case 'failed':
      return msg('It failed.');
  }
}

export function runWord(state: ActivationState): string {
  if (isActive(state)) return msg('Run');
  return state.phase === 'finished' || state.phase === 'failed' ? msg('Run again') : msg('Run');
}
