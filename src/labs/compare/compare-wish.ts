/** What the elements of the Compare lab ask for; it bubbles up to the lab, which tells the store. */
import type { Edit } from '../../session/results/store.ts';

export type CompareWish =
  | { readonly kind: 'pick'; readonly id: string; readonly on: boolean }
  | { readonly kind: 'pick-only'; readonly ids: readonly string[] }
  | { readonly kind: 'look' | 'delete' | 'keep'; readonly id: string }
  | { readonly kind: 'edit'; readonly id: string; readonly edit: Edit }
  | { readonly kind: 'open' | 'export-all' };

export class CompareWishEvent extends Event {
  static readonly type = 'compare-wish';

  constructor(readonly wish: CompareWish) {
    super(CompareWishEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'compare-wish': CompareWishEvent;
  }
}
