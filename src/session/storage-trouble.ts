/** Why the browser did not keep something, in words that stand in brackets. */
export function storageTrouble(error: unknown): string {
  if (error instanceof DOMException && error.name === 'QuotaExceededError') return 'the disk space that it gives this page is full';
  return error instanceof Error ? error.message || error.name : String(error);
}
