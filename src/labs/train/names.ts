/** What things are called on the page: sets, activations, costs, optimisers, plans, segments. Only words. */
import { msg, str } from '@lit/localize';
import type { LaneName, PlanName } from '../../session/protocol.ts';
import {
  costNames,
  cpuLanes,
  hiddenActivations,
  normalizations,
  optimizerNames,
  planChoices,
  toyNames,
  type CostName,
  type CpuLane,
  type DatasetName,
  type HiddenActivation,
  type Normalization,
  type OptimizerName,
  type OutputActivation,
  type PlanChoice,
  type Settings,
  type ToyName,
} from '../../session/settings.ts';
import type { Choice } from '../../ui/controls/choice-field.ts';
import { integer } from '../../ui/format.ts';
import type { SegmentKind } from './segments.ts';

export function datasetName(name: DatasetName): string {
  const names: Record<DatasetName, string> = {
    cats: msg('Cats'),
    fashion: msg('Fashion'),
    houses: msg('Houses'),
    adverts: msg('Adverts'),
    toys: msg('2-D toys'),
    synthetic: msg('Synthetic'),
  };
  return names[name];
}

/** One line on what a set asks. */
export function datasetQuestion(name: DatasetName): string {
  const questions: Record<DatasetName, string> = {
    cats: msg('Cat or not? Drawings, no photographs'),
    fashion: msg('Which piece of clothing is it?'),
    houses: msg('What did the house sell for?'),
    adverts: msg('Is this message advertising?'),
    toys: msg('Points in the plane, two classes'),
    synthetic: msg('Made-up numbers, for timing'),
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
  };
  return texts[name];
}

export function fashionClasses(): readonly string[] {
  return [
    msg('T-shirt'),
    msg('trouser'),
    msg('pullover'),
    msg('dress'),
    msg('coat'),
    msg('sandal'),
    msg('shirt'),
    msg('sneaker'),
    msg('bag'),
    msg('ankle boot'),
  ];
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

export function optimizerName(name: OptimizerName): string {
  const names: Record<OptimizerName, string> = {
    'gradient-descent': msg('gradient descent'),
    momentum: msg('momentum'),
    nesterov: 'Nesterov',
    adam: 'Adam',
  };
  return names[name];
}

function normalizationName(name: Normalization): string {
  const names: Record<Normalization, string> = { unit: msg('to 0 … 1'), standard: msg('mean 0, spread 1'), none: msg('as they are') };
  return names[name];
}

function toyName(name: ToyName): string {
  const names: Record<ToyName, string> = {
    circles: msg('circles'),
    moons: msg('moons'),
    spirals: msg('spirals'),
    blobs: msg('blobs'),
    xor: 'XOR',
  };
  return names[name];
}

/** What a plan is called. */
export function planName(name: PlanName | PlanChoice): string {
  const names: Record<PlanName | PlanChoice, string> = {
    auto: msg('fastest plan'),
    layered: msg('layered'),
    'two-pass': msg('two-pass'),
    'one-pass': msg('one-pass'),
    tiny: msg('tiny'),
    reference: 'TypeScript',
    'wasm-one-pass': msg('one-pass'),
    'wasm-layered': msg('block by block'),
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
      return msg(
        'One-pass on the CPU: a few examples at a time become floats, give z, dz and x · dz while the cache holds them, and are not read again.',
      );
    case 'wasm-layered':
      return msg('Block by block on the CPU: a block of examples goes forward and backward through all layers while the cache holds it.');
  }
}

export function laneName(lane: LaneName): string {
  const names: Record<LaneName, string> = { gpu: 'GPU', reference: 'CPU', 'reference-float64': 'CPU', wasm: 'CPU', 'wasm-threads': 'CPU' };
  return names[lane];
}

/** What computes on a lane, under its name. */
export function laneDetail(lane: LaneName, plan: PlanName): string {
  switch (lane) {
    case 'gpu':
      return planName(plan);
    case 'reference':
      return 'TypeScript';
    case 'reference-float64':
      return msg('TypeScript, float64');
    case 'wasm':
      return 'WASM SIMD';
    case 'wasm-threads':
      return msg('WASM threads');
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

const choices = <T extends string>(values: readonly T[], name: (value: T) => string): readonly Choice[] =>
  values.map((value) => ({ value, label: name(value) }));

export const activationChoices = (): readonly Choice[] => choices(hiddenActivations, activationName);
export const costChoices = (some: readonly CostName[]): readonly Choice[] =>
  choices(
    costNames.filter((name) => some.includes(name)),
    costName,
  );
export const optimizerChoices = (): readonly Choice[] => choices(optimizerNames, optimizerName);
export const normalizationChoices = (): readonly Choice[] => choices(normalizations, normalizationName);
export const toyChoices = (): readonly Choice[] => choices(toyNames, toyName);
export const planChoiceList = (): readonly Choice[] => choices(planChoices, planName);
export const cpuLaneList = (): readonly Choice[] => choices(cpuLanes, cpuLaneName);
