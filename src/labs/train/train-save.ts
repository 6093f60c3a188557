/** `<train-save>`: the menu that saves a chart of this lab. It knows where the points of each card are, so that no card has to. */
import { customElement } from 'lit/decorators.js';
import type { Points } from '../../ui/charts/points-csv.ts';
import { SaveMenu } from '../../ui/charts/save-menu.ts';
import { speedPoints, weightPoints } from './chart-points.ts';
import { SpeedCard } from './speed-card.ts';
import { WeightsCard } from './weights-card.ts';

@customElement('train-save')
export class TrainSave extends SaveMenu {
  protected override willUpdate(): void {
    const { host } = this.getRootNode() as ShadowRoot;
    this.name = `downhill-${host.localName.replace('-card', '')}`;
    this.points = pointsOf(host);
  }
}

/** Null where the chart itself holds them, or there are none. */
function pointsOf(host: Element): (() => Points) | null {
  if (host instanceof SpeedCard) return () => speedPoints(host.race);
  if (!(host instanceof WeightsCard)) return null;
  const { insight } = host;
  return insight?.weights.kind === 'named' ? () => weightPoints(insight) : null;
}

declare global {
  interface HTMLElementTagNameMap {
    'train-save': TrainSave;
  }
}
