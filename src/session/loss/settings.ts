/** What the Loss lab can be asked for: points, start, learning rate, costs and views, with their ranges and presets. Plain data. */

export const lossCosts = ['cross-entropy', 'squared-error'] as const;
export type LossCost = (typeof lossCosts)[number];
export const costChoices = [...lossCosts, 'both'] as const;
export type CostChoice = (typeof costChoices)[number];
export const viewChoices = ['surface', 'contours', 'both'] as const;
export type ViewChoice = (typeof viewChoices)[number];

/** One example: its only feature and its label. */
export interface LabPoint {
  readonly x: number;
  readonly y: 0 | 1;
}

export interface LossSettings {
  readonly points: readonly LabPoint[];
  /** Where descent starts. */
  readonly w: number;
  readonly b: number;
  readonly learningRate: number;
  /** Steps of the path that is shown. */
  readonly steps: number;
  readonly cost: CostChoice;
  readonly view: ViewChoice;
  /** w and b are shown from −span to span. */
  readonly span: number;
  /** Where one example is looked at. */
  readonly z: number;
  /** Degrees about the J axis, and above the ground. */
  readonly turn: number;
  readonly tilt: number;
}

/** Both ends belong to the range. */
export const lossRanges = {
  points: [0, 40],
  x: [-5, 5],
  start: [-20, 20],
  learningRate: [1e-4, 1e6],
  steps: [0, 2000],
  span: [1, 20],
  z: [-10, 10],
  turn: [-180, 180],
  tilt: [5, 88],
} as const satisfies Record<string, readonly [number, number]>;

const labelled = (zeros: readonly number[], ones: readonly number[]): readonly LabPoint[] => [
  ...zeros.map((x) => ({ x, y: 0 as const })),
  ...ones.map((x) => ({ x, y: 1 as const })),
];

/** `mixed`: a minimum in the picture. `apart`: none, since any w can be made steeper. `valleys`: squared error has several. */
export const pointPresets = {
  mixed: labelled([-1.6, -0.8, -0.2, 0.5, 1.7], [0.1, 1, 1.9, 2.6, 3.4]),
  apart: labelled([-2.5, -1.5, -0.8, -0.2], [0.8, 1.4, 2.2, 3]),
  valleys: labelled([-3.5, -2, 2, 3], [-4.5, -4, -3, 4]),
} as const satisfies Record<string, readonly LabPoint[]>;
export type PointPreset = keyof typeof pointPresets;

/** An α that suits both costs there. */
export const presetRates: Readonly<Record<PointPreset, number>> = { mixed: 1, apart: 1, valleys: 0.3 };
export const pointPresetNames = Object.keys(pointPresets) as readonly PointPreset[];

/** From (0, 0) on the mixed points: hardly moves, arrives, jumps over the valley and out of the picture. */
export const ratePresets = {
  small: { learningRate: 0.002, steps: 200 },
  good: { learningRate: 1, steps: 200 },
  large: { learningRate: 25, steps: 200 },
} as const satisfies Record<string, Pick<LossSettings, 'learningRate' | 'steps'>>;
export type RatePreset = keyof typeof ratePresets;
export const ratePresetNames = Object.keys(ratePresets) as readonly RatePreset[];

export const defaultLoss: LossSettings = {
  points: pointPresets.mixed,
  w: 0,
  b: 0,
  learningRate: 1,
  steps: 0,
  cost: 'both',
  view: 'both',
  span: 6,
  z: -6.9,
  turn: -30,
  tilt: 32,
};

/** The costs that are shown, the one that words are about first. */
export function shownCosts(cost: CostChoice): readonly LossCost[] {
  return cost === 'both' ? lossCosts : [cost];
}

export function samePoints(a: readonly LabPoint[], b: readonly LabPoint[]): boolean {
  return a.length === b.length && a.every(({ x, y }, at) => x === b[at]?.x && y === b[at].y);
}
