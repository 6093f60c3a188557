/**
 * From the words after `downhill train` to settings and lanes. Everything is checked here, before a browser starts:
 * what cannot be used is a `UsageError` that names the argument.
 */
import { hostname } from 'node:os';
import { Option, type Command } from 'commander';
import { catalogue } from '../data/catalogue.ts';
import type { Task } from '../data/dataset.ts';
import { ownSettings, type OwnFacts } from '../session/own/facts.ts';
import { isBuiltIn, ownFiles, type OwnJob } from './own-files.ts';
import {
  costNames,
  cpuLanes,
  builtInNames,
  defaultSettings,
  normalizations,
  optimizerNames,
  planChoices,
  ranges,
  toyNames,
  type CostName,
  type BuiltInName,
  type Normalization,
  type OptimizerName,
  type PlanChoice,
  type Settings,
  type ToyName,
} from '../session/settings.ts';
import { costFits, parseModel } from './model-text.ts';
import type { TrainRequest } from '../session/train-report.ts';
import { UsageError } from './usage-error.ts';

const lanes = ['gpu', 'wasm-threads', 'wasm', 'reference', 'reference-float64'] as const;
/** Who trains when nobody is named. */
const usualLanes: readonly (typeof lanes)[number][] = ['gpu', 'reference'];
const hosts = ['browser', 'node'] as const;
export type HostName = (typeof hosts)[number];

const browsers = ['chromium', 'firefox'] as const;
export type BrowserName = (typeof browsers)[number];

/** What a verb is told about where it runs. */
export interface RawPlace {
  readonly host: HostName;
  readonly browser?: BrowserName;
}

export interface Place {
  readonly host: HostName;
  readonly browser: BrowserName;
}

export function addPlaceOptions(command: Command): Command {
  return command
    .addOption(new Option('--host <name>', 'where it runs: a headless browser, or Node with Dawn').choices(hosts).default('browser'))
    .addOption(new Option('--browser <name>', 'which browser; chromium where none is named').choices(browsers));
}

/** @throws UsageError for a browser where there is none */
export function placeOf({ host, browser }: RawPlace): Place {
  if (host === 'node' && browser !== undefined) throw new UsageError(`--browser ${browser}: runs in a browser; leave --host node out.`);
  return { host, browser: browser ?? 'chromium' };
}

/** What `--machine` means, wherever results are written. */
export const machineMeaning = 'what the result calls this machine; left out, its host name';

/** What the options about data mean, wherever data are asked for. */
export const dataMeaning = `the data set: ${builtInNames.join(', ')}; or a file: CSV, HDF5, NPY, NPZ, IDX, a folder or zip of pictures`;
export const testMeaning = 'files: the test part, in a file of its own';
export const labelMeaning = 'files: the column or array to predict, or a file of it';

export interface TrainCommand extends Place {
  /** With a file, what is known of it before it is opened. */
  readonly request: TrainRequest;
  /** Null for a set that is built in. */
  readonly own: OwnJob<TrainRequest> | null;
  /** A file name, `-` for standard output, or null. */
  readonly json: string | null;
  /** What the result calls the machine. */
  readonly machine: string;
}

/** What commander hands over; choices are checked by it, texts by us. */
export interface RawTrainOptions extends RawPlace {
  readonly data: string;
  readonly test?: string;
  readonly label?: string;
  readonly toy?: ToyName;
  readonly noise?: string;
  readonly n?: string;
  readonly classes?: string;
  readonly m?: string;
  readonly testShare?: string;
  readonly normalize?: Normalization;
  readonly model?: string;
  readonly cost?: CostName;
  readonly rate?: string;
  readonly steps?: string;
  readonly batch?: string;
  readonly optimizer?: OptimizerName;
  readonly l2?: string;
  readonly seed?: string;
  readonly every?: string;
  readonly engine: readonly (typeof lanes)[number][];
  readonly plan?: PlanChoice;
  readonly json?: string;
  readonly machine?: string;
}

function choice(flags: string, description: string, names: readonly string[]): Option {
  return new Option(flags, description).choices(names);
}

