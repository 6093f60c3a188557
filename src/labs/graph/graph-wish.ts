/** What the elements of the Graph lab ask for; it bubbles up to the lab, which tells the store. */
import type { GraphSettings } from './graph-state.ts';
import type { PresetName } from './presets.ts';

export type GraphWish =
  | { readonly kind: 'type'; readonly text: string }
  | { readonly kind: 'preset'; readonly preset: PresetName }
  | { readonly kind: 'value'; readonly name: string; readonly value: number; readonly dragging: boolean }
  | {
      readonly kind: 'change';
      readonly patch: Partial<Pick<GraphSettings, 'detail' | 'nudge' | 'size' | 'weights' | 'm' | 'timedM'>>;
    }
  | { readonly kind: 'toggle' | 'forward' | 'backward' | 'step' | 'back' | 'all' | 'reset' | 'time' | 'cancel-timing' };

export class GraphWishEvent extends Event {
  static readonly type = 'graph-wish';

  constructor(readonly wish: GraphWish) {
    super(GraphWishEvent.type, { bubbles: true, composed: true });
  }
}
