/** From runs to the pictures of the right chart: a band a model against m, or scores against the seconds they took. Pure. */
import { bandsOf, type Band } from '../../session/sweep/findings.ts';
import type { Scored, SweepSample } from '../../session/sweep/protocol.ts';
import { sweepSizes, type SweepModel, type SweepSettings } from '../../session/sweep/settings.ts';
import type { Layer, Picture, PictureAxis, PictureLabel } from '../../ui/charts/layers.ts';
import { integer } from '../../ui/format.ts';
import { inkShare, ordered, shortName } from './models.ts';
import { tickScore, tickTime } from './numbers.ts';

/** An R² below this says only that a model is useless; such a point would press all others together. */
export const lowestR2 = -0.25;

/** Seconds that the advice is about. */
export const patienceSeconds = 10;

interface Curve {
  readonly model: SweepModel;
  /** With a score, in the order of m. */
  readonly bands: readonly Band[];
}

/** Curves of all models that have a score, from the simplest to the largest. */
export function curvesOf(samples: readonly SweepSample[]): readonly Curve[] {
  const bands = bandsOf(samples);
  return ordered([...bands.keys()]).flatMap((model) => {
    const scored = (bands.get(model) ?? []).filter(({ mean }) => Number.isFinite(mean));
    return scored.length > 0 ? [{ model, bands: scored }] : [];
  });
}

/** Values of m at which a run diverged, each once. */
function divergedSizes(samples: readonly SweepSample[]): readonly number[] {
  return [...new Set(samples.filter(({ ended }) => ended === 'diverged').map(({ m }) => m))];
}

function scoreAxis(curves: readonly Curve[], scored: Scored, narrow: boolean): PictureAxis {
  const all = curves.flatMap(({ bands }) => bands.flatMap(({ min, max, mean }) => (narrow ? [mean] : [min, max])));
  const [low, high] = [Math.min(...all), Math.max(...all)];
  const floor = scored === 'accuracy' ? 0 : lowestR2;
  const room = Math.max(0.06 * (high - low), 0.005);
  return {
    log: false,
    from: Math.max(floor, low - room),
    to: Math.max(high + room, floor + 2 * room),
    label: '',
    format: tickScore(scored),
  };
}

const grey = (model: SweepModel, settings: SweepSettings): { readonly share: number } => ({ share: inkShare(model, settings.models) });

/** Names are never as pale as the palest curve: they have to be read. */
const legible = ({ share }: { readonly share: number }): { readonly share: number } => ({ share: Math.max(0.6, share) });

/** Null until a run has a score. */
export function scorePicture(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored): Picture | null {
  const curves = curvesOf(samples);
  if (curves.length === 0) return null;
  const sizes = sweepSizes(settings);
  const y = scoreAxis(curves, scored, false);
  const layersOf = ({ model, bands }: Curve): readonly Layer[] => {
    const x = bands.map(({ m }) => m);
    const ink = grey(model, settings);
    const means = bands.map(({ mean }) => mean);
    const line: Layer = { kind: 'line', x, y: means, ink, width: 2.4, dashed: false };
    const band: Layer = { kind: 'band', x, low: bands.map(({ min }) => min), high: bands.map(({ max }) => max), ink };
    // one value alone makes no line
    return bands.length === 1
      ? [{ kind: 'dots', x, y: means, low: bands.map(({ min }) => min), high: bands.map(({ max }) => max), ink }]
      : [band, line];
  };
  const label = ({ model, bands }: Curve): PictureLabel[] => {
    const last = bands.at(-1);
    if (!last) return [];
    return [{ text: shortName(model, settings), x: last.m, y: last.mean, ink: legible(grey(model, settings)), place: 'end' }];
  };
  const layers = curves.map(layersOf);
  return {
    x: { log: true, from: (sizes[0] ?? 1) / 1.08, to: (sizes.at(-1) ?? 10) * 1.08, label: 'm', format: integer },
    y,
    // all bands first, so that no line is covered
    layers: [...layers.map(([first]) => first), ...layers.map(([, second]) => second)]
      .flatMap((layer) => layer ?? [])
      .concat([{ kind: 'crosses', x: divergedSizes(samples) }]),
    labels: curves.flatMap(label),
  };
}

/** Null until a run has a score and a time. */
export function secondsPicture(settings: SweepSettings, samples: readonly SweepSample[], scored: Scored): Picture | null {
  const curves = curvesOf(samples);
  const seconds = curves.flatMap(({ bands }) => bands.map((band) => band.seconds)).filter((value) => value > 0);
  if (seconds.length === 0) return null;
  const layers = curves.flatMap(({ model, bands }): Layer[] => {
    const [x, y, ink] = [bands.map((band) => band.seconds), bands.map(({ mean }) => mean), grey(model, settings)];
    return [
      { kind: 'line', x, y, ink, width: 2, dashed: false },
      { kind: 'dots', x, y, ink },
    ];
  });
  const labels = curves.flatMap(({ model, bands }): PictureLabel[] => {
    const [last, ...before] = bands.toReversed();
    if (!last) return [];
    const along = before.map((band): readonly [number, number] => [band.seconds, band.mean]);
    return [
      {
        text: shortName(model, settings),
        x: last.seconds,
        y: last.mean,
        ink: legible(grey(model, settings)),
        place: 'near',
        below: true,
        along,
      },
    ];
  });
  const [from, to] = [Math.min(...seconds) / 1.3, Math.max(...seconds, patienceSeconds) * 1.3];
  const limit: Layer = { kind: 'span', from: patienceSeconds, to: patienceSeconds, at: patienceSeconds, ink: 'soft' };
  return {
    x: { log: true, from, to, label: 'training time', format: (value) => tickTime(1000 * value) },
    y: scoreAxis(curves, scored, true),
    layers: [limit, ...layers],
    labels: [{ text: tickTime(1000 * patienceSeconds), x: patienceSeconds, y: 0, ink: 'soft', place: 'top' }, ...labels],
  };
}

export interface Choice {
  readonly model: SweepModel;
  readonly band: Band;
}

/** The model and the m with the best mean score among those whose training took no longer than so many seconds. */
export function bestWithin(samples: readonly SweepSample[], seconds: number): Choice | null {
  const all = curvesOf(samples).flatMap(({ model, bands }) => bands.map((band): Choice => ({ model, band })));
  const [best] = all
    .filter(({ band }) => band.seconds <= seconds)
    .sort((a, b) => b.band.mean - a.band.mean || a.band.seconds - b.band.seconds);
  return best ?? null;
}