/** Collects a repeatable option. */
function collectLane(value: string, before: readonly string[]): readonly string[] {
  if (!lanes.some((lane) => lane === value)) throw new UsageError(`--engine ${value}: expected one of ${lanes.join(', ')}.`);
  return before.includes(value) ? before : [...before, value];
}

export function addTrainOptions(command: Command): Command {
  command
    .requiredOption('--data <name|file>', dataMeaning)
    .option('--test <file>', testMeaning)
    .option('--label <column>', labelMeaning)
    .addOption(choice('--toy <name>', 'toys: which', toyNames))
    .option('--noise <share>', 'toys: standard deviation of the noise')
    .option('--n <features>', 'synthetic: number of features')
    .option('--classes <A,B>', 'fashion: two classes, by name or index; the second becomes y = 1')
    .option('--m <number>', 'training examples, or all')
    .option('--test-share <share>', 'share held out for testing, for sets without a test part of their own')
    .addOption(choice('--normalize <how>', 'how features are scaled', normalizations))
    .option('--model <text>', 'logistic, linear, svm, softmax, or hidden layers as in "64 relu, 32 relu"')
    .addOption(choice('--cost <name>', 'the cost', costNames))
    .option('--rate <α>', 'the learning rate')
    .option('--steps <number>', 'updates to do')
    .option('--batch <number>', 'examples a step, or all')
    .addOption(choice('--optimizer <name>', 'the optimiser', optimizerNames))
    .option('--l2 <λ>', 'strength of regularisation')
    .option('--seed <number>', 'decides split, start and shuffle')
    .option('--every <steps>', 'record the cost every so many steps')
    .addOption(new Option('--engine <name>', `which engine trains, repeatable: ${lanes.join(', ')}`).argParser(collectLane).default([]))
    .addOption(choice('--plan <name>', 'how the GPU computes a step', planChoices));
  return addPlaceOptions(command)
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--machine <name>', machineMeaning);
}

/** @throws UsageError unless the text is a number in the range */
export function numberOf(flag: string, text: string, [low, high]: readonly [number, number], kind: 'whole' | 'real'): number {
  const value = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isFinite(value) && value >= low && value <= high && (kind === 'real' || Number.isInteger(value))) return value;
  throw new UsageError(`${flag} ${text}: expected a ${kind === 'whole' ? 'whole number' : 'number'} from ${low} to ${high}.`);
}

function numberOrAll<All>(flag: string, text: string, range: readonly [number, number], all: All): number | All {
  if (text === 'all') return all;
  try {
    return numberOf(flag, text, range, 'whole');
  } catch (error) {
    if (error instanceof UsageError) throw new UsageError(error.message.replace(/\.$/, ', or all.'));
    throw error;
  }
}

function classIndex(text: string, names: readonly string[]): number {
  const trimmed = text.trim();
  const index = /^\d+$/.test(trimmed) ? Number(trimmed) : names.findIndex((name) => name.toLowerCase() === trimmed.toLowerCase());
  if (index >= 0 && index < names.length) return index;
  throw new UsageError(`--classes: there is no class "${trimmed}". There are: ${names.map((name, at) => `${at} ${name}`).join(', ')}.`);
}

export function parseClasses(set: BuiltInName, text: string): readonly [number, number] {
  const { classNames, task } = catalogue[set];
  if (task !== 'multiclass') throw new UsageError(`--classes: ${set} has no classes to choose from; fashion has.`);
  const [first, second, ...more] = text.split(',').map((part) => classIndex(part, classNames));
  if (first === undefined || second === undefined || more.length > 0 || first === second) {
    throw new UsageError(`--classes ${text}: expected two different classes, as in 0,9.`);
  }
  return [first, second];
}

function taskOf(set: BuiltInName, classes: readonly [number, number] | null): Task {
  return classes === null ? catalogue[set].task : 'binary';
}

