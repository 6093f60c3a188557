/** `<graph-card>`: what just happened as an equation, and the graph that fills the card. Emits `graph-wish` by the picture. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import '../../ui/charts/save-menu.ts';
import './graph-picture.ts';
import type { Study } from '../../session/graph/study.ts';
import { base, big, card } from '../../ui/styles.ts';
import { graphPoints } from './chart-points.ts';

@customElement('graph-card')
export class GraphCard extends LitElement {
  static override styles = [
    base,
    card,
    big,
    css`
      :host {
        display: flex;
      }
      .card {
        flex: 1;
        min-width: 0;
        display: flex;
        flex-direction: column;
        padding-bottom: 12px;
      }
      .big {
        font-size: clamp(17px, 1.6vw, 25px);
        line-height: 1.2;
        letter-spacing: -0.01em;
        min-height: 1.2em;
        overflow-wrap: anywhere;
      }
      graph-picture {
        flex: 1 1 240px;
        margin-top: 10px;
      }
    `,
  ];

  @property() equation = '';
  @property({ attribute: false }) study: Study | null = null;
  @property({ type: Number }) done = 0;

  override render(): TemplateResult {
    const { study, done, equation } = this;
    return html`<section class="card" aria-labelledby="title">
      ${
        study
          ? html`<save-menu name="downhill-graph" of="graph-picture / svg" .points=${() => graphPoints(study, done)}></save-menu>`
          : nothing
      }
      <h2 id="title">${msg('Computation graph')}</h2>
      <p class="big" data-testid="equation">${equation}</p>
      <graph-picture data-testid="picture" .study=${study} .done=${done}></graph-picture>
    </section>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'graph-card': GraphCard;
  }
}
