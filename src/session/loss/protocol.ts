/** What passes between the page and the worker that draws surfaces of J: types only. */
import type { GpuAbsence } from '../protocol.ts';
import type { Landscape } from './landscape.ts';
import type { LabPoint, LossCost, ViewChoice } from './settings.ts';

export type { Landscape } from './landscape.ts';
export type { GpuAbsence } from '../protocol.ts';

/** Red, green, blue; 0 … 1. */
export type Rgb = readonly [number, number, number];

export interface SceneColors {
  readonly card: Rgb;
  readonly ink: Rgb;
  readonly soft: Rgb;
}

/** A path, three values a step: w, b, J. */
export type Track = Float32Array<ArrayBuffer>;

/** One picture: everything that is to be seen of it. */
export interface LossScene {
  readonly points: readonly LabPoint[];
  readonly costs: readonly LossCost[];
  readonly view: ViewChoice;
  readonly span: number;
  /** Degrees. */
  readonly turn: number;
  readonly tilt: number;
  /** One for each cost; the first step of each is the start. */
  readonly tracks: readonly Track[];
  /** CSS pixels, and how many of the screen's a side of one has. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly colors: SceneColors;
  /** The points are being dragged: a coarse grid now rather than a fine one later. */
  readonly moving: boolean;
}

/** What was drawn. */
export interface Shown {
  /** One for each cost. */
  readonly landscapes: readonly Landscape[];
  /** Grid points along each side. */
  readonly gridSize: number;
  /** False: shown again, the scene would be finer. */
  readonly isFinal: boolean;
  readonly processor: { readonly kind: 'gpu'; readonly software: boolean } | { readonly kind: 'cpu'; readonly why: GpuAbsence };
  /** How often a lost device was replaced so far, and what the browser said the last time. */
  readonly losses: number;
  readonly lossDetail: string;
}

export interface LossWorker {
  /**
   * @param canvas drawn on from now on
   * @param onAgain called when the picture has gone and the scene should be shown again
   */
  attach(canvas: OffscreenCanvas, onAgain: () => void): void;
  /** @returns null where the canvas is of no use any more and another has to be attached: the GPU has gone for good */
  show(scene: LossScene): Promise<Shown | null>;
  /** For tests. */
  loseDevice(): Promise<void>;
  memory(): Promise<{ readonly buffers: number; readonly bytes: number }>;
}
