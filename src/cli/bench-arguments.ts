/** From the words after `downhill bench` to workloads and lanes, checked before anything starts. */
import { hostname } from 'node:os';
import { Option, type Command } from 'commander';
import type { BenchRequest } from '../session/bench/run.ts';
import { lawName, ownLanes, peerNames, suites, usualSeconds, workloads, type SuiteName, type Workload } from '../session/bench/workload.ts';
import { ranges } from '../session/settings.ts';
import { addPlaceOptions, machineMeaning, numberOf, placeOf, type HostName, type Place, type RawPlace } from './arguments.ts';
import { UsageError } from './usage-error.ts';

/** Seconds of timed rounds for a workload that is named alone. */
const secondsAWorkload = 8;
const secondsRange = [1, 86_400] as const;

export interface BenchCommand extends Place {
  readonly request: BenchRequest;
  /** Names of the lanes that run, ours and peers'. */
  readonly lanes: readonly string[];
  /** Those that were named: they must all have run for all to be well. */
  readonly named: readonly string[];
  readonly peers: boolean;
  /** Playwright servers of other machines; none: it runs here. */
  readonly connect: readonly string[];
  /** A file name, `-` for standard output, or null. */
  readonly json: string | null;
  /** What the result calls the machine. */
  readonly machine: string;
}

/** A workload, or the law that is measured at several m. */
type Chosen = Workload | typeof lawName;

export interface RawBenchOptions extends RawPlace {
  readonly suite?: SuiteName;
  readonly workload: readonly Chosen[];
  readonly engine: readonly string[];
  readonly peers?: boolean;
  readonly budget?: string;
  readonly seed?: string;
  readonly connect?: readonly string[];
  readonly json?: string;
  readonly machine?: string;
}

/** Upper or lower case and x for × are the same name. */
function plainName(name: string): string {
  return name.trim().toLowerCase().replaceAll('×', 'x').replace(/\s+/g, ' ');
}

function collectWorkload(text: string, before: readonly Chosen[]): readonly Chosen[] {
  const found = plainName(text) === lawName ? lawName : workloads.find(({ name }) => plainName(name) === plainName(text));
  if (found === undefined) {
    const names = [...workloads.map(({ name }) => name), lawName];
    throw new UsageError(`--workload ${text}: there is no such workload. There are: ${names.join(', ')}.`);
  }
  return before.includes(found) ? before : [...before, found];
}

function collectLane(names: readonly string[]) {
  return (text: string, before: readonly string[]): readonly string[] => {
    if (!names.includes(text)) throw new UsageError(`--engine ${text}: expected one of ${names.join(', ')}.`);
    return before.includes(text) ? before : [...before, text];
  };
}

function collectAddress(text: string, before: readonly string[]): readonly string[] {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol !== 'ws:' && url?.protocol !== 'wss:')
    throw new UsageError(`--connect ${text}: expected the address of a Playwright server, such as ws://10.0.0.7:3000/.`);
  return before.includes(url.href) ? before : [...before, url.href];
}

function laneOption(names: readonly string[]): Option {
  return new Option('--engine <name>', `which lanes run, repeatable: ${names.join(', ')}`)
    .argParser(collectLane(names))
    .default([], 'all of ours');
}

/** @param onlyHost where there is but one host, there is no choice of hosts and no peer */
export function addBenchOptions(command: Command, { onlyHost = null }: { readonly onlyHost?: HostName | null } = {}): Command {
  command
    .addOption(new Option('--suite <name>', 'which workloads; quick where none is named').choices(Object.keys(suites)))
    .addOption(
      new Option(
        '--workload <name>',
        'one workload, repeatable; instead of a suite. law: t = fixed + slope · m, fitted to six m from 1,000 to 60,000 (part of both suites)',
      )
        .argParser(collectWorkload)
        .default([], 'the suite'),
    )
    .addOption(laneOption(onlyHost === null ? [...ownLanes, ...peerNames] : ownLanes))
    .option('--budget <seconds>', 'time for the measured rounds of all workloads; warming up comes on top')
    .option('--seed <number>', 'decides the data, the start and the order of the blocks')
    .option('--json <file>', 'write the result as JSON; - for standard output')
    .option('--machine <name>', machineMeaning);
  if (onlyHost !== null) return command.addOption(new Option('--host <name>').choices([onlyHost]).default(onlyHost).hideHelp());
  return addPlaceOptions(command)
    .option('--peers', 'measure TensorFlow.js and jax-js beside our own lanes')
    .addOption(
      new Option('--connect <address>', 'in a browser of another machine, by its Playwright server, ws://host:port; repeatable')
        .argParser(collectAddress)
        .default([], 'here'),
    );
}

function chosenWorkloads({ suite, workload }: RawBenchOptions): readonly Chosen[] {
  if (workload.length === 0) return [...suiteOf(suite ?? 'quick'), lawName];
  if (suite !== undefined) throw new UsageError('--suite and --workload exclude each other: name a suite, or workloads.');
  return workload;
}

function suiteOf(suite: SuiteName): readonly Workload[] {
  const names: readonly string[] = suites[suite];
  return workloads.filter(({ name }) => names.includes(name));
}

function chosenLanes({ engine, peers = false, host }: RawBenchOptions): readonly string[] {
  const namedPeers = engine.filter((name) => peerNames.some((peer) => peer === name));
  const namedOwn = engine.filter((name) => !namedPeers.includes(name));
  if (peers && host === 'node') throw new UsageError('--peers: the peers run in a browser only; leave --host node out.');
  if (!peers && namedPeers[0] !== undefined) throw new UsageError(`--engine ${namedPeers[0]}: is a peer; add --peers.`);
  const beside = !peers ? [] : namedPeers.length > 0 ? namedPeers : peerNames;
  return [...(engine.length > 0 ? namedOwn : ownLanes), ...beside];
}

/** @throws UsageError */
export function readBenchCommand(raw: RawBenchOptions): BenchCommand {
  const chosen = chosenWorkloads(raw);
  const usual = raw.workload.length > 0 ? secondsAWorkload * chosen.length : usualSeconds[raw.suite ?? 'quick'];
  const { connect = [] } = raw;
  if (connect.length > 0 && raw.host === 'node') throw new UsageError('--connect: runs in browsers; leave --host node out.');
  if (connect.length > 0 && raw.browser === 'firefox')
    throw new UsageError('--browser firefox: with --connect, Chromium is what can be reached; leave --browser firefox out.');
  if (connect.length > 0 && raw.peers) throw new UsageError('--connect: the peers run here only; leave --peers out.');
  if (connect.length > 0 && raw.machine !== undefined)
    throw new UsageError('--machine: with --connect each machine is called by its address; leave --machine out.');
  const seconds = raw.budget === undefined ? usual : numberOf('--budget', raw.budget, secondsRange, 'real');
  const seed = raw.seed === undefined ? 1 : numberOf('--seed', raw.seed, ranges.seed, 'whole');
  return {
    request: { workloads: chosen.filter((one) => one !== lawName), law: chosen.includes(lawName), budgetMs: 1000 * seconds, seed },
    lanes: chosenLanes(raw),
    named: raw.engine,
    peers: raw.peers ?? false,
    ...placeOf(raw),
    connect,
    json: raw.json ?? null,
    machine: raw.machine ?? hostname(),
  };
}
