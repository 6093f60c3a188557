/** `<save-buttons>`: a chart as PNG and as SVG, made when it is asked for, in the colours that the page has then. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { base, button } from '../styles.ts';
import type { Picture } from './layers.ts';
import { colorsOf } from './colors.ts';
import type { SvgColors } from './svg-file.ts';

@customElement('save-buttons')
export class SaveButtons extends LitElement {
  static override styles = [
    base,
    button,
    css`
      :host {
        display: flex;
        gap: 6px;
        align-items: center;
      }
    `,
  ];

  /** Of the file, without its ending. */
  @property() name = '';
  /** Drawn when it is asked for: a picture of layers, or what `make` makes. */
  @property({ attribute: false }) picture: Picture | null = null;
  @property({ attribute: false }) make: ((color: SvgColors) => string) | null = null;
  @state() protected failed = '';

  override render(): TemplateResult {
    const one = (format: 'png' | 'svg'): TemplateResult =>
      html`<button
        class="btn small"
        data-testid="save-${format}"
        aria-label=${msg(str`Save this chart as ${format.toUpperCase()}`)}
        @click=${() => this.#save(format)}
      >
        ${format.toUpperCase()}
      </button>`;
    return html`${one('png')} ${one('svg')} ${this.failed === '' ? nothing : html`<span class="quiet" role="alert">${this.failed}</span>`}`;
  }

  async #save(format: 'png' | 'svg'): Promise<void> {
    const { make, picture } = this;
    if (!make && !picture) return;
    try {
      const { saveChart } = await import('./save-chart.ts');
      const svg = make?.(colorsOf(this)) ?? (picture && (await pictureFile(picture, colorsOf(this)))) ?? '';
      await saveChart(svg, this.name, format);
      this.failed = '';
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }
}

/** Fetched with the first picture that is saved. */
async function pictureFile(picture: Picture, color: SvgColors): Promise<string> {
  const { fileSize, pictureSvg } = await import('./svg-file.ts');
  return pictureSvg(picture, fileSize, color);
}

declare global {
  interface HTMLElementTagNameMap {
    'save-buttons': SaveButtons;
  }
}
