/** What the elements of the Activations lab ask for; it bubbles up to the lab, which tells the store. */
import type { ActivationSettings } from '../../session/activations/protocol.ts';

export type ActivationWish =
  | { readonly kind: 'change'; readonly patch: Partial<ActivationSettings> }
  /** `dragging` while it is still moving. */
  | { readonly kind: 'z'; readonly z: number; readonly dragging: boolean }
  | { readonly kind: 'toggle' | 'step' | 'reset' };

export class ActivationWishEvent extends Event {
  static readonly type = 'activation-wish';

  constructor(readonly wish: ActivationWish) {
    super(ActivationWishEvent.type, { bubbles: true, composed: true });
  }
}
