/** `<error-map>`: where a matrix differs from its twin: paper where it is right, redder the farther a value is off. */
import { customElement, property } from 'lit/decorators.js';
import type { ErrorMap } from '../../session/kernels/protocol.ts';
import { colorsOf } from '../../ui/charts/colors.ts';
import { PaintedCanvas, type Painter } from '../../ui/charts/painted-canvas.ts';

/** Errors of so many tolerances, in powers of ten, are as red as it gets. */
const decades = 6;

@customElement('error-map')
export class ErrorMapPicture extends PaintedCanvas {
  @property({ attribute: false }) map: ErrorMap | null = null;

  override paint(context: Painter, width: number, height: number): void {
    const { map } = this;
    if (!map) return;
    const color = colorsOf(this);
    const side = Math.min(width / map.columns, height / map.rows);
    for (let row = 0; row < map.rows; row++) {
      for (let column = 0; column < map.columns; column++) {
        const size = map.cells[row * map.columns + column] ?? 0;
        context.globalAlpha = 1;
        context.fillStyle = color('line');
        context.fillRect(column * side, row * side, Math.ceil(side) - (side > 4 ? 1 : 0), Math.ceil(side) - (side > 4 ? 1 : 0));
        if (size <= 1) continue;
        context.globalAlpha = Math.min(1, 0.35 + (0.65 * Math.log10(size)) / decades);
        context.fillStyle = color('bad');
        context.fillRect(column * side, row * side, Math.ceil(side) - (side > 4 ? 1 : 0), Math.ceil(side) - (side > 4 ? 1 : 0));
      }
    }
    context.globalAlpha = 1;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'error-map': ErrorMapPicture;
  }
}
