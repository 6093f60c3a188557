/** What a data set is once it has been read: examples, their meaning, and how raw values become x. Reading is elsewhere. */

/**
 * Features of m examples, **example-major**: the n values of one example lie side by side (a column of the notation's
 * X, which has shape (n, m)). `values` has n · m entries.
 */
export type FeatureMatrix =
  | { readonly storage: 'uint8'; readonly n: number; readonly m: number; readonly values: Uint8Array<ArrayBuffer> }
  | { readonly storage: 'float32'; readonly n: number; readonly m: number; readonly values: Float32Array<ArrayBuffer> };

/** X with its targets: y has m entries: 0 or 1, the index of a class, or a real number, depending on the task. */
export interface Examples {
  readonly x: FeatureMatrix;
  readonly y: Float32Array<ArrayBuffer>;
}

/** Per-feature scaling, x = scale · raw + shift; both have n entries. The engines fold it into the weights. */
export interface Scaling {
  readonly scale: Float32Array<ArrayBuffer>;
  readonly shift: Float32Array<ArrayBuffer>;
}

/** What a table went through before it was stored: (raw − offset) / width, in float64, and 0 where width is 0; n entries each. */
export interface Rescaling {
  readonly offset: Float64Array<ArrayBuffer>;
  readonly width: Float64Array<ArrayBuffer>;
}

export type Task = 'binary' | 'multiclass' | 'regression';

export interface ImageShape {
  readonly width: number;
  readonly height: number;
  /** 1 (grey) or 3 (red, green, blue side by side for each pixel). */
  readonly channels: 1 | 3;
}

export interface Attribution {
  /** What the file is called in the world: a proper name, not translated. */
  readonly source: string;
  readonly authors: string;
  /** An SPDX identifier. */
  readonly licence: string;
}

export type BuiltInName = 'cats' | 'fashion' | 'houses' | 'adverts' | 'toys' | 'synthetic';
/** `own`: a file that the user opened. */
export type DatasetName = BuiltInName | 'own';
export type ToyName = 'circles' | 'moons' | 'spirals' | 'blobs' | 'xor';
export type Normalization = 'unit' | 'standard' | 'none';

/** Which examples of which set: everything that decides the bits of a training and a test set. */
export interface DatasetRequest {
  readonly set: DatasetName;
  /** Training examples; `all`: as many as the set has. */
  readonly m: number | 'all';
  readonly seed: number;
  /** Share that is held out for testing, 0 … 0.5, for sets without a test part of their own. */
  readonly testShare: number;
  readonly normalization: Normalization;
  /** Two classes of a larger set, by index; the second becomes y = 1. */
  readonly classes?: readonly [number, number] | undefined;
  /** `toys` only. */
  readonly toy?: ToyName | undefined;
  /** `toys` only: standard deviation of the noise, 0 … 1. */
  readonly noise?: number | undefined;
  /** `synthetic` only: number of features. */
  readonly n?: number | undefined;
  /** `synthetic` only. */
  readonly storage?: 'uint8' | 'float32' | undefined;
  /** `own` only: which file and what of it, as in `own/own-text.ts`. */
  readonly own?: string | undefined;
}

/** A data set cut to size, split and with its scaling fitted on the training part alone. */
export interface Dataset {
  readonly name: DatasetName;
  readonly task: Task;
  readonly train: Examples;
  readonly test: Examples;
  readonly scaling: Scaling;
  /** Null where values are stored as they were read. Scaling comes on top. */
  readonly rescaling: Rescaling | null;
  /** Names of the classes in the order of their index; empty for regression. */
  readonly classNames: readonly string[];
  /** One a feature; empty where features are pixels or made up. */
  readonly featureNames: readonly string[];
  readonly image: ImageShape | null;
  /** What y is called, e.g. `log price`. */
  readonly targetName: string;
  /** Regression: the original target is targetScale · y + targetMean, so that y is centred with unit deviation; else 0 and 1. */
  readonly targetMean: number;
  readonly targetScale: number;
  /** Training examples that could have been asked for. */
  readonly mAvailable: number;
  /** True when the set brings a test part of its own, so that `testShare` plays no role. */
  readonly ownTest: boolean;
  /** `own` only: of the file's content, whatever part of it was asked for. */
  readonly checksum?: string;
  readonly attributions: readonly Attribution[];
}

/** How bytes of a built-in file reach the reader: over `fetch` in a browser, from the disk in Node. */
export interface ByteSource {
  /**
   * @param file name inside `src/data/files/`, e.g. `adverts.csv.gz`
   * @param onProgress bytes so far and in all (null when not known)
   * @throws DataError when the file cannot be had
   */
  bytes(
    file: string,
    onProgress?: (loadedBytes: number, totalBytes: number | null) => void,
    signal?: AbortSignal,
  ): Promise<Uint8Array<ArrayBuffer>>;
}

export interface LoadProgress {
  readonly file: string;
  readonly loadedBytes: number;
  readonly totalBytes: number | null;
}
