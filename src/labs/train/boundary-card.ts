/** `<boundary-card>`: the plane of 2-D data as the model sees it, with the test points on it; wrong ones in red. */
import { LitElement, css, html, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg, str } from '@lit/localize';
import '../../ui/charts/boundary-chart.ts';
import type { Insight } from '../../session/protocol.ts';
import { plain } from '../../ui/format.ts';
import { base, card } from '../../ui/styles.ts';

@customElement('boundary-card')
export class BoundaryCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      boundary-chart {
        aspect-ratio: 1;
        border-radius: 8px;
        overflow: hidden;
        border: 1px solid var(--line);
      }
      p {
        margin-top: 8px;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) insight: Insight | null = null;
  /** False: ŷ is a score of any size. */
  @property({ type: Boolean }) probability = false;

  override render(): TemplateResult {
    const on = this.insight?.boundary?.computedOn === 'gpu' ? msg('Computed on the GPU.') : msg('Computed on the CPU.');
    return html`<section class="card" aria-labelledby="title" data-testid="boundary">
      <train-save></train-save>
      <h2 id="title">${msg('Decision boundary')}</h2>
      <boundary-chart
        .insight=${this.insight}
        ?probability=${this.probability}
        summary=${msg('The plane, shaded by ŷ, with the test points')}
      ></boundary-chart>
      <p class="quiet">
        ${this.#shade()} ${msg('Dots: y = 1, rings: y = 0.')}
        <span class="bad">${msg('Red: answered wrong.')}</span> ${on}
      </p>
    </section>`;
  }

  #shade(): string {
    if (this.probability) return msg('Shade: ŷ from 0 to 1, the line where it is ½.');
    return msg(str`Shade: the score ŷ, darker where it is higher, the line where it is ${plain(this.insight?.threshold ?? 0)}.`);
  }
}
