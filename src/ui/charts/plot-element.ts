/**
 * An element that a uPlot fills: it follows the element's size, draws at most once a frame and again when the colours
 * change, and takes its plot down when it leaves the page. What is drawn is for those who extend it.
 */
import { LitElement, css, html, unsafeCSS, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import type uPlot from 'uplot';
import uPlotStyles from 'uplot/dist/uPlot.min.css?inline';
import { base } from '../styles.ts';
import { themeEvent } from '../theme.ts';

export interface PlotSize {
  /** CSS pixels. */
  readonly width: number;
  readonly height: number;
}

export abstract class PlotElement extends LitElement {
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

  /** What a screen reader says instead of the picture. */
  @property() summary = '';
  @query('.room') protected readonly room?: HTMLDivElement | null;

  #plot: uPlot | null = null;
  #frame = 0;
  /** As the observer last saw it: asking the element would force a layout. */
  #size: PlotSize = { width: 0, height: 0 };
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

  /** A plot with the data as they are, or null while there is nothing to draw. */
  protected abstract build(room: HTMLElement, size: PlotSize): uPlot | null;

  /** Brings new data into a plot; false: it has to be built anew. */
  protected abstract renew(plot: uPlot): boolean;

  /** New data are there: they are drawn with the next frame. */
  protected drawSoon(): void {
    this.#frame ||= requestAnimationFrame(() => {
      this.#frame = 0;
      this.#draw();
    });
  }

  protected get hasPlot(): boolean {
    return this.#plot !== null;
  }

  #draw(anew = false): void {
    const { room } = this;
    if (!room || this.#size.width === 0) return;
    if (this.#plot && !anew && this.renew(this.#plot)) return;
    this.#clear();
    this.#plot = this.build(room, this.#size);
  }

  #clear(): void {
    this.#plot?.destroy();
    this.#plot = null;
  }

  #resize({ width, height }: DOMRectReadOnly): void {
    if (width === 0 || height === 0) return;
    this.#size = { width, height };
    if (this.#plot) this.#plot.setSize({ width, height });
    else this.#draw();
  }
}
