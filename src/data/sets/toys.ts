/** 2-D toys: points in the plane in two classes whose border a straight line cannot always be. Made from the seed alone. */
import { catalogue } from '../catalogue.ts';
import type { Dataset, DatasetRequest, Examples, ToyName } from '../dataset.ts';
import { DataError } from '../errors.ts';
import { Random, streams } from '../../math/rng.ts';
import { identityScaling } from '../scaling.ts';
import { trainingCount, type SetReader } from '../set-reader.ts';
import { fitRescaling, rescaled } from '../table-dataset.ts';

const about = catalogue.toys;
/** The test part is the test share of this many points. */
const testOf = 2500;
const testFirst = 1 << 24;
const drawsPerPoint = 8;
const defaultNoise = 0.1;

type Point = readonly [number, number];

/** Where a point without noise lies, between about −1 and 1; `draw` is uniform in [0, 1). */
const shapes: Readonly<Record<ToyName, (label: number, draw: Random) => Point>> = {
  circles: (label, draw) => polar(label === 1 ? 0.4 : 1, 2 * Math.PI * draw.uniform()),
  moons: (label, draw) => {
    const [x, y] = polar(1, Math.PI * draw.uniform());
    return label === 1 ? [0.5 - x, 0.25 - y] : [x - 0.5, y - 0.25];
  },
  spirals: (label, draw) => {
    // The square root spreads points evenly along the arm, which is longer further out.
    const radius = 0.08 + 0.92 * Math.sqrt(draw.uniform());
    return polar(radius, 3 * Math.PI * radius + Math.PI * label);
  },
  blobs: (label, draw) => {
    const centre = label === 1 ? 0.5 : -0.5;
    return [centre + 0.2 * draw.normal(), centre + 0.2 * draw.normal()];
  },
  xor: (label, draw) => {
    const [x, y] = [draw.uniform(), draw.uniform()];
    const side = draw.uniform() < 0.5 ? -1 : 1;
    return [side * x, label === 1 ? -side * y : side * y];
  },
};

export class Toys implements SetReader {
  read(request: DatasetRequest): Promise<Dataset> {
    const toy = request.toy ?? 'circles';
    const noise = request.noise ?? defaultNoise;
    if (!(toy in shapes)) throw new DataError('toys', `toy: expected one of ${Object.keys(shapes).join(', ')}, found ${toy}.`);
    if (!(noise >= 0 && noise <= 1)) throw new DataError('toys', `noise: expected 0 to 1, found ${noise}.`);
    const m = trainingCount(request, about.mLargest);
    const train = points(toy, noise, request.seed, 0, m);
    const test = points(toy, noise, request.seed, testFirst, Math.round(testOf * request.testShare));
    const rescaling = fitRescaling(train, 2, request.normalization);
    return Promise.resolve({
      name: 'toys',
      task: 'binary',
      train: examplesOf(rescaled(train, 2, rescaling)),
      test: examplesOf(rescaled(test, 2, rescaling)),
      scaling: identityScaling(2),
      rescaling,
      classNames: about.classNames,
      featureNames: ['x₁', 'x₂'],
      image: null,
      targetName: 'y',
      targetMean: 0,
      targetScale: 1,
      mAvailable: about.mLargest,
      ownTest: false,
      attributions: about.attributions,
    });
  }
}

/** Classes take turns, so that every prefix is balanced. `first` is even. */
const labelAt = (index: number): number => index & 1;

function points(toy: ToyName, noise: number, seed: number, first: number, count: number): Float64Array {
  const values = new Float64Array(2 * count);
  for (let i = 0; i < count; i++) {
    const draw = new Random(seed, streams.toys).at((first + i) * drawsPerPoint);
    const [x, y] = shapes[toy](labelAt(i), draw);
    values[2 * i] = snap(x + noise * draw.normal());
    values[2 * i + 1] = snap(y + noise * draw.normal());
  }
  return values;
}

/** To a grid of 2⁻¹⁶: engines differ in the last bits of sines and logarithms, which this hides. */
function snap(value: number): number {
  return Math.round(value * 65536) / 65536;
}

function polar(radius: number, angle: number): Point {
  return [radius * Math.cos(angle), radius * Math.sin(angle)];
}

function examplesOf(values: Float32Array<ArrayBuffer>): Examples {
  const m = values.length / 2;
  return { x: { storage: 'float32', n: 2, m, values }, y: Float32Array.from({ length: m }, (_, i) => labelAt(i)) };
}
