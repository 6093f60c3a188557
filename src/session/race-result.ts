/** A race's result for a file, from its lanes and its harness as they stand; when to ask for it is the race's. */
import type { Dataset } from '../data/dataset.ts';
import { textHash } from '../engine/gpu/candidates.ts';
import { GpuEngine } from '../engine/gpu/engine.ts';
import { editedUse } from './adopted/used-files.ts';
import { checksumIn } from './checksum.ts';
import type { Environment } from './environment.ts';
import type { Field } from './field.ts';
import type { Harness } from './harness.ts';
import type { Lane } from './lane.ts';
import type { SpeedUp } from './protocol.ts';
import type { RaceLaneReport, RaceReport, Tuning } from './race-report.ts';
import type { Settings } from './settings.ts';

interface RaceParts {
  readonly environment: Environment;
  readonly settings: Settings;
  readonly dataset: Dataset;
  readonly field: Field;
  readonly harness: Harness;
}

/** @returns null before the first step; lanes that were not timed have none */
export function raceReport({ environment, settings, dataset, field, harness }: RaceParts): RaceReport | null {
  const lanes = field.lanes.map((lane) => laneReport(lane, harness, tuningOf(lane, field)));
  if (lanes.every(({ steps }) => steps === 0)) return null;
  const { n, m, storage } = dataset.train.x;
  return {
    schema: 1,
    kind: 'race',
    precision: 'float32',
    environment: { ...environment, ...editedKernels(field) },
    seed: settings.seed,
    settings,
    data: { n, m, mTest: dataset.test.x.m, storage, ...checksumIn(dataset) },
    stepsPerBlock: harness.stepsPerBlock,
    hiddenRounds: harness.hiddenRounds,
    // after a divergence it is no number any more
    difference: lanes.length > 1 && Number.isFinite(field.difference.largest) ? field.difference : null,
    lanes,
    speedup: speedUpOf(field, lanes, harness.speedUp()),
  };
}

/** Of what the GPU's lane ran. */
function editedKernels({ lanes }: Field): Pick<Environment, 'editedKernels'> {
  const gpu = lanes.find(({ engine }) => engine instanceof GpuEngine);
  if (!(gpu?.engine instanceof GpuEngine)) return {};
  const { edits } = gpu.engine;
  const { steps, beside } = editedUse(gpu.trainer, edits);
  const files = [...steps, ...beside];
  return files.length === 0 ? {} : { editedKernels: files.map((file) => ({ file, hash: textHash([edits[file] ?? '']) })) };
}

function tuningOf(lane: Lane, field: Field): Tuning | null {
  if (lane.engine.kind === 'cpu' || field.tuning === null) return null;
  const { lanes = null, groups = null, matmul = null } = field.tuning;
  return { lanes, groups, matmul };
}

function laneReport(lane: Lane, harness: Harness, tuning: Tuning | null): RaceLaneReport {
  const { name } = lane.engine;
  const { plan, stepsDone } = lane.trainer;
  const { stepMs, coldMs, gigabytesPerSecond, gigaflopsPerSecond, profile, checked } = lane.standing(harness);
  return {
    engine: name,
    plan: plan.name,
    kernels: plan.kernels,
    tuning,
    checked,
    steps: stepsDone,
    msPerStep: stepMs && { ...stepMs, ci95: harness.medianInterval(name), samples: [...harness.samples(name)] },
    coldMs,
    outliers: stepMs ? harness.outlierRounds(name) : 0,
    drift: harness.drift(name),
    gigabytesPerSecond,
    gigaflopsPerSecond,
    bytesPerStep: plan.bytesPerStep,
    dispatchesPerStep: plan.dispatchesPerStep,
    profile: profile && {
      how: profile.how,
      segments: profile.segments.map(({ name: segment, ms }) => ({ name: segment, ms: Number.isNaN(ms) ? null : ms })),
      overheadMs: profile.overheadMs,
      droppedSpans: profile.droppedSpans,
    },
  };
}

/** A speed-up speaks of the lanes that are there and timed; one that was dropped on the way takes its own with it. */
function speedUpOf({ lanes }: Field, reports: readonly RaceLaneReport[], speedUp: SpeedUp | null): RaceReport['speedup'] {
  const timed = (kind: 'cpu' | 'gpu'): RaceLaneReport | undefined =>
    reports.find(({ msPerStep }, index) => msPerStep && lanes[index]?.engine.kind === kind);
  const [gpu, cpu] = [timed('gpu'), timed('cpu')];
  if (!speedUp || !gpu || !cpu) return null;
  const { ratio, low, high, blocks, verdict } = speedUp;
  return { best: gpu.engine, against: cpu.engine, ratio, ci95: [low, high], blocks, verdict };
}
