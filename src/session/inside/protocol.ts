/** What a look inside one test example brings to the page: only types, and only values that can be cloned. */
import type { ImageShape } from '../../data/dataset.ts';
import type { HiddenActivation, LaneName, OutputActivation } from '../../engine/contract.ts';

/** Training examples that come along as columns of X; fewer where there are fewer. */
export const shownColumns = 24;

/** One test example, and the first columns of X beside it, as bytes: x = scale · raw + shift. */
export interface InsidePicture {
  readonly index: number;
  readonly image: ImageShape;
  /** n bytes: the pixels row by row, the channels of a pixel side by side, as the engines read them. */
  readonly raw: Uint8Array<ArrayBuffer>;
  readonly y: number;
  /** n entries each. */
  readonly scale: Float32Array<ArrayBuffer>;
  readonly shift: Float32Array<ArrayBuffer>;
  /** n · `columnY.length` bytes, example-major: the first training examples. */
  readonly columns: Uint8Array<ArrayBuffer>;
  readonly columnY: Float32Array<ArrayBuffer>;
  readonly m: number;
  readonly mTest: number;
}

export interface InsideRequest {
  /** Of the test example. */
  readonly index: number;
  /** Of the first layer, from 0 on; one that is too large is the last. */
  readonly unit: number;
}

/** One unit of the first layer with its parameters of the moment, and the engine's own answer to the example. */
export interface InsideNeuron extends InsideRequest {
  readonly units: number;
  readonly of: 'output' | 'class' | 'hidden-unit';
  readonly activation: HiddenActivation | OutputActivation;
  readonly step: number;
  readonly lane: LaneName;
  /** n entries. */
  readonly w: Float64Array<ArrayBuffer>;
  readonly b: number;
  /** z of every unit of the layer where the layer is a softmax, which needs them all; else empty. */
  readonly zs: Float64Array<ArrayBuffer>;
  /** The lane's own ŷ: one value an output. */
  readonly yHat: Float32Array<ArrayBuffer>;
}
