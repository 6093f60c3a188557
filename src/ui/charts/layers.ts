/**
 * A picture as layers over two axes, each linear or logarithmic: what a lab hands to `<layer-chart>`. Types and the pure
 * parts: round ticks, and places for names where they cover nothing.
 */
import type { ColorName } from './colors.ts';

/** A colour of the theme, or a grey by its share of ink: 0 is the card, 1 is ink. */
export type Ink = ColorName | { readonly share: number };

export interface PictureAxis {
  readonly log: boolean;
  readonly from: number;
  readonly to: number;
  readonly label: string;
  readonly format: (value: number) => string;
}

export type Layer =
  | {
      readonly kind: 'line';
      /** Of the curve, for those who read its points. */
      readonly name?: string;
      readonly x: readonly number[];
      readonly y: readonly number[];
      readonly ink: Ink;
      readonly width: number;
      readonly dashed: boolean;
      /** CSS pixels on, off, on …, in place of the usual dashes. */
      readonly dash?: readonly number[];
    }
  | {
      readonly kind: 'band';
      readonly name?: string;
      readonly x: readonly number[];
      readonly low: readonly number[];
      readonly high: readonly number[];
      readonly ink: Ink;
    }
  /** Dots; from `low` to `high` a whisker. */
  | {
      readonly kind: 'dots';
      readonly name?: string;
      readonly x: readonly number[];
      readonly y: readonly number[];
      readonly low?: readonly number[];
      readonly high?: readonly number[];
      readonly ink: Ink;
    }
  /** At the lower edge: something was tried here and has no y. */
  | { readonly kind: 'crosses'; readonly x: readonly number[] }
  /** An interval of x, with a dashed line at the value itself. */
  | { readonly kind: 'span'; readonly from: number; readonly to: number; readonly at: number; readonly ink: Ink };

export interface PictureLabel {
  readonly text: string;
  /** At this point, or near it. */
  readonly x: number;
  readonly y: number;
  readonly ink: Ink;
  /** `end`: right of the point, moved up or down; `near`: wherever along its line it covers least; `top`: at the upper edge. */
  readonly place: 'end' | 'near' | 'top';
  /** Of a `near` one: other points of its line. */
  readonly along?: readonly (readonly [x: number, y: number])[];
  /** Of a `near` one: below and to the right is tried before above and to the left. */
  readonly below?: boolean;
}

export interface Picture {
  readonly x: PictureAxis;
  readonly y: PictureAxis;
  readonly layers: readonly Layer[];
  readonly labels: readonly PictureLabel[];
}

/** A small margin, so that 0.1 + 0.2 is still a tick at 0.3. */
const slack = 1e-9;

/** Round values from `from` to `to`, at most `most` of them where that leaves two. */
export function linearTicks(from: number, to: number, most: number): number[] {
  const rough = (to - from) / Math.max(1, most);
  const decade = 10 ** Math.floor(Math.log10(rough));
  const step = [1, 2, 5, 10].map((factor) => factor * decade).find((size) => size >= rough - slack * decade) ?? 10 * decade;
  const first = Math.ceil(from / step - slack);
  const count = Math.max(0, Math.floor(to / step + slack) - first + 1);
  return Array.from({ length: count }, (_, i) => Number(((first + i) * step).toPrecision(12)));
}

/** Powers of ten, with their doubles and halves or without the odd ones, as there is room; within a decade round values. */
export function logTicks(from: number, to: number, most: number): number[] {
  const [low, high] = [Math.floor(Math.log10(from) + slack), Math.ceil(Math.log10(to) - slack)];
  const decades = Array.from({ length: high - low + 1 }, (_, i) => low + i);
  const within = (value: number): boolean => value >= from * (1 - slack) && value <= to * (1 + slack);
  const sets = [
    decades.flatMap((decade) => [1, 2, 5].map((factor) => Number(`${factor}e${decade}`))),
    ...[1, 2, 3, 4].map((every) => decades.filter((decade) => decade % every === 0).map((decade) => Number(`1e${decade}`))),
  ].map((ticks) => ticks.filter(within));
  const chosen = sets.find((ticks) => ticks.length <= most) ?? sets.at(-1) ?? [];
  return chosen.length >= 2 ? chosen : linearTicks(from, to, most).filter((value) => value > 0);
}

export interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** A point that a name should not cover, pixels. */
export type Dot = readonly [x: number, y: number];

function overlap(one: Box, other: Box): boolean {
  return (
    one.left < other.left + other.width &&
    other.left < one.left + one.width &&
    one.top < other.top + other.height &&
    other.top < one.top + one.height
  );
}

/** What speaks against a place: dots in it and, worse, names in it and parts of it outside the room. */
function costOf(box: Box, dots: readonly Dot[], taken: readonly Box[], room: Box): number {
  const covered = dots.filter(([x, y]) => x > box.left && x < box.left + box.width && y > box.top && y < box.top + box.height);
  const outside =
    box.left < room.left ||
    box.top < room.top ||
    box.left + box.width > room.left + room.width ||
    box.top + box.height > room.top + room.height;
  return covered.length + 1000 * taken.filter((other) => overlap(box, other)).length + (outside ? 500 : 0);
}

/**
 * The place near one of these points where a name covers least: above and to the left first, or below and to the right.
 * @param taken places of other names
 */
export function placed(
  { width, height }: { readonly width: number; readonly height: number },
  { near, below }: { readonly near: readonly Dot[]; readonly below: boolean },
  dots: readonly Dot[],
  taken: readonly Box[],
  room: Box,
): Box {
  const gap = height / 2;
  const lefts = [-width, -width / 2, 0];
  const boxes = near.flatMap(([x, y]) =>
    [gap, gap + height, gap + 2 * height].flatMap((away) =>
      (below ? lefts.toReversed() : lefts).flatMap((left) => {
        const both = [
          { left: x + left, top: y - height - away, width, height },
          { left: x + left, top: y + away, width, height },
        ];
        return below ? both.toReversed() : both;
      }),
    ),
  );
  let best: Box = { left: room.left, top: room.top, width, height };
  let least = Number.POSITIVE_INFINITY;
  for (const box of boxes) {
    const cost = costOf(box, dots, taken, room);
    if (cost >= least) continue;
    best = box;
    least = cost;
  }
  return best;
}
