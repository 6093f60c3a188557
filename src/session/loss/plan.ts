/**
 * A scene put together panel by panel: matrix, shades, and the strokes on the ground, which are frame, path and marks.
 * What is planned here is drawn by the GPU's view or by the painter without one.
 */
import { boxHeight, mapMatrix, spaceMatrix, type Matrix } from './camera.ts';
import type { Landscape } from './landscape.ts';
import { panelsOf, type PanelPlace } from './layout.ts';
import type { LossScene, Rgb, Track } from './protocol.ts';

type Triple = readonly [w: number, b: number, j: number];

/** A line with round ends, a dot where both are the same; its radius in pixels of the canvas. */
export interface Stroke {
  readonly from: Triple;
  readonly to: Triple;
  readonly radius: number;
  readonly color: readonly [number, number, number, number];
}

/** One panel, in pixels of the canvas. */
export interface PanelPlan extends PanelPlace {
  readonly span: number;
  readonly matrix: Matrix;
  readonly levels: readonly number[];
  /** Height of one unit of J where a side of the window is 2; 0 from above. */
  readonly heightPerCost: number;
  readonly top: number;
  readonly lift: number;
  readonly contourRadius: number;
  readonly low: Rgb;
  readonly high: Rgb;
  readonly contour: readonly [number, number, number, number];
  readonly lines: readonly Stroke[];
  readonly marks: readonly Stroke[];
}

/** Steps that are drawn as dots, as long as they do not run together. */
const mostDots = 60;

const mix = (from: Rgb, to: Rgb, share: number): Rgb => [
  from[0] + share * (to[0] - from[0]),
  from[1] + share * (to[1] - from[1]),
  from[2] + share * (to[2] - from[2]),
];

/** @param ratio pixels of the canvas a CSS pixel */
export function planOf(scene: LossScene, landscapes: readonly Landscape[], ratio: number): readonly PanelPlan[] {
  return panelsOf(scene.width, scene.height, scene.costs, scene.view).map((place) => {
    const at = scene.costs.indexOf(place.cost);
    const landscape = landscapes[at];
    if (!landscape) throw new RangeError(`no landscape for ${place.cost}`);
    return panelPlan(scene, landscape, scene.tracks[at] ?? new Float32Array(0), place, ratio);
  });
}

function panelPlan(scene: LossScene, landscape: Landscape, track: Track, place: PanelPlace, ratio: number): PanelPlan {
  const { span, turn, tilt, colors } = scene;
  const inSpace = place.kind === 'surface';
  const { card, ink } = colors;
  // nothing is cut off a map
  const top = inSpace ? landscape.top : 1e30;
  const size = {
    x: Math.round(place.x * ratio),
    y: Math.round(place.y * ratio),
    width: Math.max(1, Math.floor(place.width * ratio)),
    height: Math.max(1, Math.floor(place.height * ratio)),
  };
  const drawing: Drawing = { span, top, inSpace, ratio, card, ink, aspect: inSpace ? 1 : size.width / size.height };
  return {
    ...place,
    ...size,
    span,
    matrix: inSpace ? spaceMatrix({ ...size, span, top: landscape.top, turn, tilt }) : mapMatrix(span),
    levels: landscape.levels,
    heightPerCost: inSpace ? boxHeight / Math.max(landscape.top, 1e-30) : 0,
    top,
    lift: inSpace ? 0.004 : 0,
    contourRadius: 0.5 * ratio,
    low: mix(card, ink, 0.035),
    high: mix(card, ink, 0.46),
    contour: [...mix(card, ink, 0.62), 0.55],
    lines: [...frame(drawing), ...pathStrokes(track, drawing)],
    marks: markStrokes(track, landscape, drawing),
  };
}

interface Drawing {
  /** Width to height of the ground as it is seen. */
  readonly aspect: number;
  readonly span: number;
  readonly top: number;
  readonly inSpace: boolean;
  readonly ratio: number;
  readonly card: Rgb;
  readonly ink: Rgb;
}

/** In space the ground's edges and one upright; on the map the axes w = 0 and b = 0. */
function frame({ span, top, inSpace, ratio, card, ink }: Drawing): readonly Stroke[] {
  const color = [...mix(card, ink, 0.35), inSpace ? 1 : 0.5] as const;
  const line = (from: Triple, to: Triple): Stroke => ({ from, to, radius: 0.5 * ratio, color });
  if (!inSpace) return [line([-span, 0, 0], [span, 0, 0]), line([0, -span, 0], [0, span, 0])];
  const corners: readonly Triple[] = [
    [-span, -span, 0],
    [span, -span, 0],
    [span, span, 0],
    [-span, span, 0],
  ];
  const sides = corners.map((corner, at) => line(corner, corners[(at + 1) % 4] ?? corner));
  return [...sides, line([-span, -span, 0], [-span, -span, top])];
}

