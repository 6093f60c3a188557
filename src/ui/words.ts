/** Words that labs share: what sets, lanes, plans and optimisers are called, and what an absent or a software GPU means. */
import { msg } from '@lit/localize';
import type { GpuAbsence, LaneName, PlanName } from '../session/protocol.ts';
import {
  normalizations,
  toyNames,
  type DatasetName,
  type Normalization,
  type OptimizerName,
  type PlanChoice,
  type ToyName,
} from '../session/settings.ts';
import type { Choice } from './controls/choice-field.ts';

/** Values of a list with their names, as fields offer them. */
export const choices = <T extends string>(values: readonly T[], name: (value: T) => string): readonly Choice[] =>
  values.map((value) => ({ value, label: name(value) }));

export function datasetName(name: DatasetName): string {
  const names: Record<DatasetName, string> = {
    cats: msg('Cats'),
    fashion: msg('Fashion'),
    houses: msg('Houses'),
    adverts: msg('Adverts'),
    toys: msg('2-D toys'),
    synthetic: msg('Synthetic'),
    own: msg('Your own'),
  };
  return names[name];
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

export function absenceSentence(why: GpuAbsence): string {
  switch (why) {
    case 'no-webgpu':
      return msg('This browser has no WebGPU, so only the CPU runs here. A current Chrome, Edge, Safari or Firefox brings the GPU lane.');
    case 'insecure-context':
      return msg(
        'Browsers lend the GPU only to pages that came over https or from localhost. Open this page that way to race the GPU; the CPU runs meanwhile.',
      );
    case 'no-adapter':
      return msg(
        'WebGPU is here, but it found no graphics adapter: the driver may be blocked, or hardware acceleration switched off in the browser’s settings; switching it on may bring the GPU lane. The CPU runs alone.',
      );
    case 'no-device':
      return msg(
        'A graphics adapter was found, but it gave no device: it may be busy or just have crashed. Loading the page again may help; the CPU runs alone.',
      );
  }
}

/** A GPU that the CPU plays: what it is, and what follows. */
export function softwareGpuSentences(): { readonly what: string; readonly then: string } {
  return {
    what: msg('This is a software GPU.'),
    then: msg(
      'Its kernels run on the CPU, so this ratio says nothing about graphics hardware. A machine with a graphics card, and hardware acceleration switched on in the browser, shows what that can do.',
    ),
  };
}

export const normalizationChoices = (): readonly Choice[] => choices(normalizations, normalizationName);
export const toyChoices = (): readonly Choice[] => choices(toyNames, toyName);
