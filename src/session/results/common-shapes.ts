/** What the schemas of all kinds of results have in common: where it was taken, times with their samples, ratios of them. */
import { spread } from '../../math/statistics.ts';
import type { KernelUse } from '../../engine/contract.ts';
import type { EditedKernel, Environment } from '../environment.ts';
import { shown } from './errors.ts';
import type { TimedSamples } from '../race-report.ts';
import {
  count,
  fail,
  flag,
  inside,
  interval,
  list,
  moment,
  name,
  notNegative,
  nullable,
  countsByName,
  oneOf,
  optional,
  positive,
  shape,
  text,
  where,
} from './shapes.ts';
import type { Place, Reader } from './shapes.ts';

/** Numbers that a file repeats must agree this closely: they were computed from the same bits. */
const rounding = 1e-6;

export const environment: Reader<Environment> = shape<Environment>({
  build: name,
  editedKernels: optional(list(shape<EditedKernel>({ file: name, hash: name }), 1)),
  host: oneOf(['browser', 'node']),
  browser: name,
  platform: text,
  adapter: nullable(shape({ vendor: text, architecture: text, description: text, software: flag })),
  logicalCores: count(1),
  crossOriginIsolated: flag,
  clockResolutionMs: positive,
  readBackFloorMs: nullable(notNegative),
  wasm: shape({ simd: flag, relaxedSimd: flag, threads: flag }),
  takenAt: moment,
});

const workgroups: Reader<KernelUse['workgroups']> = (value, place) => {
  const [x, y, z, ...others] = list(count(1))(value, place);
  if (x === undefined || y === undefined || z === undefined || others.length > 0) return fail(place, 'a list of 3', shown(value));
  return [x, y, z];
};

export const kernels: Reader<readonly KernelUse[]> = list(shape<KernelUse>({ kernel: name, workgroups, sizes: countsByName }));

/** @param source what the value must have been computed from, as it reads after `the` */
export function agree(value: number, expected: number, source: string, place: Place): void {
  if (Math.abs(value - expected) <= rounding * Math.abs(expected)) return;
  fail(place, `the ${source}, ${Number(expected.toPrecision(7))}`, String(value));
}

export function holds([low, high]: readonly [number, number], value: number, place: Place): void {
  if (low <= value * (1 + rounding) && value <= high * (1 + rounding)) return;
  fail(place, `an interval around ${value}`, `[${low}, ${high}]`);
}

/** Times a step: every sample is there, and what stands beside them is what they amount to. */
export const times: Reader<TimedSamples> = where(
  shape<TimedSamples>({ median: positive, p5: positive, p95: positive, ci95: interval, samples: list(positive, 2) }),
  (read, place) => {
    const { median, p5, p95 } = spread(read.samples);
    const of = `of the ${read.samples.length} samples`;
    agree(read.median, median, `median ${of}`, inside(place, 'median'));
    agree(read.p5, p5, `5th percentile ${of}`, inside(place, 'p5'));
    agree(read.p95, p95, `95th percentile ${of}`, inside(place, 'p95'));
    holds(read.ci95, read.median, inside(place, 'ci95'));
  },
);

/** No two items have the same name. */
export function unique(names: readonly string[], place: Place, key: string): void {
  const twice = names.findIndex((one, index) => names.indexOf(one) < index);
  if (twice >= 0) fail(inside(inside(place, twice), key), 'a name that no other has', JSON.stringify(names[twice]));
}

interface TimedLane {
  readonly engine: string;
  readonly msPerStep: TimedSamples | null;
}

/** The samples of the lane of this name. */
export function timedSamples(lanes: readonly TimedLane[], engine: string, place: Place): readonly number[] {
  const lane = lanes.find((one) => one.engine === engine);
  if (!lane?.msPerStep) return fail(place, 'the name of a lane that has a time', JSON.stringify(engine));
  return lane.msPerStep.samples;
}
