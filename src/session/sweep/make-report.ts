/** From what a sweep has found to its file. */
import { median } from '../../math/statistics.ts';
import type { SweepUpdate } from './protocol.ts';
import type { SweepModel, SweepSettings } from './settings.ts';
import type { Crossover, SweepAbout, SweepLaw, SweepProgress, SweepReport, SweepSample, SweepTime } from './report.ts';

/** Why there is no crossover, in the words of the file. */
const noCrossover = {
  gpu: 'the GPU is faster at every m that was timed',
  cpu: 'the CPU is faster at every m that was timed',
  unclear: 'the times do not tell which lane is faster',
  'one-lane': 'one of the lanes has no time',
  few: 'fewer than three m were timed',
} as const satisfies Record<Extract<Crossover, { kind: 'none' }>['reason'], string>;

/** @param planned times and runs in all */
export function makeReport(
  { settings, times, samples, laws }: Omit<SweepProgress, 'about'>,
  about: SweepAbout,
  planned: number,
): SweepReport {
  return {
    schema: 1,
    kind: 'sweep',
    precision: 'float32',
    environment: about.environment,
    seed: settings.seed,
    settings,
    data: about.data,
    time: {
      model: settings.timed,
      points: [...times].sort((a, b) => a.m - b.m).map(pointOf),
      gpu: lineOf(laws?.gpu ?? null),
      cpu: lineOf(laws?.cpu ?? null),
      crossover: crossoverOf(laws?.crossover ?? { kind: 'none', reason: 'few' }),
    },
    accuracy: groups(samples, settings.models).map(accuracyOf),
    unfinished: Math.max(0, planned - times.length - samples.length),
  };
}

function pointOf({ m, gpuMs, cpuMs, ...rest }: SweepTime): SweepReport['time']['points'][number] {
  const middle = (values: readonly number[]): number | null => (values.length > 0 ? median(values) : null);
  return { m, gpuMs: middle(gpuMs), cpuMs: middle(cpuMs), ...rest, samples: { gpu: gpuMs, cpu: cpuMs } };
}

function lineOf(law: SweepLaw | null): { readonly fixedMs: number; readonly msPerExample: number } | null {
  return law && { fixedMs: law.fixedMs, msPerExample: law.msPerExample };
}

function crossoverOf(crossover: Crossover): SweepReport['time']['crossover'] {
  if (crossover.kind === 'none') return { none: noCrossover[crossover.reason] };
  const { m, ci95, inside, faster } = crossover;
  const [low, high] = ci95;
  return { m, ci95: [low, Number.isFinite(high) ? high : null], inside, faster };
}

/** The runs of one model at one m, in the order of models and m. */
function groups(samples: readonly SweepSample[], models: readonly SweepModel[]): readonly (readonly [SweepSample, ...SweepSample[]])[] {
  const found = new Map<string, [SweepSample, ...SweepSample[]]>();
  for (const sample of [...samples].sort((a, b) => a.m - b.m || a.seed - b.seed)) {
    const key = `${sample.model} ${sample.m}`;
    const own = found.get(key);
    if (own) own.push(sample);
    else found.set(key, [sample]);
  }
  return [...found.values()].sort(([a], [b]) => models.indexOf(a.model) - models.indexOf(b.model) || a.m - b.m);
}

function accuracyOf(runs: readonly [SweepSample, ...SweepSample[]]): SweepReport['accuracy'][number] {
  const [{ model, m }] = runs;
  const test = runs.flatMap((run) => (run.test === null ? [] : [run.test]));
  const train = runs.flatMap((run) => (run.train === null ? [] : [run.train]));
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  return {
    model,
    m,
    seeds: runs.length,
    samples: runs,
    test: test.length > 0 ? { mean: mean(test), min: Math.min(...test), max: Math.max(...test) } : null,
    train: train.length > 0 ? { mean: mean(train) } : null,
  };
}

/**
 * Runs a sweep to its end and gathers what it tells.
 * @param run resolves at the end, whichever it is
 * @throws with the sweep's own words when it failed
 */
export async function collectReport(
  settings: SweepSettings,
  run: (hear: (update: SweepUpdate) => void) => Promise<void>,
): Promise<SweepReport> {
  const found = { times: [] as SweepTime[], samples: [] as SweepSample[], laws: null as SweepProgress['laws'] };
  const told: { about: SweepAbout | null; last: SweepUpdate | null } = { about: null, last: null };
  await run((update) => {
    told.last = update;
    told.about = update.about ?? told.about;
    found.times.push(...(update.times ?? []));
    found.samples.push(...(update.samples ?? []));
    found.laws = update.laws ?? found.laws;
  });
  const { about, last } = told;
  if (!about || !last || last.failure !== undefined) throw new Error(last?.failure ?? 'the sweep ended before it had begun');
  return makeReport({ settings, ...found }, about, last.count);
}
