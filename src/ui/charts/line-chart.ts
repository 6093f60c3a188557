/**
 * `<line-chart>`: curves over a shared x, drawn by uPlot, filling whatever room it is given. Names stand at the ends of
 * the curves. New data are drawn at most once a frame. Emits `curve-painted` when a curve's first point is on the canvas.
 */
import { LitElement, css, html, unsafeCSS, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { base } from '../styles.ts';
import { themeEvent } from '../theme.ts';
import { colorsOf } from './colors.ts';
import { joined, thinned, type Curve } from './curves.ts';
import { chartOptions, drawEnds, type Look } from './line-chart-look.ts';

export class CurvePaintedEvent extends Event {
  static readonly type = 'curve-painted';

  constructor(readonly id: string) {
    super(CurvePaintedEvent.type);
  }
}

@customElement('line-chart')
export class LineChart extends LitElement {
  static override styles = [
    unsafeCSS(uPlotStyles),
    base,
    css`
      :host {
        position: relative;
        min-height: 180px;
        overflow: hidden;
        contain: strict;
      }
      .room {
        position: absolute;
        inset: 0;
      }
    `,
  ];

  @property({ attribute: false }) curves: readonly Curve[] = [];
  @property() xLabel = '';
  @property({ type: Boolean }) logY = false;
  /** What a screen reader says instead of the picture. */
  @property() summary = '';
  @query('.room') protected readonly room?: HTMLDivElement | null;

  #plot: uPlot | null = null;
  #shape = '';
  #frame = 0;
  /** CSS pixels, as the observer last saw them: asking the element would force a layout. */
  #size = { width: 0, height: 0 };
  readonly #painted = new Set<string>();
  readonly #observer = new ResizeObserver(([entry]) => {
    if (entry) this.#resize(entry.contentRect);
  });
  readonly #recolor = (): void => this.#draw(true);

  /** The canvas as it is now, for a picture of it. */
  get canvas(): HTMLCanvasElement | null {
    return this.#plot?.ctx.canvas ?? null;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    document.addEventListener(themeEvent, this.#recolor);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    document.removeEventListener(themeEvent, this.#recolor);
    cancelAnimationFrame(this.#frame);
    this.#frame = 0;
    this.#clear();
  }

  override render(): TemplateResult {
    return html`<div class="room" role="img" aria-label=${this.summary}></div>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (!changed.has('curves') && !changed.has('xLabel') && !changed.has('logY') && this.#plot) return;
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  #draw(anew = false): void {
    const { room } = this;
    if (!room || this.#size.width === 0) return;
    const thin = this.curves.map((curve) => ({ ...curve, ...thinned(curve.x, curve.y, 700) }));
    if (thin.length === 0) return this.#clear();
    const shape = `${this.curves.map((curve) => curve.id).join()}|${this.xLabel}|${this.logY}`;
    if (this.#plot && !anew && shape === this.#shape) return this.#plot.setData(joined(thin));
    this.#clear();
    this.#shape = shape;
    this.#plot = this.#build(room, joined(thin));
  }

  #clear(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #build(room: HTMLDivElement, data: uPlot.AlignedData): uPlot {
    const look: Look = { color: colorsOf(this), xLabel: this.xLabel, logY: this.logY, curves: () => this.curves };
    const options = chartOptions(look, this.#size.width, this.#size.height);
    options.hooks = {
      draw: [
        (plot) => {
          drawEnds(plot, look);
          this.#announce();
        },
      ],
    };
    return new uPlot(options, data, room);
  }

  #announce(): void {
    for (const curve of this.curves) {
      if (curve.x.length === 0 || this.#painted.has(curve.id)) continue;
      this.#painted.add(curve.id);
      this.dispatchEvent(new CurvePaintedEvent(curve.id));
    }
  }

  #resize({ width, height }: DOMRectReadOnly): void {
    if (width === 0 || height === 0) return;
    this.#size = { width, height };
    if (this.#plot) this.#plot.setSize(this.#size);
    else this.#draw();
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'line-chart': LineChart;
  }
}
