/** From the words after `downhill sweep` to the settings of a sweep, checked before anything starts. */
import { hostname } from 'node:os';
import { Option, type Command } from 'commander';
import { catalogue } from '../data/catalogue.ts';
import {
  defaultSweeps,
  isSweepModel,
  modelUnfit,
  quickSweep,
  sweepRanges,
  type SweepModel,
  type SweepSettings,
} from '../session/sweep/settings.ts';
import { datasetNames, normalizations, ranges, toyNames, type DatasetName, type Normalization, type ToyName } from '../session/settings.ts';
import { hosts, machineMeaning, numberOf, parseClasses, type HostName } from './arguments.ts';
import { UsageError } from './usage-error.ts';

export interface SweepCommand {
  readonly settings: SweepSettings;
  readonly host: HostName;
  /** A file name, `-` for standard output, or null. */
  readonly json: string | null;
  /** What the result calls the machine. */
  readonly machine: string;
}

export interface RawSweepOptions {
  readonly data: DatasetName;
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
  readonly host: HostName;
  readonly json?: string;
  readonly machine?: string;
}

const modelForms = 'svm, svm-hog (pictures), logistic, or the units of ReLU layers as in 16 or 512 512';

export function addSweepOptions(command: Command): Command {
  return command
    .addOption(new Option('--data <name>', 'the data set').choices(datasetNames).default('fashion'))
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
    .option('--quick', 'fewer m and fewer seeds: an answer in a minute or so')
    .addOption(new Option('--host <name>', 'where it runs: headless Chromium, or Node with Dawn').choices(hosts).default('browser'))
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--machine <name>', machineMeaning);
}

function parseRange(text: string, set: DatasetName): Pick<SweepSettings, 'mFrom' | 'mTo'> {
  const [from = '', to = '', ...more] = text.split('..');
  if (more.length > 0 || to === '') throw new UsageError(`--m ${text}: expected two numbers as in 100..60000.`);
  const [low] = sweepRanges.m;
  const most = catalogue[set].mLargest;
  const mFrom = numberOf('--m', from, [low, most], 'whole');
  return { mFrom, mTo: numberOf('--m', to, [mFrom, most], 'whole') };
}

function parseModel(flag: string, text: string, set: DatasetName): SweepModel {
  const model = text.trim().toLowerCase().replace(/\s+/g, '-');
  if (!isSweepModel(model)) throw new UsageError(`${flag} ${text.trim()}: expected ${modelForms}.`);
  const unfit = modelUnfit(model, set);
  if (unfit === 'no-classes')
    throw new UsageError(`${flag} ${model}: ${set} asks for a number, and a support vector machine tells classes apart.`);
  if (unfit === 'no-image') throw new UsageError(`${flag} ${model}: ${set} holds no pictures.`);
  return model;
}

function parseModels(text: string, set: DatasetName): readonly SweepModel[] {
  const models = [...new Set(text.split(',').map((part) => parseModel('--models', part, set)))];
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

/** @throws UsageError */
export function readSweepCommand(raw: RawSweepOptions): SweepCommand {
  const set = raw.data;
  const base = raw.quick ? quickSweep(defaultSweeps[set]) : defaultSweeps[set];
  const settings: SweepSettings = {
    ...base,
    ...given(raw.toy, (toy) => ({ toy })),
    ...given(raw.noise, (text) => ({ noise: numberOf('--noise', text, ranges.noise, 'real') })),
    ...given(raw.n, (text) => ({ n: numberOf('--n', text, ranges.n, 'whole') })),
    ...given(raw.classes, (text) => ({ classes: parseClasses(set, text) })),
    ...given(raw.normalize, (normalization) => ({ normalization })),
    ...given(raw.m, (text) => parseRange(text, set)),
    ...given(raw.points, (text) => ({ points: numberOf('--points', text, sweepRanges.points, 'whole') })),
    ...given(raw.models, (text) => ({ models: parseModels(text, set) })),
    ...given(raw.timed, (text) => ({ timed: parseModel('--timed', text, set) })),
    ...given(raw.seeds, parseSeeds),
    ...given(raw.budget, parseBudget),
    ...given(raw.rate, (text) => ({ learningRate: numberOf('--rate', text, ranges.learningRate, 'real') })),
    ...given(raw.seed, (text) => ({ seed: numberOf('--seed', text, ranges.seed, 'whole') })),
  };
  return { settings, host: raw.host, json: raw.json ?? null, machine: raw.machine ?? hostname() };
}
