/** `<gradient-map>`: ‖dW⁽ˡ⁾‖ by layer (the input's at the bottom) and step as shades from the card to ink, on a log scale. */
import { customElement, property } from 'lit/decorators.js';
import { logPosition, type Decades } from '../../session/activations/curves.ts';
import type { GradientProbe } from '../../session/activations/protocol.ts';
import { colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas } from '../../ui/charts/painted-canvas.ts';
import { mixed } from '../../ui/charts/plane.ts';

/** The lightest shade, so that a small gradient does not look like none that was measured. */
const lightest = 0.05;
const mostColumns = 120;

const areOthers = (now: Decades, before?: Decades): boolean => now.low !== before?.low || now.high !== before.high;

@customElement('gradient-map')
export class GradientMap extends PaintedCanvas {
  @property({ attribute: false }) probes: readonly GradientProbe[] = [];
  @property({ attribute: false, hasChanged: areOthers }) decades: Decades = { low: -1, high: 0 };
  /** Where the picture ends. */
  @property({ type: Number }) steps = 1;

  protected override paint(context: CanvasRenderingContext2D, width: number, height: number): void {
    const { probes, decades, steps } = this;
    const last = probes.at(-1);
    if (!last) return;
    const layers = last.norms.length;
    const columns = Math.min(mostColumns, steps);
    const small = new OffscreenCanvas(columns, layers);
    const smallContext = small.getContext('2d');
    if (!smallContext) return;
    const color = colorsOf(this);
    const [card, ink] = [color('card'), color('ink')];
    const image = smallContext.createImageData(columns, layers);
    const columnOf = (step: number): number => Math.min(columns - 1, Math.floor((step * columns) / steps));
    probes.forEach(({ step, norms }, i) => {
      const next = probes[i + 1];
      const until = next ? Math.max(columnOf(step), columnOf(next.step) - 1) : columnOf(step);
      norms.forEach((norm, l) => {
        const shade = mixed(card, ink, lightest + (1 - lightest) * logPosition(norm, decades));
        for (let column = columnOf(step); column <= until; column++) {
          const at = 4 * ((layers - 1 - l) * columns + column);
          for (let c = 0; c < 3; c++) image.data[at + c] = shade[c] ?? 0;
          image.data[at + 3] = 255;
        }
      });
    });
    smallContext.putImageData(image, 0, 0);
    context.imageSmoothingEnabled = false;
    context.drawImage(small, 0, 0, width, height);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-map': GradientMap;
  }
}
