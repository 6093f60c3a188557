/** What pointers and keys on a panel mean, where its labels lie, and which colours it is drawn in. Holds no state of the lab. */
import { msg, str } from '@lit/localize';
import { mapMatrix, project, spaceMatrix, unproject } from '../../session/loss/camera.ts';
import { costOf } from '../../session/loss/descent.ts';
import type { PanelPlace } from '../../session/loss/layout.ts';
import type { Landscape, Rgb, SceneColors } from '../../session/loss/protocol.ts';
import { lossRanges, type LossSettings } from '../../session/loss/settings.ts';
import { colorsOf, type ColorName } from '../../ui/charts/colors.ts';
import { mixed } from '../../ui/charts/plane.ts';
import { plain } from '../../ui/format.ts';
import { short } from './sentences.ts';

type Pixel = readonly [x: number, y: number];

/** A pointer that is down on a panel. */
export interface Drag {
  readonly kind: 'start' | 'turn';
  /** What has become of the settings with the pointer there. */
  patch(at: Pixel): Partial<LossSettings> | null;
}

/** So near the start's ring a pointer takes hold of it. */
const holdPixels = 20;
const degreesPerPixel = 0.5;
const letterPixels = 6;

const bounded = (value: number, [low, high]: readonly [number, number]): number => Math.min(high, Math.max(low, value));
/** Two digits behind the point read well and lie closer than a pixel. */
const rounded = (value: number): number => Math.round(value * 100) / 100;
/** −180 … 180. */
const around = (degrees: number): number => ((((degrees + 180) % 360) + 360) % 360) - 180;

/** On a map, and near the start's ring in space, the start moves; elsewhere the surface turns. @param top J at the top of the box */
export function dragOf(from: Pixel, place: PanelPlace, settings: LossSettings, top: number): Drag {
  const { span, turn, tilt, points } = settings;
  if (place.kind === 'contours') {
    const matrix = mapMatrix(span);
    return { kind: 'start', patch: (at) => startPatch(unproject(matrix, place, at, 0), span) };
  }
  const matrix = spaceMatrix({ ...place, ...settings, top });
  const height = (w: number, b: number): number => Math.min(top, costOf(points, place.cost, w, b));
  const [x, y] = project(matrix, place, [settings.w, settings.b, height(settings.w, settings.b)]);
  if (Math.hypot(x - from[0], y - from[1]) <= holdPixels) {
    return { kind: 'start', patch: (at) => startPatch(onGround(matrix, place, at, height, [settings.w, settings.b]), span) };
  }
  return {
    kind: 'turn',
    patch: (at) => ({
      turn: around(Math.round(turn - degreesPerPixel * (at[0] - from[0]))),
      tilt: bounded(Math.round(tilt + degreesPerPixel * (at[1] - from[1])), lossRanges.tilt),
    }),
  };
}

function startPatch(found: readonly [number, number] | null, span: number): Partial<LossSettings> | null {
  if (!found) return null;
  const [w, b] = found.map((value) => rounded(bounded(value, [-span, span])));
  return w === undefined || b === undefined ? null : { w, b };
}

/** Where a pointer meets the surface: planes at the height found last, a few times over, half way each for steep walls. */
function onGround(
  matrix: readonly number[],
  place: PanelPlace,
  at: Pixel,
  height: (w: number, b: number) => number,
  from: readonly [number, number],
): readonly [number, number] | null {
  let level = height(...from);
  let found = unproject(matrix, place, at, level);
  for (let turn = 0; turn < 12 && found; turn++) {
    level += 0.5 * (height(...found) - level);
    found = unproject(matrix, place, at, level);
  }
  return found;
}

/** What an arrow key does on a panel; null for other keys. */
export function keyPatch(
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  kind: PanelPlace['kind'],
  { w, b, turn, tilt }: LossSettings,
): Partial<LossSettings> | null {
  const size = kind === 'contours' ? (shiftKey ? 1 : 0.1) : shiftKey ? 30 : 5;
  const steps: Readonly<Record<string, readonly [number, number]>> = {
    ArrowLeft: [-size, 0],
    ArrowRight: [size, 0],
    ArrowUp: [0, size],
    ArrowDown: [0, -size],
  };
  const step = steps[key];
  if (!step) return null;
  if (kind === 'contours') {
    return { w: rounded(bounded(w + step[0], lossRanges.start)), b: rounded(bounded(b + step[1], lossRanges.start)) };
  }
  return { turn: around(turn + step[0]), tilt: bounded(tilt + step[1], lossRanges.tilt) };
}

export interface AxisLabel {
  readonly text: string;
  /** CSS pixels in the panel: the label's middle. */
  readonly x: number;
  readonly y: number;
}

/** w and b beside the edges of the ground that are nearest, J above its upright. */
export function axisLabels(
  place: PanelPlace,
  settings: LossSettings,
  { top, high }: Pick<Landscape, 'top' | 'high'>,
): readonly AxisLabel[] {
  const { span } = settings;
  const matrix = spaceMatrix({ ...place, ...settings, top });
  const at = (w: number, b: number, j: number): readonly [number, number, number] => project(matrix, place, [w, b, j]);
  const out = span * 1.15;
  // no label is cut off at the panel's edge; a letter is about this wide
  const label = (text: string, [x, y]: readonly [number, number, number]): AxisLabel => {
    const half = (text.length * letterPixels) / 2;
    return { text, x: bounded(x, [half, Math.max(half, place.width - half)]), y };
  };
  const side = at(0, -out, 0)[2] < at(0, out, 0)[2] ? -1 : 1;
  const end = at(-out, 0, 0)[2] < at(out, 0, 0)[2] ? -1 : 1;
  // at the far end of each edge, so that they do not meet in one corner
  const [farW, farB] = [span, side === 1 && end === 1 ? -span : span];
  return [
    label(`w = ${plain(farW)}`, at(0.8 * farW, side * out, 0)),
    label(`b = ${plain(farB)}`, at(end * out, 0.8 * farB, 0)),
    label(top < high ? msg(str`cut at J = ${short(top)}`) : `J = ${short(top)}`, at(-span, -span, top * 1.09)),
  ];
}

/** The theme's colours as the worker takes them. */
export function frameColors(element: Element): SceneColors {
  const color = colorsOf(element);
  const rgb = (name: ColorName): Rgb => {
    const [r = 0, g = 0, b = 0] = mixed(color(name), color(name), 0).map((part) => part / 255);
    return [r, g, b];
  };
  return { card: rgb('card'), ink: rgb('ink'), soft: rgb('soft') };
}
