/** From the words after `downhill sweep` to the settings of a sweep, checked before anything starts. */
import { hostname } from 'node:os';
import { Option, type Command } from 'commander';
import { catalogue } from '../data/catalogue.ts';
import type { OwnFacts } from '../session/own/facts.ts';
import { ownSweep } from '../session/own/sweep.ts';
import {
  defaultSweeps,
  isSweepModel,
  modelUnfit,
  quickSweep,
  sweepRanges,
  type SweepModel,
  type SweepSettings,
} from '../session/sweep/settings.ts';
import { normalizations, ranges, toyNames, type Normalization, type ToyName } from '../session/settings.ts';
import {
  addPlaceOptions,
  dataMeaning,
  labelMeaning,
  machineMeaning,
  numberOf,
  parseClasses,
  placeOf,
  testMeaning,
  type Place,
  type RawPlace,
} from './arguments.ts';
import { isBuiltIn, ownFiles, type OwnJob } from './own-files.ts';
import { UsageError } from './usage-error.ts';

export interface SweepCommand extends Place {
  /** With a file, what is known of it before it is opened. */
  readonly settings: SweepSettings;
  /** Null for a set that is built in. */
  readonly own: OwnJob<SweepSettings> | null;
  /** A file name, `-` for standard output, or null. */
  readonly json: string | null;
  /** What the result calls the machine. */
  readonly machine: string;
}

export interface RawSweepOptions extends RawPlace {
  readonly data: string;
  readonly test?: string;
  readonly label?: string;
  readonly toy?: ToyName;
  readonly noise?: string;
  readonly n?: string;
  readonly classes?: string;
  readonly normalize?: Normalization;
  readonly m?: string;
  readonly points?: string;
  readonly models?: string;
  readonly timed?: string;
  readonly seeds?: string;
  readonly budget?: string;
  readonly rate?: string;
  readonly seed?: string;
  readonly quick?: boolean;
  readonly json?: string;
  readonly machine?: string;
}

const modelForms = 'svm, svm-hog (pictures), logistic, or the units of ReLU layers as in 16 or 512 512';

export function addSweepOptions(command: Command): Command {
  command
    .option('--data <name|file>', dataMeaning, 'fashion')
    .option('--test <file>', testMeaning)
    .option('--label <column>', labelMeaning)
    .addOption(new Option('--toy <name>', 'toys: which').choices(toyNames))
    .option('--noise <share>', 'toys: standard deviation of the noise')
    .option('--n <features>', 'synthetic: number of features')
    .option('--classes <A,B>', 'fashion: two classes, by name or index')
    .addOption(new Option('--normalize <how>', 'how features are scaled').choices(normalizations))
    .option('--m <FROM..TO>', 'the smallest and the largest number of training examples')
    .option('--points <number>', 'values of m, at equal ratios')
    .option('--models <list>', `models, with commas between them: ${modelForms}`)
    .option('--timed <model>', 'the model whose step is timed against m')
    .option('--seeds <number>', 'runs of each model at each m; A,B: A up to m = 1,000 and B above')
    .option('--budget <rule>', 'when a run ends: stops (the cost on a held-out tenth has stopped falling), epochs:N or steps:N')
    .option('--rate <α>', 'the learning rate of every run')
    .option('--seed <number>', 'decides the examples, the starts and the order of the runs')
    .option('--quick', 'fewer m and fewer seeds: an answer in a minute or so');
  return addPlaceOptions(command)
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--machine <name>', machineMeaning);
}

function parseRange(text: string, most: number): Pick<SweepSettings, 'mFrom' | 'mTo'> {
  const [from = '', to = '', ...more] = text.split('..');
  if (more.length > 0 || to === '') throw new UsageError(`--m ${text}: expected two numbers as in 100..60000.`);
  const [low] = sweepRanges.m;
  const mFrom = numberOf('--m', from, [low, most], 'whole');
  return { mFrom, mTo: numberOf('--m', to, [mFrom, most], 'whole') };
}

