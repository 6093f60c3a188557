/** A result in a line: what a list of many shows without reading their samples. Pure. */
import { figuresOf, headline, type CrossoverFigures, type Figures } from './figures.ts';
import type { Result } from './result.ts';

export interface Brief {
  readonly kind: Result['kind'];
  readonly machine: string;
  /** ISO 8601, UTC. */
  readonly takenAt: string;
  /** Name of the data set; null for a benchmark. */
  readonly set: string | null;
  /** Examples that were trained on; of a sweep the most. */
  readonly m: number | null;
  /** Workloads of a benchmark, points of a sweep. */
  readonly count: number;
  /** CPU time over GPU time with its interval, where there is one. */
  readonly ratio: Figures['score'];
  readonly crossover: CrossoverFigures | null;
  /** False where nothing of it lasted long enough to be timed; missing in what an earlier version kept. */
  readonly timed?: boolean | undefined;
  readonly software: boolean;
}

function subject(result: Result): Pick<Brief, 'set' | 'm' | 'count'> {
  switch (result.kind) {
    case 'race':
      return { set: result.settings.set, m: result.data.m, count: 1 };
    case 'train':
      return { set: result.data.name, m: result.data.m, count: 1 };
    case 'sweep':
      return { set: result.settings.set, m: result.settings.mTo, count: result.time.points.length };
    case 'bench':
      return { set: null, m: null, count: result.workloads.length };
  }
}

export function briefOf(result: Result): Brief {
  const { kind, machine, environment } = result;
  const figures = figuresOf(result);
  const found = headline(figures);
  return {
    kind,
    machine,
    takenAt: environment.takenAt,
    ...subject(result),
    ratio: found && { ratio: found.ratio, ci95: found.ci95 },
    crossover: figures.crossover,
    timed: figures.works.some(({ lanes }) => lanes.some(({ ms }) => ms !== null)) || figures.curves.length > 0,
    software: environment.adapter?.software ?? false,
  };
}
