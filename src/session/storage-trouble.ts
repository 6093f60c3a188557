/** What kept a browser from keeping something. */
export interface StorageTrouble {
  /** The disk space that it gives this page is used up. */
  readonly isFull: boolean;
  /** In the browser's own words. */
  readonly words: string;
}

export function storageTrouble(error: unknown): StorageTrouble {
  const isFull = error instanceof DOMException && error.name === 'QuotaExceededError';
  return { isFull, words: error instanceof Error ? error.message || error.name : String(error) };
}