/** The path inside the picture, on a wider one in the colour of the card so that it stands out from any ground. */
function pathStrokes(track: Track, drawing: Drawing): readonly Stroke[] {
  const { ratio, card, ink } = drawing;
  const pieces = clippedPieces(track, drawing);
  const draw = (radius: number, color: Stroke['color']): readonly Stroke[] =>
    pieces.map(([from, to]) => ({ from, to, radius: radius * ratio, color }));
  return [...draw(2.4, [...card, 0.85]), ...draw(1.1, [...ink, 1])];
}

/** The minimum as a small cross, the steps as dots, the start as a ring, the present point as a disc. */
function markStrokes(track: Track, { minima }: Landscape, drawing: Drawing): readonly Stroke[] {
  const { span, top, ratio, card, ink } = drawing;
  const dot = (at: Triple, radius: number, color: Stroke['color']): Stroke => ({ from: at, to: at, radius: radius * ratio, color });
  const inside = (at: Triple): boolean => Math.abs(at[0]) <= span && Math.abs(at[1]) <= span;
  const points = pointsOf(track).map((at): Triple => [at[0], at[1], Math.min(at[2], top)]);
  const [start] = points;
  const now = points.at(-1);
  const strokes: Stroke[] = minima.flatMap(({ w, b, cost }) => cross([w, b, cost], drawing));
  if (points.length <= mostDots)
    strokes.push(
      ...points
        .slice(1)
        .filter(inside)
        .map((at) => dot(at, 2.2, [...ink, 1])),
    );
  if (start && inside(start)) strokes.push(dot(start, 7, [...card, 1]), dot(start, 5.6, [...ink, 1]), dot(start, 3.6, [...card, 1]));
  if (now && points.length > 1 && inside(now)) strokes.push(dot(now, 6.6, [...card, 1]), dot(now, 5, [...ink, 1]));
  return strokes;
}

function cross([w, b, j]: Triple, { span, ratio, card, ink, aspect }: Drawing): readonly Stroke[] {
  const [armW, armB] = [(span * 0.036) / Math.sqrt(aspect), span * 0.036 * Math.sqrt(aspect)];
  const arms = (radius: number, color: Stroke['color']): readonly Stroke[] =>
    [armB, -armB].map((other) => ({ from: [w - armW, b - other, j], to: [w + armW, b + other, j], radius: radius * ratio, color }));
  return [...arms(2.2, [...card, 0.9]), ...arms(1, [...ink, 1])];
}

function pointsOf(track: Track): readonly Triple[] {
  return Array.from({ length: Math.floor(track.length / 3) }, (_, at): Triple => [
    track[3 * at] ?? 0,
    track[3 * at + 1] ?? 0,
    track[3 * at + 2] ?? 0,
  ]);
}

/** Pieces of the path inside |w|, |b| ≤ span and J ≤ top; steps too short to be seen are taken together. */
function clippedPieces(track: Track, { span, top }: Drawing): readonly (readonly [Triple, Triple])[] {
  const pieces: (readonly [Triple, Triple])[] = [];
  const points = pointsOf(track);
  let [last] = points;
  points.forEach((point, at) => {
    if (!last || at === 0) return;
    const isLong = Math.hypot(point[0] - last[0], point[1] - last[1]) > span / 1000;
    if (!isLong && at < points.length - 1) return;
    const piece = clipped(last, point, span, top);
    if (piece) pieces.push(piece);
    last = point;
  });
  return pieces;
}

/** Liang and Barsky's clipping against a box; null where nothing is left. */
function clipped(from: Triple, to: Triple, span: number, top: number): readonly [Triple, Triple] | null {
  let [start, end] = [0, 1];
  const limits = [
    [-span, span],
    [-span, span],
    [Number.NEGATIVE_INFINITY, top * 1.001],
  ] as const;
  for (const [at, [low, high]] of limits.entries()) {
    const [a, change] = [from[at] ?? 0, (to[at] ?? 0) - (from[at] ?? 0)];
    if (change === 0 && (a < low || a > high)) return null;
    if (change === 0) continue;
    const [one, other] = [(low - a) / change, (high - a) / change];
    start = Math.max(start, Math.min(one, other));
    end = Math.min(end, Math.max(one, other));
  }
  if (start > end) return null;
  const along = (share: number): Triple => [
    from[0] + share * (to[0] - from[0]),
    from[1] + share * (to[1] - from[1]),
    from[2] + share * (to[2] - from[2]),
  ];
  return [along(start), along(end)];
}
