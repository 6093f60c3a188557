/** `npz`: the parameters; `onnx`: what computes ŷ elsewhere; `all`: both, with the data and the code that trains it again. */
export type ExportKind = 'npz' | 'onnx' | 'all';
