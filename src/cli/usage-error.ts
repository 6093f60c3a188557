/** Arguments that cannot be used. The message names the argument; the terminal ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
