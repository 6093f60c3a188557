/** What is thrown when a results file cannot be used: which file, where in it, what was expected there and what was found. */

const mostFound = 60;

/** A value in a few characters, as it would stand in the file. */
export function shown(value: unknown): string {
  if (value === undefined) return 'nothing';
  if (Array.isArray(value)) return `a list of ${value.length}`;
  if (typeof value === 'object' && value !== null) return `an object with ${Object.keys(value).slice(0, 4).join(', ') || 'nothing in it'}`;
  const text = JSON.stringify(value);
  return text.length > mostFound ? `${text.slice(0, mostFound)}…` : text;
}

export class ResultFileError extends Error {
  override readonly name = 'ResultFileError';
  readonly file: string;
  /** As in `workloads[2].lanes[0].msPerStep.median`; empty for the file as a whole. */
  readonly path: string;

  constructor(file: string, path: string, expected: string, found: string, wayOut = 'Save the result again, or open another file.') {
    const where = path === '' ? file : `${file}: ${path}`;
    super(`${where}: expected ${expected}, found ${found}. ${wayOut}`);
    this.file = file;
    this.path = path;
  }
}
