/** `<boundary-chart>`: ŷ over the plane as shades of grey, the line at the threshold, and points told by shape. */
import { customElement, property } from 'lit/decorators.js';
import type { Insight } from '../../session/protocol.ts';
import { colorsOf } from './colors.ts';
import { PaintedCanvas, type Painter } from './painted-canvas.ts';
import { crossings, mixed, shares } from './plane.ts';

type Boundary = NonNullable<Insight['boundary']>;

@customElement('boundary-chart')
export class BoundaryChart extends PaintedCanvas {
  @property({ attribute: false }) insight: Insight | null = null;
  /** False: ŷ is a score of any size. */
  @property({ type: Boolean }) probability = false;

  override paint(context: Painter, width: number, height: number): void {
    const boundary = this.insight?.boundary;
    if (!this.insight || !boundary) return;
    const { threshold } = this.insight;
    const color = colorsOf(this);
    const shade = shares(boundary.values, threshold, this.probability);
    this.#shade(
      context,
      boundary.size,
      shade,
      mixed(color('card'), color('ink'), 0.03),
      mixed(color('card'), color('ink'), 0.3),
      width,
      height,
    );
    this.#contour(context, boundary, threshold, color('ink'), width, height);
    this.#points(context, boundary, threshold, width, height);
  }

  #shade(context: Painter, size: number, shade: Float32Array, low: number[], high: number[], width: number, height: number): void {
    const small = new OffscreenCanvas(size, size);
    const smallContext = small.getContext('2d');
    if (!smallContext) return;
    const image = smallContext.createImageData(size, size);
    for (let i = 0; i < size * size; i++) {
      const share = shade[i] ?? 0;
      for (let c = 0; c < 3; c++) image.data[4 * i + c] = (low[c] ?? 0) + share * ((high[c] ?? 0) - (low[c] ?? 0));
      image.data[4 * i + 3] = 255;
    }
    smallContext.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = true;
    context.drawImage(small, 0, 0, width, height);
  }

  #contour(context: Painter, { size, values }: Boundary, threshold: number, color: string, width: number, height: number): void {
    context.strokeStyle = color;
    context.lineWidth = 1.5;
    context.beginPath();
    for (const [x1, y1, x2, y2] of crossings(values, size, threshold)) {
      context.moveTo((x1 * width) / size, (y1 * height) / size);
      context.lineTo((x2 * width) / size, (y2 * height) / size);
    }
    context.stroke();
  }

  #points(context: Painter, { low, high, size, values }: Boundary, threshold: number, width: number, height: number): void {
    const points = this.insight?.points;
    if (!points) return;
    const color = colorsOf(this);
    context.lineWidth = 1.4;
    points.y.forEach((y, i) => {
      const shareX = ((points.x[2 * i] ?? 0) - low[0]) / (high[0] - low[0]);
      const shareY = (high[1] - (points.x[2 * i + 1] ?? 0)) / (high[1] - low[1]);
      const at = Math.min(size - 1, Math.floor(shareY * size)) * size + Math.min(size - 1, Math.floor(shareX * size));
      const right = (values[at] ?? 0) > threshold === y >= 0.5;
      context.fillStyle = context.strokeStyle = color(right ? 'ink' : 'bad');
      context.beginPath();
      context.arc(shareX * width, shareY * height, y >= 0.5 ? 2.8 : 2.6, 0, 2 * Math.PI);
      if (y >= 0.5) context.fill();
      else context.stroke();
    });
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'boundary-chart': BoundaryChart;
  }
}
