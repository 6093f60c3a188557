/** What the elements of the Loss lab ask for; it bubbles up to the lab, which tells the store. */
import type { SceneColors } from '../../session/loss/protocol.ts';
import type { LossSettings, PointPreset, RatePreset } from '../../session/loss/settings.ts';

/** How the picture lies on the page. */
export interface Frame {
  /** CSS pixels, and how many of the screen's a side of one has. */
  readonly width: number;
  readonly height: number;
  readonly ratio: number;
  readonly colors: SceneColors;
}

export type LossWish =
  /** `dragging` while it still moves: the address waits for its end. */
  | { readonly kind: 'change'; readonly patch: Partial<LossSettings>; readonly dragging: boolean }
  | { readonly kind: 'points'; readonly preset: PointPreset }
  | { readonly kind: 'rate'; readonly preset: RatePreset }
  | { readonly kind: 'toggle' | 'step' | 'reset' }
  | { readonly kind: 'frame'; readonly frame: Frame }
  /** A canvas that has not been drawn on yet. */
  | { readonly kind: 'canvas'; readonly canvas: HTMLCanvasElement };

export class LossWishEvent extends Event {
  static readonly type = 'loss-wish';

  constructor(readonly wish: LossWish) {
    super(LossWishEvent.type, { bubbles: true, composed: true });
  }
}

/** A change of settings as an event. */
export function changeEvent(patch: Partial<LossSettings>, dragging = false): LossWishEvent {
  return new LossWishEvent({ kind: 'change', patch, dragging });
}
