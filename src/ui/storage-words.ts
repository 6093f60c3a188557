/** Why the browser kept nothing, in words that stand in brackets. */
import { msg } from '@lit/localize';
import type { StorageTrouble } from '../session/storage-trouble.ts';

export function troubleText({ isFull, words }: StorageTrouble): string {
  return isFull ? msg('the disk space that it gives this page is full') : words;
}
