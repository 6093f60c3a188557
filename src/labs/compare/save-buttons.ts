/** `<save-buttons>`: a chart as PNG and as SVG, made when it is asked for, in the colours that the page has then. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property, state } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import { colorsOf } from '../../ui/charts/colors.ts';
import type { SvgColors } from '../../ui/charts/svg-file.ts';
import { base, button } from '../../ui/styles.ts';

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
    if (!this.make) return;
    try {
      const { saveChart } = await import('../../ui/charts/save-chart.ts');
      await saveChart(this.make(colorsOf(this)), this.name, format);
      this.failed = '';
    } catch (error) {
      this.failed = error instanceof Error ? error.message : String(error);
    }
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'save-buttons': SaveButtons;
  }
}
