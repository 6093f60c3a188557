/**
 * `<gradient-map>`: ‖dW⁽ˡ⁾‖ by layer (the input's at the bottom) and step as shades from the card to ink, on a log scale. One
 * pixel a layer and column, enlarged by the browser: an update is to cost next to nothing.
 */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import { logPosition, type Decades } from '../../session/activations/curves.ts';
import type { GradientProbe } from '../../session/activations/protocol.ts';
import { colorsOf } from '../../ui/charts/colors.ts';
import { mixed } from '../../ui/charts/plane.ts';
import { base } from '../../ui/styles.ts';
import { themeEvent } from '../../ui/theme.ts';

/** The lightest shade, so that a small gradient does not look like none that was measured. */
const lightest = 0.05;
const mostColumns = 120;

const areOthers = (now: Decades, before?: Decades): boolean => now.low !== before?.low || now.high !== before.high;

interface Ends {
  readonly card: string;
  readonly ink: string;
}

@customElement('gradient-map')
export class GradientMap extends LitElement {
  static override styles = [
    base,
    css`
      canvas {
        position: absolute;
        inset: 0;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
      }
    `,
  ];

  @property({ attribute: false }) probes: readonly GradientProbe[] = [];
  @property({ attribute: false, hasChanged: areOthers }) decades: Decades = { low: -1, high: 0 };
  /** Where the picture ends. */
  @property({ type: Number }) steps = 1;
  /** What a screen reader says instead of the picture. */
  @property() summary = '';
  @query('canvas') protected readonly canvas?: HTMLCanvasElement | null;
  /** Read once, because each reading may make the browser style the page anew. */
  #ends: Ends | null = null;
  readonly #recolor = (): void => {
    this.#ends = null;
    this.#paint();
  };

  override connectedCallback(): void {
    super.connectedCallback();
    document.addEventListener(themeEvent, this.#recolor);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    document.removeEventListener(themeEvent, this.#recolor);
    this.#ends = null;
  }

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.summary}></canvas>`;
  }

  protected override updated(): void {
    this.#paint();
  }

  #paint(): void {
    const { canvas, probes, steps } = this;
    const context = canvas?.getContext('2d');
    if (!canvas || !context) return;
    const layers = probes[0]?.norms.length ?? 1;
    const columns = Math.min(mostColumns, steps);
    if (canvas.width !== columns) canvas.width = columns;
    if (canvas.height !== layers) canvas.height = layers;
    const image = context.createImageData(columns, layers);
    const columnOf = (step: number): number => Math.min(columns - 1, Math.floor((step * columns) / steps));
    probes.forEach(({ step, norms }, i) => {
      const from = columnOf(step);
      const next = probes[i + 1];
      const until = next ? Math.max(from, columnOf(next.step) - 1) : from;
      norms.forEach((norm, l) => {
        const shade = this.#shade(norm);
        for (let column = from; column <= until; column++) image.data.set(shade, 4 * ((layers - 1 - l) * columns + column));
      });
    });
    context.putImageData(image, 0, 0);
  }

  /** Red, green, blue, opaque. */
  #shade(norm: number): readonly number[] {
    if (!this.#ends) {
      const color = colorsOf(this);
      this.#ends = { card: color('card'), ink: color('ink') };
    }
    const { card, ink } = this.#ends;
    return [...mixed(card, ink, lightest + (1 - lightest) * logPosition(norm, this.decades)), 255];
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'gradient-map': GradientMap;
  }
}
