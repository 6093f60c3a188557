/**
 * The laws t = fixed + slope · m that sweeps have found on this machine, kept in the browser for the lab that shows what a
 * step will take. Only the newest of a shape is kept; finding them is the sweep's.
 */
import type { Settings } from '../session/settings.ts';
import type { SweepLaws } from '../session/sweep/protocol.ts';
import type { SweepSettings } from '../session/sweep/settings.ts';
import { taskOf } from './model-rules.ts';
import { remember, remembered } from './theme.ts';

const storageKey = 'downhill.laws';
const mostKept = 24;

interface Law {
  readonly fixedMs: number;
  readonly msPerExample: number;
}

export interface StepLaws {
  readonly gpu: Law | null;
  readonly cpu: Law | null;
}

type Shape = Pick<SweepSettings, 'set' | 'own' | 'classes' | 'n' | 'storage'>;

/** What decides the time of a step beside m: the data's shape and the model. */
function keyOf({ set, own, classes, n, storage }: Shape, model: string): string {
  if (set === 'own') return `${own ?? ''} ${model}`;
  return set === 'synthetic' ? `${set} ${n} ${storage} ${model}` : `${set} ${classes === null ? 'all' : 'two'} ${model}`;
}

function isLaw(value: unknown): value is Law | null {
  if (value === null) return true;
  if (typeof value !== 'object') return false;
  const { fixedMs, msPerExample } = value as Partial<Law>;
  return Number.isFinite(fixedMs) && Number.isFinite(msPerExample);
}

/** What was kept, oldest first; nothing of it is believed before it was looked at. */
function kept(): readonly (readonly [key: string, laws: StepLaws])[] {
  try {
    const all: unknown = JSON.parse(remembered(storageKey) ?? '{}');
    if (typeof all !== 'object' || all === null) return [];
    return Object.entries(all as Record<string, Partial<StepLaws> | null>).flatMap(([key, laws]) => {
      const { gpu = null, cpu = null } = laws ?? {};
      return isLaw(gpu) && isLaw(cpu) ? [[key, { gpu, cpu }] as const] : [];
    });
  } catch {
    return [];
  }
}

export function rememberLaws(settings: SweepSettings, { gpu, cpu }: SweepLaws): void {
  if (!gpu && !cpu) return;
  const only = (law: Law | null): Law | null => law && { fixedMs: law.fixedMs, msPerExample: law.msPerExample };
  const key = keyOf(settings, settings.timed);
  const others = kept().filter(([known]) => known !== key);
  remember(storageKey, JSON.stringify(Object.fromEntries([...others, [key, { gpu: only(gpu), cpu: only(cpu) }]].slice(-mostKept))));
}

/** The name that a sweep has for the model of a race, or null where it has none. */
function sweptModel({ hidden, output, cost, ...rest }: Settings): string | null {
  if (hidden.some(({ activation }) => activation !== 'relu')) return null;
  if (cost === 'hinge') return hidden.length === 0 ? 'svm' : null;
  const usual = { binary: 'sigmoid', multiclass: 'softmax', regression: 'linear' }[taskOf(rest)];
  const usualCost = usual === 'linear' ? 'squared-error' : 'cross-entropy';
  if (output !== usual || cost !== usualCost) return null;
  return hidden.length === 0 ? 'logistic' : hidden.map(({ units }) => units).join('-');
}

/** The laws of exactly this data and model, all m examples a step, or null. */
export function lawsFor(settings: Settings): StepLaws | null {
  const model = sweptModel(settings);
  if (model === null || (settings.batch !== 0 && settings.batch < settings.m)) return null;
  const key = keyOf(settings, model);
  return kept().find(([known]) => known === key)?.[1] ?? null;
}
