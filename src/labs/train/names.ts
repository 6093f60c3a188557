/** What things are called in the Train lab: activations, costs, models, segments, and what plans mean. Only words. */
import { msg, str } from '@lit/localize';
import type { PlanName } from '../../session/protocol.ts';
import {
  costNames,
  cpuLanes,
  hiddenActivations,
  optimizerNames,
  planChoices,
  type CostName,
  type CpuLane,
  type DatasetName,
  type HiddenActivation,
  type OutputActivation,
  type PlanChoice,
  type Settings,
} from '../../session/settings.ts';
import type { Choice } from '../../ui/controls/choice-field.ts';
import { integer } from '../../ui/format.ts';
import { choices, laneDetail, optimizerName, planName } from '../../ui/words.ts';
import type { SegmentKind } from './segments.ts';

/** One line on what a set asks. */
export function datasetQuestion(name: DatasetName): string {
  const questions: Record<DatasetName, string> = {
    cats: msg('Cat or not? Drawings, no photographs'),
    fashion: msg('Which piece of clothing is it?'),
    houses: msg('What did the house sell for?'),
    adverts: msg('Is this message advertising?'),
    toys: msg('Points in the plane, two classes'),
    synthetic: msg('Made-up numbers, for timing'),
    own: msg('A file of yours; it stays on this machine'),
  };
  return questions[name];
}

/** `209 drawings`. */
export function examplesOf(name: DatasetName, count: number): string {
  const m = integer(count);
  const texts: Record<DatasetName, string> = {
    cats: msg(str`${m} drawings`),
    fashion: msg(str`${m} pictures of clothes`),
    houses: msg(str`${m} houses`),
    adverts: msg(str`${m} messages`),
    toys: msg(str`${m} points`),
    synthetic: msg(str`${m} made-up examples`),
    own: msg(str`${m} examples of your own`),
  };
  return texts[name];
}

export function activationName(name: HiddenActivation | OutputActivation): string {
  const names: Record<HiddenActivation | OutputActivation, string> = {
    relu: 'ReLU',
    tanh: 'tanh',
    sigmoid: 'σ',
    'leaky-relu': msg('leaky ReLU'),
    identity: msg('identity'),
    softmax: 'softmax',
    linear: msg('linear'),
  };
  return names[name];
}

export function costName(name: CostName): string {
  const names: Record<CostName, string> = {
    'cross-entropy': msg('cross-entropy'),
    'squared-error': msg('squared error'),
    hinge: msg('hinge'),
  };
  return names[name];
}

/** What a plan means, in a sentence. */
export function planMeaning(plan: PlanName | PlanChoice): string {
  switch (plan) {
    case 'auto':
      return msg('The plan that suits this shape is taken.');
    case 'layered':
      return msg('Layered: matrix multiply, then sigmoid, then gradient, each a dispatch of its own, as a textbook writes it.');
    case 'two-pass':
      return msg(
        'Two-pass: X is read twice a step, once for z and the cost, once for the gradient and the update, with the parts between fused.',
      );
    case 'one-pass':
      return msg(
        'One-pass: X is read once a step; z, dz and x · dz come from the same registers, then the partial gradients are added up.',
      );
    case 'tiny':
      return msg('Tiny: the whole problem in one workgroup, and many steps in one dispatch.');
    case 'reference':
      return msg('Plain TypeScript: the loops as one would write them, one thread.');
    case 'wasm-one-pass':
      return msg('One-pass on the CPU: a few examples at a time give z, dz and x · dz while the cache holds them, and are not read again.');
    case 'wasm-layered':
      return msg('Block by block on the CPU: a block of examples goes forward and backward through all layers while the cache holds it.');
  }
}

/** What may be chosen for the CPU. */
function cpuLaneName(lane: CpuLane): string {
  return lane === 'auto' ? msg('fastest lane') : laneDetail(lane, 'reference');
}

export function segmentName(name: SegmentKind): string {
  const names: Record<SegmentKind, string> = {
    matmul: msg('matrix multiply'),
    'sigmoid-cost': msg('sigmoid + cost'),
    'gradient-update': msg('gradient + update'),
    'fused-forward': msg('fused: matrix multiply + sigmoid + cost'),
    'fused-backward': msg('fused: gradient + update'),
    'fused-gradient': msg('partial gradients'),
    'fused-pass': msg('fused: matrix multiply + sigmoid + cost + gradient'),
    'reduce-update': msg('fused: sum of partial gradients + update'),
    'fused-step': msg('fused: the whole step'),
    overhead: msg('overhead'),
    upload: msg('upload'),
    steps: msg('steps'),
    'read-back': msg('read-back'),
  };
  return names[name];
}

/** What the model is called where people talk about it. */
export function modelName({ hidden, output, cost }: Pick<Settings, 'hidden' | 'output' | 'cost'>): string {
  if (hidden.length > 0) {
    const units = hidden.map((layer) => integer(layer.units)).join(' · ');
    return hidden.length === 1 ? msg(str`net with a hidden layer of ${units}`) : msg(str`net with hidden layers of ${units}`);
  }
  if (output === 'sigmoid') return msg('logistic regression');
  if (output === 'softmax') return msg('softmax regression');
  return cost === 'hinge' ? msg('linear SVM') : msg('linear regression');
}

export const activationChoices = (): readonly Choice[] => choices(hiddenActivations, activationName);
export const costChoices = (some: readonly CostName[]): readonly Choice[] =>
  choices(
    costNames.filter((name) => some.includes(name)),
    costName,
  );
export const optimizerChoices = (): readonly Choice[] => choices(optimizerNames, optimizerName);
export const planChoiceList = (): readonly Choice[] => choices(planChoices, planName);
export const cpuLaneList = (): readonly Choice[] => choices(cpuLanes, cpuLaneName);
