/** What the elements of the Scale lab ask for; it bubbles up to the lab, which tells the store. */
import type { SweepSettings } from '../../session/sweep/settings.ts';

export type SweepWish =
  | { readonly kind: 'change'; readonly patch: Partial<SweepSettings> }
  | { readonly kind: 'preset'; readonly preset: 'quick' | 'whole' }
  | { readonly kind: 'toggle' | 'cancel' | 'reset' | 'table' | 'save' };

export class SweepWishEvent extends Event {
  static readonly type = 'sweep-wish';

  constructor(readonly wish: SweepWish) {
    super(SweepWishEvent.type, { bubbles: true, composed: true });
  }
}
