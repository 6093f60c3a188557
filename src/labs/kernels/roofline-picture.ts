/** `<roofline-picture>`: what each variant reaches against what this GPU reached in a copy and in multiply-adds a moment ago. */
import { customElement, property } from 'lit/decorators.js';
import type { TimeReport } from '../../session/kernels/protocol.ts';
import { chartFont, colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../ui/charts/painted-canvas.ts';

const margin = { left: 44, right: 12, top: 10, bottom: 30 } as const;

/** Flops a byte, and the dots; null where there is nothing to draw. */
function rooflineOf({ work, ceilings, lanes }: TimeReport) {
  if (!ceilings || work.flops === 0) return null;
  const dots = lanes.flatMap((lane) =>
    lane.ms && (lane.kind === 'edited' || lane.kind === 'tree') ? [{ lane, rate: work.flops / lane.ms.median / 1e6 }] : [],
  );
  return { intensity: work.flops / work.bytes, dots, ...ceilings };
}

@customElement('roofline-picture')
export class RooflinePicture extends PaintedCanvas {
  @property({ attribute: false }) report: TimeReport | null = null;

  override paint(context: Painter, width: number, height: number): void {
    const roof = this.report && rooflineOf(this.report);
    if (!roof) return;
    const color = colorsOf(this);
    const { intensity, dots, copyGigabytesPerSecond: bytes, fmaGigaflopsPerSecond: flops } = roof;
    const ridge = flops / bytes;
    const [lowX, highX] = [Math.min(intensity, ridge) / 8, Math.max(intensity, ridge) * 8];
    const rates = dots.map(({ rate }) => rate);
    const [lowY, highY] = [Math.min(...rates, flops) / 4, Math.max(flops, ...rates) * 2];
    const along = (value: number, low: number, high: number): number => Math.log(value / low) / Math.log(high / low);
    const toX = (value: number): number => margin.left + along(value, lowX, highX) * (width - margin.left - margin.right);
    const toY = (value: number): number => height - margin.bottom - along(value, lowY, highY) * (height - margin.top - margin.bottom);
    context.save();
    context.beginPath();
    context.rect(margin.left, margin.top, width - margin.left - margin.right, height - margin.top - margin.bottom);
    context.clip();
    context.strokeStyle = color('ink');
    context.lineWidth = 1.6;
    context.beginPath();
    context.moveTo(toX(lowX), toY(lowX * bytes));
    context.lineTo(toX(ridge), toY(flops));
    context.lineTo(toX(highX), toY(flops));
    context.stroke();
    context.restore();
    for (const { lane, rate } of dots.toReversed()) {
      context.beginPath();
      context.arc(toX(intensity), toY(rate), lane.kind === 'edited' ? 6 : 4, 0, 2 * Math.PI);
      context.fillStyle = lane.kind === 'edited' ? color('gpu') : color('card');
      context.strokeStyle = color('gpu');
      context.fill();
      context.stroke();
    }
    context.fillStyle = color('soft');
    context.font = `11px ${chartFont}`;
    context.textAlign = 'center';
    context.fillText('flops / byte', (margin.left + width - margin.right) / 2, height - 3);
    for (const value of decadesIn(lowX, highX)) context.fillText(String(value), toX(value), height - 16);
    context.textAlign = 'right';
    for (const value of decadesIn(lowY, highY)) context.fillText(String(value), margin.left - 6, toY(value) + 4);
    context.textAlign = 'left';
    context.fillText('GFLOP/s', margin.left + 4, margin.top + 8);
  }
}

function decadesIn(low: number, high: number): readonly number[] {
  const first = Math.ceil(Math.log10(low));
  const count = Math.max(0, Math.floor(Math.log10(high)) - first + 1);
  return Array.from({ length: count }, (_, i) => Number((10 ** (first + i)).toPrecision(1)));
}

declare global {
  interface HTMLElementTagNameMap {
    'roofline-picture': RooflinePicture;
  }
}
