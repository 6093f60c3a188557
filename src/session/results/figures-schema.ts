/** The schema of a summary: the figures of a result without its samples, as a QR code carries them. */
import type { Ceilings, Rates } from '../protocol.ts';
import type { Deciding } from './comparable.ts';
import { environment, holds } from './common-shapes.ts';
import { shown } from './errors.ts';
import type { CrossoverFigures, CurveFigures, Figures, LaneFigures, RatioFigures, WorkFigures } from './figures.ts';
import {
  count,
  fail,
  finite,
  flag,
  inside,
  interval,
  isObject,
  list,
  name,
  notNegative,
  nullable,
  oneOf,
  optional,
  pair,
  positive,
  shape,
  text,
  where,
  type Reader,
} from './shapes.ts';

/** An object of texts, whatever their names. */
const textsByName: Reader<Readonly<Record<string, string>>> = (value, place) => {
  if (!isObject(value)) return fail(place, 'an object', shown(value));
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, text(field, inside(place, key))]));
};

const deciding = shape<Deciding>({
  schema: oneOf([1]),
  kind: oneOf(['bench', 'race', 'sweep', 'train']),
  precision: oneOf(['float32']),
  seed: count(0),
  settings: textsByName,
  checksum: optional(name),
  workloads: nullable(textsByName),
});

const lane = shape<LaneFigures>({
  engine: name,
  plan: text,
  ms: nullable(positive),
  ci95: nullable(interval),
  wrong: flag,
  gigabytesPerSecond: nullable(notNegative),
  gigaflopsPerSecond: nullable(notNegative),
});

/** Rounded ends may touch the value from the wrong side by half a digit of four. */
const slack = 1e-3;

function around<T extends { readonly ratio: number; readonly ci95: readonly [number, number] }>(reader: Reader<T>): Reader<T> {
  return where(reader, ({ ratio, ci95: [low, high] }, place) => {
    holds([low * (1 - slack), high * (1 + slack)], ratio, inside(place, 'ci95'));
  });
}

const ratio = around(shape<RatioFigures>({ ratio: positive, ci95: interval, against: name }));
const score = around(shape<NonNullable<Figures['score']>>({ ratio: positive, ci95: interval }));
const work = shape<WorkFigures>({ name: text, lanes: list(lane), speedup: nullable(ratio) });

const curve = shape<CurveFigures>({
  engine: name,
  model: name,
  points: list(pair(positive)),
  law: nullable(shape({ fixedMs: notNegative, msPerExample: finite })),
});

const openInterval: Reader<CrossoverFigures['ci95']> = (value, place) => {
  const [low, high] = pair(nullable(notNegative))(value, place);
  return low === null ? fail(inside(place, 0), 'a number', 'null') : [low, high];
};

const rates = { copyGigabytesPerSecond: positive, fmaGigaflopsPerSecond: positive };
const ceiling = nullable(shape<Rates>(rates));

const ceilings = shape<Ceilings>({
  gpu: ceiling,
  cpu: nullable(shape<NonNullable<Ceilings['cpu']>>({ ...rates, oneThread: ceiling })),
});

export const figures: Reader<Figures> = shape<Figures>({
  deciding,
  machine: text,
  environment,
  works: list(work, 0),
  score: nullable(score),
  curves: list(curve),
  crossover: nullable(shape<CrossoverFigures>({ m: positive, ci95: openInterval, inside: flag })),
  ceilings: nullable(ceilings),
});
