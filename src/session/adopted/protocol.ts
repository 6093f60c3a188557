/** What passes between the page and the worker about kernels that a reader put in the place of the tree's. Only types. */

/** Texts by the path of their file below `shaders/`. */
export type AdoptedKernels = Readonly<Record<string, string>>;

/** Which edited files the GPU's lane really runs. */
export interface EditedUse {
  /** In its steps, and so in its time. */
  readonly steps: readonly string[];
  /** Only where the cost of the test part and ŷ are computed. */
  readonly beside: readonly string[];
}

/** Why an adopted kernel was taken out again. */
export type WentWrong =
  /** It did not compile there, or the GPU refused its pipeline or what is bound to it; in the compiler's or the GPU's words. */
  | { readonly kind: 'refused'; readonly words: string }
  | { readonly kind: 'device-lost'; readonly words: string }
  | { readonly kind: 'too-long'; readonly seconds: number }
  /** The first steps are not those of the float64 reference. */
  | { readonly kind: 'first-steps'; readonly steps: number }
  | { readonly kind: 'cost'; readonly atStep: number; readonly gpu: number; readonly cpu: number }
  /** Where both did the same steps from the same state: ‖ΔW on the GPU − ΔW on the CPU‖ over ‖ΔW on the CPU‖. */
  | { readonly kind: 'parameters'; readonly atStep: number; readonly difference: number }
  /** Of the same parameters. */
  | { readonly kind: 'test-cost'; readonly atStep: number; readonly gpu: number; readonly cpu: number }
  | { readonly kind: 'predictions'; readonly atStep: number; readonly example: number; readonly gpu: number; readonly cpu: number }
  | { readonly kind: 'non-finite'; readonly atStep: number };

export interface Rollback {
  readonly files: readonly string[];
  readonly why: WentWrong;
}
