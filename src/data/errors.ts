/** The one error that reading data throws: it names the input, the place, what was expected and what was found. */

export class DataError extends Error {
  override readonly name: string = 'DataError';
  /** The file or set at fault. */
  readonly input: string;

  constructor(input: string, message: string, options?: ErrorOptions) {
    super(`${input}: ${message}`, options);
    this.input = input;
  }
}