function parseModel(flag: string, text: string, about: Pick<SweepSettings, 'set' | 'own'>): SweepModel {
  const model = text.trim().toLowerCase().replace(/\s+/g, '-');
  if (!isSweepModel(model)) throw new UsageError(`${flag} ${text.trim()}: expected ${modelForms}.`);
  const unfit = modelUnfit(model, about);
  if (unfit === 'no-classes')
    throw new UsageError(`${flag} ${model}: ${nameOf(about)} asks for a number, and a support vector machine tells classes apart.`);
  if (unfit === 'no-image') throw new UsageError(`${flag} ${model}: ${nameOf(about)} holds no pictures.`);
  return model;
}

function parseModels(text: string, about: Pick<SweepSettings, 'set' | 'own'>): readonly SweepModel[] {
  const models = [...new Set(text.split(',').map((part) => parseModel('--models', part, about)))];
  const [, most] = sweepRanges.models;
  if (models.length > most) throw new UsageError(`--models: expected at most ${most}, found ${models.length}.`);
  return models;
}

function parseSeeds(text: string): Pick<SweepSettings, 'seeds' | 'seedsAbove'> {
  const [few = '', above = few, ...more] = text.split(',');
  if (more.length > 0) throw new UsageError(`--seeds ${text}: expected a number, or two as in 5,3.`);
  return {
    seeds: numberOf('--seeds', few, sweepRanges.seeds, 'whole'),
    seedsAbove: numberOf('--seeds', above, sweepRanges.seeds, 'whole'),
  };
}

function parseBudget(text: string): Partial<SweepSettings> {
  if (text === 'stops') return { budget: 'stops' };
  const [rule = '', count = ''] = text.split(':');
  if (rule === 'epochs') return { budget: 'epochs', epochs: numberOf('--budget epochs', count, sweepRanges.epochs, 'whole') };
  if (rule === 'steps') return { budget: 'steps', steps: numberOf('--budget steps', count, sweepRanges.steps, 'whole') };
  throw new UsageError(`--budget ${text}: expected stops, epochs:N or steps:N.`);
}

function given<T>(value: T | undefined, make: (value: T) => Partial<SweepSettings>): Partial<SweepSettings> {
  return value === undefined ? {} : make(value);
}

function nameOf({ set, own }: Pick<SweepSettings, 'set' | 'own'>): string {
  return set === 'own' ? (own?.split('*')[1] ?? 'the file') : set;
}

/** @throws UsageError */
export function readSweepCommand(raw: RawSweepOptions): SweepCommand {
  const paths = ownFiles(raw);
  const own = paths && { paths, request: (facts: OwnFacts): SweepSettings => readSettings(raw, facts) };
  return { settings: readSettings(raw, null), own, ...placeOf(raw), json: raw.json ?? null, machine: raw.machine ?? hostname() };
}

function readSettings(raw: RawSweepOptions, own: OwnFacts | null): SweepSettings {
  const set = isBuiltIn(raw.data) ? raw.data : 'own';
  if (set === 'own' && raw.classes !== undefined) throw new UsageError('--classes: a file has no classes to choose from; fashion has.');
  const defaults = own ? ownSweep(own) : defaultSweeps[set];
  const base = raw.quick ? quickSweep(defaults) : defaults;
  const most = own ? own.m : set === 'own' ? sweepRanges.m[1] : catalogue[set].mLargest;
  return {
    ...base,
    ...given(raw.toy, (toy) => ({ toy })),
    ...given(raw.noise, (text) => ({ noise: numberOf('--noise', text, ranges.noise, 'real') })),
    ...given(raw.n, (text) => ({ n: numberOf('--n', text, ranges.n, 'whole') })),
    ...given(raw.classes, (text) => ({ classes: parseClasses(isBuiltIn(raw.data) ? raw.data : 'fashion', text) })),
    ...given(raw.normalize, (normalization) => ({ normalization })),
    ...given(raw.m, (text) => parseRange(text, most)),
    ...given(raw.points, (text) => ({ points: numberOf('--points', text, sweepRanges.points, 'whole') })),
    ...given(raw.models, (text) => ({ models: parseModels(text, base) })),
    ...given(raw.timed, (text) => ({ timed: parseModel('--timed', text, base) })),
    ...given(raw.seeds, parseSeeds),
    ...given(raw.budget, parseBudget),
    ...given(raw.rate, (text) => ({ learningRate: numberOf('--rate', text, ranges.learningRate, 'real') })),
    ...given(raw.seed, (text) => ({ seed: numberOf('--seed', text, ranges.seed, 'whole') })),
  };
}
