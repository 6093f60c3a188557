import type { Switch } from '../../session/kernels/protocol.ts';

/** What the elements of the Kernels lab ask for; it bubbles up to the lab, which tells the store. */
export type KernelsWish =
  | { readonly kind: 'open'; readonly file: string; readonly copy?: string }
  | { readonly kind: 'contract'; readonly id: string }
  | { readonly kind: 'shape'; readonly index: number }
  | { readonly kind: 'size'; readonly name: string; readonly value: number }
  | { readonly kind: 'switch'; readonly feature: Switch }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'choose'; readonly name: string; readonly value: number }
  | { readonly kind: 'go-to'; readonly line: number }
  | {
      readonly kind:
        'run' | 'stop' | 'revert' | 'copy' | 'remove' | 'export' | 'link' | 'vim' | 'solution' | 'unchoose' | 'adopt' | 'built-in';
    };

export class KernelsWishEvent extends Event {
  static readonly type = 'kernels-wish';

  constructor(readonly wish: KernelsWish) {
    super(KernelsWishEvent.type, { bubbles: true, composed: true });
  }
}

declare global {
  interface HTMLElementEventMap {
    'kernels-wish': KernelsWishEvent;
  }
}
