/** `<scatter-chart>`: one number against another on equal axes, with the line on which they agree. */
import { customElement, property } from 'lit/decorators.js';
import { chartFont, colorsOf } from './colors.ts';
import { PaintedCanvas, type Painter } from './painted-canvas.ts';
import { roundTicks } from './plane.ts';

const margin = { left: 28, right: 8, top: 6, bottom: 20 } as const;

@customElement('scatter-chart')
export class ScatterChart extends PaintedCanvas {
  @property({ attribute: false }) x: ArrayLike<number> = [];
  @property({ attribute: false }) y: ArrayLike<number> = [];

  override paint(context: Painter, width: number, height: number): void {
    const color = colorsOf(this);
    const [low, high] = this.#range();
    const toX = (v: number): number => margin.left + ((v - low) / (high - low)) * (width - margin.left - margin.right);
    const toY = (v: number): number => height - margin.bottom - ((v - low) / (high - low)) * (height - margin.top - margin.bottom);
    context.strokeStyle = color('line');
    context.beginPath();
    context.moveTo(toX(low), toY(high));
    context.lineTo(toX(low), toY(low));
    context.lineTo(toX(high), toY(low));
    context.moveTo(toX(low), toY(low));
    context.lineTo(toX(high), toY(high));
    context.stroke();
    context.fillStyle = color('ink');
    context.globalAlpha = 0.45;
    for (let i = 0; i < this.x.length; i++) {
      const y = Math.min(high, Math.max(low, this.y[i] ?? 0));
      context.beginPath();
      context.arc(toX(this.x[i] ?? 0), toY(y), 1.6, 0, 2 * Math.PI);
      context.fill();
    }
    context.globalAlpha = 1;
    this.#labels(context, color('soft'), { low, high, toX, toY });
  }

  /** The range of the truth, with room: a wild prediction stands at the edge instead of squeezing all others. */
  #range(): [number, number] {
    let low = Number.POSITIVE_INFINITY;
    let high = Number.NEGATIVE_INFINITY;
    for (let i = 0; i < this.x.length; i++) {
      low = Math.min(low, this.x[i] ?? low);
      high = Math.max(high, this.x[i] ?? high);
    }
    if (!(high > low)) return [0, 1];
    const room = (high - low) * 0.05;
    return [low - room, high + room];
  }

  #labels(
    context: Painter,
    color: string,
    { low, high, toX, toY }: { low: number; high: number; toX: (v: number) => number; toY: (v: number) => number },
  ): void {
    context.fillStyle = color;
    context.font = `11px ${chartFont}`;
    for (const value of roundTicks(low, high)) {
      const text = String(value).replace('-', '−');
      context.textAlign = 'center';
      context.fillText(text, toX(value), toY(low) + 14);
      context.textAlign = 'right';
      context.fillText(text, margin.left - 5, toY(value) + 4);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'scatter-chart': ScatterChart;
  }
}
