/** `<layer-chart>`: a picture of layers over axes that may be logarithmic, filling whatever room it is given. Axes are uPlot's. */
import type { PropertyValues } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import uPlot from 'uplot';
import { colorsOf } from './colors.ts';
import { endRoom, layerData, layerOptions } from './layer-chart-look.ts';
import type { Picture } from './layers.ts';
import { PlotElement, type PlotSize } from './plot-element.ts';

@customElement('layer-chart')
export class LayerChart extends PlotElement {
  @property({ attribute: false }) picture: Picture | null = null;
  #shape = '';

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('picture') || !this.hasPlot) this.drawSoon();
  }

  protected override renew(plot: uPlot): boolean {
    const { picture } = this;
    if (!picture || this.#shapeOf(picture, plot.width) !== this.#shape) return false;
    plot.setData(layerData(picture));
    return true;
  }

  protected override build(room: HTMLElement, { width, height }: PlotSize): uPlot | null {
    const { picture } = this;
    if (!picture) return null;
    this.#shape = this.#shapeOf(picture, width);
    const look = { color: colorsOf(this), picture: () => this.picture ?? picture };
    return new uPlot(layerOptions(look, width, height), layerData(picture), room);
  }

  /** What a plot cannot change once it is there. */
  #shapeOf(picture: Picture, width: number): string {
    return [picture.x.log, picture.y.log, endRoom(picture, width)].join();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'layer-chart': LayerChart;
  }
}
