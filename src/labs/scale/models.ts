/** The models of a sweep as the page sees them: their order, what they are called, and which grey they have. Pure. */
import { msg, str } from '@lit/localize';
import { hiddenUnits, isSweepModel, type SweepModel, type SweepSettings } from '../../session/sweep/settings.ts';
import { taskOf } from '../../ui/model-rules.ts';

export const netSlots = ['small', 'medium', 'large'] as const;
export type NetSlot = (typeof netSlots)[number];

/** What stands in a slot until someone wants something else. */
export const usualNets: Readonly<Record<NetSlot, SweepModel>> = { small: '16', medium: '128', large: '512-512' };

const unitsOf = (model: SweepModel): number => hiddenUnits(model).reduce((sum, units) => sum + units, 0);

function rank(model: SweepModel): number {
  const plain = ['svm', 'svm-hog', 'logistic'].indexOf(model);
  return plain >= 0 ? plain : 3 + unitsOf(model);
}

/** Each once, from the simplest to the largest. */
export function ordered(models: readonly SweepModel[]): readonly SweepModel[] {
  return [...new Set(models)].sort((a, b) => rank(a) - rank(b) || hiddenUnits(a).length - hiddenUnits(b).length);
}

const isNet = (model: SweepModel): boolean => hiddenUnits(model).length > 0;

/** Ways to put so many nets into the slots, smallest first. */
const seatings: Readonly<Record<number, readonly (readonly NetSlot[])[]>> = {
  1: [['small'], ['medium'], ['large']],
  2: [
    ['small', 'large'],
    ['small', 'medium'],
    ['medium', 'large'],
  ],
  3: [['small', 'medium', 'large']],
};

/** Which nets are the small, the medium and the large one; of more than three, those between have no name. */
export function slotsOf(models: readonly SweepModel[]): ReadonlyMap<NetSlot, SweepModel> {
  const nets = ordered(models).filter(isNet);
  const [first, last] = [nets[0], nets.at(-1)];
  const middle = nets[Math.floor((nets.length - 1) / 2)];
  const seated = nets.length > 3 ? [first, middle, last].flatMap((net) => net ?? []) : nets;
  const strangeness = (slots: readonly NetSlot[]): number =>
    slots.reduce((sum, slot, i) => sum + Math.abs(Math.log(unitsOf(seated[i] ?? '1') / unitsOf(usualNets[slot]))), 0);
  const [best = []] = [...(seatings[seated.length] ?? [])].sort((a, b) => strangeness(a) - strangeness(b));
  return new Map(best.flatMap((slot, i) => (seated[i] === undefined ? [] : [[slot, seated[i]] as const])));
}

export function slotName(slot: NetSlot): string {
  const names: Readonly<Record<NetSlot, string>> = { small: msg('small net'), medium: msg('medium net'), large: msg('large net') };
  return names[slot];
}

/** `512 · 512`. */
export function unitsText(model: SweepModel): string {
  return hiddenUnits(model).join(' · ');
}

/** Units as people write them, `512 · 512`, `512-512` or `512, 512`; undefined where they are none. */
export function parseUnits(text: string): SweepModel | undefined {
  const model = text
    .trim()
    .split(/\s*[-–·,×x\s]\s*/)
    .join('-');
  return isNet(model) && isSweepModel(model) ? hiddenUnits(model).join('-') : undefined;
}

type Named = Pick<SweepSettings, 'models' | 'set' | 'own' | 'classes'>;

/** What a model is called among the others of its sweep. */
export function modelName(model: SweepModel, { models, set, own, classes }: Named): string {
  switch (model) {
    case 'svm':
      return models.includes('svm-hog') ? msg('linear SVM, pixels') : msg('linear SVM');
    case 'svm-hog':
      return msg('linear SVM, HOG');
    case 'logistic':
      return oneLayerName({ set, own, classes });
    default: {
      const slot = [...slotsOf(models)].find(([, net]) => net === model)?.[0];
      return slot === undefined ? msg(str`net of ${unitsText(model)}`) : slotName(slot);
    }
  }
}

export function oneLayerName({ set, own, classes }: Pick<Named, 'set' | 'own' | 'classes'>): string {
  const names = { binary: msg('logistic regression'), multiclass: msg('softmax regression'), regression: msg('linear regression') };
  return names[taskOf({ set, own, classes })];
}

/** As short as it can be said at the end of a curve. */
export function shortName(model: SweepModel, { models, set, own, classes }: Named): string {
  if (model === 'logistic')
    return { binary: msg('logistic'), multiclass: msg('softmax'), regression: msg('linear') }[taskOf({ set, own, classes })];
  return modelName(model, { models, set, own, classes });
}

/** How much ink a model's curve has: the simplest is grey, the largest is ink. */
export function inkShare(model: SweepModel, models: readonly SweepModel[]): number {
  const all = ordered(models);
  const at = all.indexOf(model);
  return all.length < 2 ? 1 : 0.34 + (0.66 * at) / (all.length - 1);
}