/** Settings of the set's own defaults, with what was said about data and model laid over them. */
function whatIsTrained(raw: RawTrainOptions, own: OwnFacts | null): Settings {
  const { data } = raw;
  if (own !== null || !isBuiltIn(data)) {
    if (raw.classes !== undefined) throw new UsageError('--classes: a file has no classes to choose from; fashion has.');
    // before the file is opened, its task is not known: only what is said without it is looked at
    return own === null ? withoutModel(raw, defaultSettings.own) : modelled(raw, ownSettings(own), own.task, true);
  }
  const defaults = defaultSettings[data];
  const classes = raw.classes === undefined ? defaults.classes : parseClasses(data, raw.classes);
  return modelled(raw, { ...defaults, classes }, taskOf(data, classes), classes === defaults.classes);
}

function withoutModel(raw: RawTrainOptions, defaults: Settings): Settings {
  return { ...defaults, normalization: raw.normalize ?? defaults.normalization };
}

/** @param usual the defaults' model is one for this task */
function modelled(raw: RawTrainOptions, defaults: Settings, task: Task, usual: boolean): Settings {
  const layersOf = (settings: Settings): string => settings.hidden.map(({ units, activation }) => `${units} ${activation}`).join(', ');
  const untold = usual ? null : layersOf(defaults) || 'logistic';
  const text = raw.model ?? untold;
  const model = text === null ? {} : parseModel(text, task);
  const settings: Settings = {
    ...defaults,
    ...model,
    toy: raw.toy ?? defaults.toy,
    normalization: raw.normalize ?? defaults.normalization,
  };
  if (raw.cost === undefined) return settings;
  if (!costFits(settings.output, raw.cost, task)) {
    throw new UsageError(`--cost ${raw.cost}: does not go with the ${settings.output} output of this model on these data.`);
  }
  return { ...settings, cost: raw.cost };
}

/** @throws UsageError */
export function readTrainCommand(raw: RawTrainOptions): TrainCommand {
  const paths = ownFiles(raw);
  const own = paths && { paths, request: (facts: OwnFacts): TrainRequest => readRequest(raw, facts) };
  return { request: readRequest(raw, null), own, ...placeOf(raw), json: raw.json ?? null, machine: raw.machine ?? hostname() };
}

function readRequest(raw: RawTrainOptions, own: OwnFacts | null): TrainRequest {
  const base = whatIsTrained(raw, own);
  const whole = (flag: string, text: string | undefined, range: readonly [number, number], otherwise: number): number =>
    text === undefined ? otherwise : numberOf(flag, text, range, 'whole');
  const real = (flag: string, text: string | undefined, range: readonly [number, number], otherwise: number): number =>
    text === undefined ? otherwise : numberOf(flag, text, range, 'real');
  const m = raw.m === undefined ? (own === null ? base.m : 'all') : numberOrAll('--m', raw.m, ranges.m, 'all');
  const steps = whole('--steps', raw.steps, ranges.steps, base.steps);
  const chosen = raw.engine.length > 0 ? raw.engine : usualLanes;
  const settings: Settings = {
    ...base,
    m: m === 'all' ? base.m : m,
    steps,
    noise: real('--noise', raw.noise, ranges.noise, base.noise),
    n: whole('--n', raw.n, ranges.n, base.n),
    testShare: real('--test-share', raw.testShare, ranges.testShare, base.testShare),
    learningRate: real('--rate', raw.rate, ranges.learningRate, base.learningRate),
    batch: raw.batch === undefined ? base.batch : numberOrAll('--batch', raw.batch, [1, ranges.batch[1]], 0),
    optimizer: raw.optimizer ?? base.optimizer,
    l2: real('--l2', raw.l2, ranges.l2, base.l2),
    seed: whole('--seed', raw.seed, ranges.seed, base.seed),
    plan: raw.plan ?? base.plan,
    gpu: chosen.includes('gpu'),
    cpu: raw.engine.length > 0 ? (cpuLanes.find((lane) => raw.engine.some((name) => name === lane)) ?? null) : base.cpu,
  };
  const every = whole('--every', raw.every, [1, ranges.steps[1]], Math.max(1, Math.ceil(steps / 100)));
  return { settings, m, lanes: chosen, every };
}
