/** `<nodes-card>`: the graph as a table: each node, how it is computed, its value and its derivative as far as they are known. */
import { LitElement, css, html, nothing, type TemplateResult } from 'lit';
import { customElement, property } from 'lit/decorators.js';
import { msg } from '@lit/localize';
import type { Study } from '../../session/graph/study.ts';
import { base, card } from '../../ui/styles.ts';
import { pictureOf, type NodePicture } from './picture-model.ts';

@customElement('nodes-card')
export class NodesCard extends LitElement {
  static override styles = [
    base,
    card,
    css`
      .scroll {
        max-height: 300px;
        overflow: auto;
        scrollbar-width: thin;
      }
      table {
        width: 100%;
        border-collapse: collapse;
        font-size: 13px;
      }
      th {
        padding: 0 0 4px;
        font-weight: 400;
        color: var(--soft);
        text-align: left;
      }
      td {
        padding: 3px 0;
        border-top: 1px solid var(--line);
        overflow-wrap: anywhere;
      }
      th:nth-child(n + 2),
      td:nth-child(n + 2) {
        padding-left: 8px;
        text-align: right;
        white-space: nowrap;
      }
      .active td {
        font-weight: 640;
      }
      .soft {
        color: var(--soft);
        font-weight: 400;
      }
      .bad {
        color: var(--bad);
      }
    `,
  ];

  @property({ attribute: false }) study: Study | null = null;
  @property({ type: Number }) done = 0;

  override render(): TemplateResult | typeof nothing {
    if (!this.study) return nothing;
    const { nodes } = pictureOf(this.study, this.done);
    return html`<section class="card" aria-labelledby="title">
      <h2 id="title">${msg('Nodes')}</h2>
      <div class="scroll" tabindex="0" role="group" aria-label=${msg('Table of nodes')}>
        <table data-testid="nodes">
          <thead>
            <tr>
              <th scope="col">${msg('node')}</th>
              <th scope="col">${msg('value')}</th>
              <th scope="col">dvar</th>
            </tr>
          </thead>
          <tbody>
            ${nodes.map((node) => this.#row(node))}
          </tbody>
        </table>
      </div>
    </section>`;
  }

  #row({ name, formula, text, problem, isBad, derivative, isActive }: NodePicture): TemplateResult {
    const value = problem === null ? text : html`<span class=${isBad ? 'bad' : 'soft'}>${problem}</span>`;
    return html`<tr class=${isActive ? 'active' : ''}>
      <td>${name}${formula === '' ? nothing : html` <span class="soft">= ${formula}</span>`}</td>
      <td>${value}</td>
      <td>${derivative.slice(derivative.indexOf('= ') + 2)}</td>
    </tr>`;
  }
}

declare global {
  interface HTMLElementTagNameMap {
    'nodes-card': NodesCard;
  }
}
