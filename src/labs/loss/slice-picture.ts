/** `<slice-picture>`: the curve J(w), the present point with its tangent, and an arrow to where the next step takes w. */
import { customElement, property } from 'lit/decorators.js';
import { costOf, type DescentStep } from '../../session/loss/descent.ts';
import type { LabPoint, LossCost } from '../../session/loss/settings.ts';
import { chartFont, colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../ui/charts/painted-canvas.ts';
import { roundTicks } from '../../ui/charts/plane.ts';

const margin = { left: 34, right: 10, top: 12, bottom: 22 } as const;
/** Pieces of the curve. */
const pieces = 120;

/** CSS pixels of w and J. */
interface Scale {
  readonly toX: (w: number) => number;
  readonly toY: (j: number) => number;
  readonly high: number;
}

@customElement('slice-picture')
export class SlicePicture extends PaintedCanvas {
  @property({ attribute: false }) points: readonly LabPoint[] = [];
  @property({ attribute: false }) cost: LossCost = 'cross-entropy';
  @property({ attribute: false }) span = 1;
  @property({ attribute: false }) learningRate = 1;
  @property({ attribute: false }) step: DescentStep | null = null;

  override paint(context: Painter, width: number, height: number): void {
    const { step, span } = this;
    if (!step || this.points.length === 0) return;
    const curve = Array.from({ length: pieces + 1 }, (_, at) => {
      const w = -span + (2 * span * at) / pieces;
      return { w, j: costOf(this.points, this.cost, w, step.b) };
    });
    // what happens near the point counts more than how high the walls are
    const low = Math.min(...curve.map(({ j }) => j));
    const most = Math.max(...curve.map(({ j }) => j));
    const high = Math.min(most, Math.max(4 * low, 1.6 * step.cost, 0.02)) * 1.05;
    const scale: Scale = {
      toX: (w) => margin.left + ((w + span) / (2 * span)) * (width - margin.left - margin.right),
      toY: (j) => height - margin.bottom - (j / high) * (height - margin.top - margin.bottom),
      high,
    };
    const color = colorsOf(this);
    this.#axes(context, scale, color('line'), color('soft'), width, height);
    context.save();
    context.beginPath();
    context.rect(margin.left, 2, width - margin.left - margin.right, height - margin.bottom);
    context.clip();
    context.strokeStyle = color('soft');
    context.lineWidth = 1.8;
    context.beginPath();
    for (const { w, j } of curve) context.lineTo(scale.toX(w), scale.toY(j));
    context.stroke();
    this.#tangent(context, step, scale, color('ink'));
    context.restore();
    if (Math.abs(step.w) <= span) this.#point(context, step, scale, color('ink'), color('card'));
  }

  #axes(context: Painter, { toX, toY, high }: Scale, line: string, soft: string, width: number, height: number): void {
    context.font = `11px ${chartFont}`;
    context.strokeStyle = line;
    context.fillStyle = soft;
    context.lineWidth = 1;
    context.textAlign = 'right';
    for (const j of roundTicks(0, high)) {
      context.beginPath();
      context.moveTo(margin.left, toY(j));
      context.lineTo(width - margin.right, toY(j));
      context.stroke();
      context.fillText(String(j), margin.left - 5, toY(j) + 4);
    }
    context.textAlign = 'center';
    for (const w of roundTicks(-this.span, this.span)) context.fillText(String(w).replace('-', '−'), toX(w), height - 6);
    context.textAlign = 'right';
    context.fillText('w', width - 1, height - 6);
  }

  /** Through the present point, with the slope dJ/dw. */
  #tangent(context: Painter, { w, cost, dw }: DescentStep, { toX, toY }: Scale, ink: string): void {
    const reach = this.span * 0.42;
    context.strokeStyle = ink;
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(toX(w - reach), toY(cost - reach * dw));
    context.lineTo(toX(w + reach), toY(cost + reach * dw));
    context.stroke();
  }

  /** The point, and the arrow of the next step at the foot. */
  #point(context: Painter, { w, cost, dw }: DescentStep, { toX, toY }: Scale, ink: string, paper: string): void {
    const [x, y, foot] = [toX(w), Math.max(margin.top, toY(cost)), toY(0) - 5];
    const next = toX(Math.min(this.span, Math.max(-this.span, w - this.learningRate * dw)));
    context.fillStyle = context.strokeStyle = ink;
    context.lineWidth = 1.4;
    if (Math.abs(next - x) > 3) {
      const side = Math.sign(next - x);
      context.beginPath();
      context.moveTo(x, foot);
      context.lineTo(next - side * 4, foot);
      context.stroke();
      context.beginPath();
      context.moveTo(next, foot);
      context.lineTo(next - side * 6, foot - 3.5);
      context.lineTo(next - side * 6, foot + 3.5);
      context.fill();
    }
    context.fillStyle = paper;
    context.beginPath();
    context.arc(x, y, 6, 0, 2 * Math.PI);
    context.fill();
    context.fillStyle = ink;
    context.beginPath();
    context.arc(x, y, 4.5, 0, 2 * Math.PI);
    context.fill();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'slice-picture': SlicePicture;
  }
}
