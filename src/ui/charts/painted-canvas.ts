/** A canvas that fills its element and is painted again when data, size or colours change. Charts fill in `paint`. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { property, query } from 'lit/decorators.js';
import { base } from '../styles.ts';
import { themeEvent } from '../theme.ts';
import { sharpContext } from './colors.ts';

/** The part of canvas 2-D that charts are painted with: what records a chart as strokes has it too. */
export type Painter = Pick<
  CanvasRenderingContext2D,
  | 'arc'
  | 'beginPath'
  | 'clip'
  | 'closePath'
  | 'drawImage'
  | 'fill'
  | 'fillRect'
  | 'fillStyle'
  | 'fillText'
  | 'font'
  | 'globalAlpha'
  | 'imageSmoothingEnabled'
  | 'lineCap'
  | 'lineJoin'
  | 'lineTo'
  | 'lineWidth'
  | 'moveTo'
  | 'rect'
  | 'restore'
  | 'save'
  | 'setLineDash'
  | 'stroke'
  | 'strokeStyle'
  | 'strokeRect'
  | 'strokeText'
  | 'textAlign'
  | 'textBaseline'
>;

export abstract class PaintedCanvas extends LitElement {
  static override styles = [
    base,
    css`
      :host {
        position: relative;
        overflow: hidden;
      }
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
      }
    `,
  ];

  @property() summary = '';
  @query('canvas') protected readonly canvas?: HTMLCanvasElement | null;
  readonly #again = (): void => this.#paint();
  readonly #observer = new ResizeObserver(this.#again);

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    document.addEventListener(themeEvent, this.#again);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    document.removeEventListener(themeEvent, this.#again);
  }

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.summary}></canvas>`;
  }

  protected override updated(): void {
    this.#paint();
  }

  #paint(): void {
    const { canvas, clientWidth: width, clientHeight: height } = this;
    if (!canvas || width === 0 || height === 0) return;
    const context = sharpContext(canvas, width, height);
    if (context) this.paint(context, width, height);
  }

  /** Draws everything anew, in CSS pixels, on an empty canvas, or on what records it. */
  abstract paint(context: Painter, width: number, height: number): void;
}
