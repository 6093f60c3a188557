/** `<chart-card>`: a picture of layers under a heading, sentences below it, and the chart as a file. What it shows is handed in. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import '../../ui/charts/layer-chart.ts';
import '../../ui/charts/save-menu.ts';
import type { Picture } from '../../ui/charts/layers.ts';
import { base, card } from '../../ui/styles.ts';

@customElement('chart-card')
export class ChartCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .top {
        display: flex;
        flex-wrap: wrap;
        justify-content: space-between;
        align-items: center;
        gap: 6px 12px;
        margin-bottom: 8px;
      }
      h2 {
        margin: 0;
      }
      layer-chart {
        height: 320px;
      }
      p {
        margin-top: 8px;
      }
    `,
  ];

  @property() heading = '';
  /** Of a saved file, without its ending. */
  @property() file = '';
  @property({ attribute: false }) picture: Picture | null = null;
  @property({ attribute: false }) sentences: readonly string[] = [];

  override render(): TemplateResult | typeof nothing {
    const { picture, sentences } = this;
    if (!picture) return nothing;
    return html`<section class="card" aria-labelledby="title">
      <div class="top">
        <h2 id="title">${this.heading}</h2>
        <save-menu name=${this.file} .picture=${picture}></save-menu>
      </div>
      <layer-chart .picture=${picture} summary=${[this.heading, ...sentences].join('. ')}></layer-chart>
      ${sentences.map((sentence) => html`<p class="quiet">${sentence}</p>`)}
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'chart-card': ChartCard;
  }
}
