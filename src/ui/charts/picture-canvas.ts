/** `<picture-canvas>`: a small RGBA picture, drawn once when it changes, large pixels where it is enlarged. */
import { LitElement, css, html, type PropertyValues, type TemplateResult } from 'lit';
import { customElement, property, query } from 'lit/decorators.js';
import type { Picture } from '../../session/protocol.ts';
import { base } from '../styles.ts';

@customElement('picture-canvas')
export class PictureCanvas extends LitElement {
  static override styles = [
    base,
    css`
      canvas {
        display: block;
        width: 100%;
        height: 100%;
        image-rendering: pixelated;
      }
    `,
  ];

  @property({ attribute: false }) picture: Picture | null = null;
  @property() label = '';
  @query('canvas') protected readonly canvas?: HTMLCanvasElement | null;

  override render(): TemplateResult {
    return html`<canvas role="img" aria-label=${this.label}></canvas>`;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const { canvas, picture } = this;
    if (!changed.has('picture') || !canvas || !picture) return;
    if (canvas.width !== picture.width) canvas.width = picture.width;
    if (canvas.height !== picture.height) canvas.height = picture.height;
    canvas.getContext('2d')?.putImageData(new ImageData(picture.pixels, picture.width, picture.height), 0, 0);
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'picture-canvas': PictureCanvas;
  }
}
