/** What engines throw. Each message names the offending value and the way out. */

/** The problem makes no sense for any engine. */
export class ProblemError extends Error {
  override readonly name = 'ProblemError';
}

/** The problem makes sense but does not fit this processor. */
export class CapacityError extends Error {
  override readonly name = 'CapacityError';
}

/** A shader did not compile: carries the file, the line in that file and the source line. */
export class ShaderError extends Error {
  override readonly name = 'ShaderError';
}

/** The GPU device went away. */
export class DeviceLostError extends Error {
  override readonly name = 'DeviceLostError';
}
