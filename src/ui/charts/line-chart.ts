/**
 * `<line-chart>`: curves over a shared x, drawn by uPlot, filling whatever room it is given. Names stand at the ends of
 * the curves. Emits `curve-painted` when a curve's first point is on the canvas.
 */
import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { colorsOf } from './colors.ts';
import { joined, thinned, type Curve } from './curves.ts';
import { chartOptions, drawEnds, type Look } from './line-chart-look.ts';
import { PlotElement, type PlotSize } from './plot-element.ts';

export class CurvePaintedEvent extends Event {
  static readonly type = 'curve-painted';

  constructor(readonly id: string) {
    super(CurvePaintedEvent.type);
  }
}

@customElement('line-chart')
export class LineChart extends PlotElement {
  @property({ attribute: false }) curves: readonly Curve[] = [];
  @property() xLabel = '';
  @property({ type: Boolean }) logY = false;

  #shape = '';
  readonly #painted = new Set<string>();

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('curves') && !changed.has('xLabel') && !changed.has('logY') && this.hasPlot) return;
    this.drawSoon();
  }

  protected override renew(plot: uPlot): boolean {
    if (this.curves.length === 0 || this.#shapeNow() !== this.#shape) return false;
    plot.setData(this.#data());
    return true;
  }

  protected override build(room: HTMLElement, { width, height }: PlotSize): uPlot | null {
    if (this.curves.length === 0) return null;
    this.#shape = this.#shapeNow();
    const look: Look = { color: colorsOf(this), xLabel: this.xLabel, logY: this.logY, curves: () => this.curves };
    const options = chartOptions(look, width, height);
    options.hooks = {
      draw: [
        (plot) => {
          drawEnds(plot, look);
          this.#announce();
        },
      ],
    };
    return new uPlot(options, this.#data(), room);
  }

  #shapeNow(): string {
    return `${this.curves.map((curve) => curve.id).join()}|${this.xLabel}|${this.logY}`;
  }

  #data(): uPlot.AlignedData {
    return joined(this.curves.map((curve) => thinned(curve.x, curve.y, 700)));
  }

  #announce(): void {
    for (const curve of this.curves) {
      if (curve.x.length === 0 || this.#painted.has(curve.id)) continue;
      this.#painted.add(curve.id);
      this.dispatchEvent(new CurvePaintedEvent(curve.id));
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'line-chart': LineChart;
  }
}
