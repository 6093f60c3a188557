/** `<points-picture>`: what lies behind the points: the scales, and ŷ = σ(wx + b) of each path's last step. */
import { customElement, property } from 'lit/decorators.js';
import { chartFont, colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../ui/charts/painted-canvas.ts';
import type { CostPath } from './loss-session.ts';
import { plot, toX, toY } from './points-scale.ts';

@customElement('points-picture')
export class PointsPicture extends PaintedCanvas {
  /** The path that words are about comes first and is drawn in ink. */
  @property({ attribute: false }) paths: readonly CostPath[] = [];

  override paint(context: Painter, width: number, height: number): void {
    const color = colorsOf(this);
    context.font = `11px ${chartFont}`;
    context.fillStyle = color('soft');
    context.strokeStyle = color('line');
    context.lineWidth = 1;
    for (const y of [0, 0.5, 1]) {
      context.beginPath();
      context.moveTo(plot.left, toY(y, height));
      context.lineTo(width - plot.right, toY(y, height));
      context.setLineDash(y === 0.5 ? [2, 3] : []);
      context.stroke();
      context.setLineDash([]);
      context.textAlign = 'right';
      context.fillText(y === 0.5 ? '½' : String(y), plot.left - 6, toY(y, height) + 4);
    }
    context.textAlign = 'center';
    for (const x of [-4, -2, 0, 2, 4]) context.fillText(String(x).replace('-', '−'), toX(x, width), height - 5);
    context.textAlign = 'right';
    context.fillText('x', width - 2, height - 5);
    [...this.paths].reverse().forEach((path, at) => {
      const isFirst = at === this.paths.length - 1;
      const last = path.steps.at(-1);
      if (last) this.#curve(context, last.w, last.b, color(isFirst ? 'ink' : 'soft'), isFirst ? 1.8 : 1.2, width, height);
    });
  }

  #curve(context: Painter, w: number, b: number, color: string, lineWidth: number, width: number, height: number): void {
    context.strokeStyle = color;
    context.lineWidth = lineWidth;
    context.beginPath();
    for (let px = plot.left; px <= width - plot.right; px++) {
      const x = plot.low + ((px - plot.left) / (width - plot.left - plot.right)) * (plot.high - plot.low);
      context.lineTo(px, toY(1 / (1 + Math.exp(-(w * x + b))), height));
    }
    context.stroke();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'points-picture': PointsPicture;
  }
}
